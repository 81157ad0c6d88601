/** Sessions of the desk's browsers: how one opens, and everything that must not open one. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Role } from '../../../shared/grant/roles.ts';
import type { Fingerprint } from '../../../shared/ids.ts';
import type { SessionResponse } from '../../../shared/api/sessions.ts';
import { BrowserClient } from '../../testing/browser-client.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestIdentity, redeem } from '../../testing/test-device.ts';

const HOUR_MS = 3_600_000;

describe('sessions', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  let community: Fingerprint;
  let helper: BrowserClient;
  before(async () => {
    test = await startTestRelay({ clock, config: { origins: ['https://shop.example'] } });
    community = test.relay.core.authority.fingerprint;
    helper = await joined();
  });
  after(() => test[Symbol.asyncDispose]());
  beforeEach(() => {
    helper.cookie = '';
    clock.advance(10 * 60_000); // limits refill
  });

  async function joined(): Promise<BrowserClient> {
    const identity = new TestIdentity();
    await redeem(test.url, community, identity, await test.relay.inviteLink(), 'Maud');
    return new BrowserClient(test.url, community, identity);
  }
  const codeOf = async (answer: Response): Promise<string> =>
    ((await answer.json()) as { error: string }).error;
  const card = (client: BrowserClient): Promise<Response> => client.send('GET', '/api/me/card');

  it('opens for a helper, with a cookie that no script reads', async () => {
    const answer = await helper.open();
    assert.equal(answer.status, 200);
    const opened = (await answer.json()) as SessionResponse;
    assert.equal(opened.member, helper.identity.member);
    assert.equal(opened.role, Role.helper);
    assert.equal(opened.expires, clock.now() + 12 * HOUR_MS);
    const cookie = answer.headers.get('set-cookie') ?? '';
    assert.match(cookie, /^__Host-comptoir=/);
    const flags = cookie.split('; ').slice(1).toSorted();
    assert.deepEqual(flags, ['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Strict', 'Secure']);
    assert.equal((await card(helper)).status, 200);
  });

  it('ends when told to, and by itself', async () => {
    await helper.open();
    const ended = await helper.send('DELETE', '/api/session');
    assert.equal(ended.status, 204);
    assert.match(ended.headers.get('set-cookie') ?? '', /^__Host-comptoir=;.*Max-Age=0/);
    assert.equal(await codeOf(await card(helper)), 'no-session', 'whoever kept the cookie');
    const { cookie: old } = helper;
    await helper.open();
    assert.notEqual(helper.cookie, old);
    assert.equal((await card(helper)).status, 200, 'it may be opened again');
    clock.advance(12 * HOUR_MS + 1);
    assert.equal(await codeOf(await card(helper)), 'no-session');
  });

  it('that was ended stays so when an older one is ended after it, and for no other device', async () => {
    await helper.open();
    const { cookie: first } = helper;
    clock.advance(1_000);
    await helper.open();
    const { cookie: second } = helper;
    const other = await joined();
    await other.open();
    for (const cookie of [second, first]) {
      helper.cookie = cookie;
      await helper.send('DELETE', '/api/session');
    }
    for (const cookie of [first, second]) {
      helper.cookie = cookie;
      assert.equal((await card(helper)).status, 401);
    }
    assert.equal((await card(other)).status, 200);
  });

  it('is worth nothing to another run of the relay, nor is a challenge', async () => {
    const data = await mkdtemp(join(tmpdir(), 'comptoir-sessions-'));
    const identity = new TestIdentity();
    let cookie: string;
    let nonce: string;
    {
      await using first = await startTestRelay({ data });
      const { fingerprint } = first.relay.core.authority;
      await redeem(first.url, fingerprint, identity, await first.relay.inviteLink(), 'Maud');
      const before = new BrowserClient(first.url, fingerprint, identity);
      nonce = await before.challenge();
      await before.open();
      ({ cookie } = before);
      assert.equal((await card(before)).status, 200);
    }
    {
      await using second = await startTestRelay({ data });
      const { fingerprint } = second.relay.core.authority;
      const after = new BrowserClient(second.url, fingerprint, identity);
      after.cookie = cookie;
      assert.equal(await codeOf(await card(after)), 'no-session');
      assert.equal(await codeOf(await after.open({ nonce })), 'bad-signature');
      assert.equal((await after.open()).status, 200);
    }
    await rm(data, { recursive: true });
  });

  it('refuses a visitor', async () => {
    const visitor = new BrowserClient(test.url, community, new TestIdentity());
    const answer = await visitor.open();
    assert.equal(answer.status, 403);
    assert.equal(await codeOf(answer), 'forbidden');
    assert.equal(answer.headers.get('set-cookie'), null);
  });

  it('takes a nonce once, for 2 minutes, and only its own', async () => {
    const nonce = await helper.challenge();
    assert.equal((await helper.open({ nonce })).status, 200);
    assert.equal(await codeOf(await helper.open({ nonce })), 'bad-signature');
    const late = await helper.challenge();
    clock.advance(2 * 60_000);
    assert.equal(await codeOf(await helper.open({ nonce: late })), 'bad-signature');
    const [what, time] = nonce.split('.');
    for (const forged of ['', 'x', `${what}.${time}.${'A'.repeat(22)}`, helper.cookie.slice(16)])
      assert.equal(await codeOf(await helper.open({ nonce: forged })), 'bad-signature', forged);
  });

  it('lets one of two in that come with one nonce in the same turn', async () => {
    const { sessions } = test.relay;
    const nonce = sessions.challenge();
    const open = () => sessions.open(helper.identity.key, nonce);
    const opened = await Promise.all([open(), open()]);
    assert.deepEqual(opened.map(({ type }) => type).toSorted(), ['opened', 'stale-nonce']);
  });

  it('lets one of two use a nonce at the same time', async () => {
    const nonce = await helper.challenge();
    const answers = await Promise.all([helper.open({ nonce }), helper.open({ nonce })]);
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 400],
    );
  });

  it('refuses what was signed for another host, purpose or community', async () => {
    const other = await helper.open({ host: 'comptoir.example' });
    assert.equal(await codeOf(other), 'bad-signature');
    assert.equal(await codeOf(await helper.open({ purpose: 'redeem' })), 'bad-signature');
    const elsewhere = new BrowserClient(test.url, 'x'.repeat(22) as Fingerprint, helper.identity);
    assert.equal(await codeOf(await elsewhere.open()), 'bad-signature');
  });

  it('refuses keys of small order, which verify anything', async () => {
    const nonce = await helper.challenge();
    const body = JSON.stringify({
      device: `AQ${'A'.repeat(41)}`,
      nonce,
      signature: 'A'.repeat(86),
    });
    const answer = await helper.send('POST', '/api/session', { body });
    assert.equal(await codeOf(answer), 'bad-signature');
  });

  it('opens from the relay’s own pages only', async () => {
    const port = Number(new URL(test.url).port);
    const others = [
      null,
      'null',
      'https://evil.example',
      'https://shop.example', // may ask and read, as a visitor
      `http://localhost:${port}`, // another origin than the one dialled
      `http://127.0.0.1:${port + 1}`, // another program on this machine
      `https://127.0.0.1.evil.example:${port}`,
    ];
    for (const origin of others) {
      const answer = await helper.open({ origin });
      assert.equal(answer.status, 403, String(origin));
      assert.equal(await codeOf(answer), 'forbidden-origin', String(origin));
    }
  });

  it('makes no change that another origin’s page asks for with the cookie', async () => {
    await helper.open();
    const body = JSON.stringify({ name: 'Mallory', topics: [], store: '', owns: [] });
    for (const origin of [null, 'https://shop.example', 'http://127.0.0.1:1']) {
      for (const [method, path] of [
        ['PUT', '/api/me/card'],
        ['DELETE', '/api/me/photo'],
        ['DELETE', '/api/session'],
      ] as const) {
        const answer = await helper.send(method, path, {
          origin,
          ...(method === 'PUT' ? { body } : {}),
        });
        assert.equal(await codeOf(answer), 'forbidden-origin', `${method} from ${origin}`);
      }
    }
    assert.equal(((await (await card(helper)).json()) as { name: string }).name, 'Maud');
  });

  it('knows its own cookies only', async () => {
    await helper.open();
    const [name, value = ''] = helper.cookie.split('=');
    const [device, time = '', seal] = value.split('.');
    const nonce = await helper.challenge();
    const later = (Number.parseInt(time, 36) + 1).toString(36);
    for (const forged of [
      '',
      nonce,
      `${device}.${later}.${seal}`,
      `${new TestIdentity().key}.${time}.${seal}`,
      `${device}.${time}.${'A'.repeat(22)}`,
      `${value}A`,
      'a.b.c',
      '.'.repeat(5_000),
    ]) {
      helper.cookie = `${name}=${forged}`;
      assert.equal((await card(helper)).status, 401, forged.slice(0, 80));
    }
    helper.cookie = `comptoir=${value}`; // without the prefix that only HTTPS sets
    assert.equal((await card(helper)).status, 401);
  });

  it('ends at once with the role', async () => {
    const guest = await joined();
    await guest.open();
    assert.equal((await card(guest)).status, 200);
    const { member } = guest.identity;
    await askOffice(test.relay, 'PATCH', `/members/${member}`, { role: Role.visitor });
    assert.equal((await card(guest)).status, 401);
  });

  it('ends at once with the device', async () => {
    const guest = await joined();
    await guest.open();
    const { member, key } = guest.identity;
    await askOffice(test.relay, 'POST', `/members/${member}/remove-device`, { device: key });
    assert.equal((await card(guest)).status, 401);
    assert.equal(await codeOf(await guest.open()), 'forbidden');
  });

  it('slows a device down that opens one after the other, and nobody else at its address', async () => {
    const [busy, other] = [await joined(), await joined()];
    let last = 200;
    for (let tries = 0; tries < 40 && last === 200; tries++) last = (await busy.open()).status;
    assert.equal(last, 429);
    assert.equal((await other.open()).status, 200);
  });

  it('is open to whoever proves their key, however many others of their address fail to', async () => {
    const guest = await joined();
    const body = { device: guest.identity.key, nonce: 'x', signature: 'A'.repeat(86) };
    for (let tries = 0; tries < 100; tries++)
      assert.notEqual(
        (await helper.send('POST', '/api/session', { body: JSON.stringify(body) })).status,
        429,
      );
    assert.equal((await guest.open()).status, 200);
  });
});
