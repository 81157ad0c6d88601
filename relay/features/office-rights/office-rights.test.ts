/** Rights in the office: given, taken, merged, and who may not give up theirs. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { OfficeRightLine } from '../../../shared/api/rights.ts';
import type { InviteResponse } from '../../../shared/api/invitations.ts';
import type { Page } from '../../../shared/api/route/page.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { Log } from '../../core/ports/log.ts';
import { silentLog } from '../../core/ports/log.ts';
import { BrowserClient } from '../../testing/browser-client.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestIdentity, redeem } from '../../testing/test-device.ts';

describe('a right in the office', () => {
  let test: TestRelay;
  const refusals: Readonly<Record<string, unknown>>[] = [];
  const log: Log = {
    ...silentLog,
    warn: (message, fields = {}) => void (/refused/.test(message) && refusals.push(fields)),
  };
  beforeEach(async () => {
    test = await startTestRelay({ log });
    refusals.length = 0;
  });
  afterEach(() => test[Symbol.asyncDispose]());

  const give = async (member: string, right: string, spaces: string[] = []): Promise<number> =>
    (await askOffice(test.relay, 'POST', '/rights', { member, right, spaces })).status;
  const list = async (): Promise<readonly OfficeRightLine[]> =>
    (await askOffice<Page<OfficeRightLine>>(test.relay, 'GET', '/rights')).body.items;
  const browserOf = (identity: TestIdentity): BrowserClient =>
    new BrowserClient(test.url, test.relay.core.authority.fingerprint, identity);
  async function joined(role: Role, identity = new TestIdentity()): Promise<BrowserClient> {
    const { body } = await askOffice<InviteResponse>(test.relay, 'POST', '/invitations', { role });
    const browser = browserOf(identity);
    const community = test.relay.core.authority.fingerprint;
    assert.equal((await redeem(test.url, community, identity, body.link, 'Ana')).status, 200);
    assert.equal((await browser.open()).status, 200);
    return browser;
  }
  const ask = (browser: BrowserClient, method: string, path: string, body?: object) =>
    browser.send(method, `/api/office${path}`, body ? { body: JSON.stringify(body) } : {});

  it('is listed with its spaces, and each act has its line', async () => {
    const { member } = new TestIdentity();
    assert.equal(await give(member, 'moderator', ['demo']), 204);
    assert.deepEqual(await list(), [{ member, name: '', right: 'moderator', spaces: ['demo'] }]);
    const taken = await askOffice(test.relay, 'POST', `/rights/${member}/take`, {
      right: 'moderator',
    });
    assert.equal(taken.status, 204);
    assert.deepEqual(await list(), []);
    const lines = await askOffice<Page<{ act: string; why: string; target: string }>>(
      test.relay,
      'GET',
      `/audit?target=member:${member}`,
    );
    assert.deepEqual(
      lines.body.items.map(({ act, why }) => [act, why]),
      [
        ['right-taken', 'moderator'],
        ['right-given', 'moderator demo'],
      ],
    );
  });

  it('needs spaces where it is for spaces, and none where it is for all', async () => {
    const { member } = new TestIdentity();
    assert.equal(await give(member, 'manager', ['demo']), 400);
    assert.equal(await give(member, 'space-manager'), 400);
    assert.equal(await give(member, 'moderator', ['nowhere']), 400);
    assert.equal(await give(member, 'king'), 400);
    assert.deepEqual(await list(), []);
  });

  it('keeps whoever holds it a visitor of the desk and its rooms', async () => {
    const browser = browserOf(new TestIdentity());
    await give(browser.identity.member, 'manager');
    assert.equal((await browser.open()).status, 200);
    assert.equal((await ask(browser, 'GET', '/members')).status, 200);
    assert.equal((await browser.send('GET', '/api/me/card')).status, 403);
  });

  it('goes with the place at the desk', async () => {
    const browser = await joined(Role.helper);
    const { member } = browser.identity;
    await give(member, 'manager');
    assert.equal((await ask(browser, 'GET', '/members')).status, 200);
    await askOffice(test.relay, 'PATCH', `/members/${member}`, { role: Role.visitor });
    assert.deepEqual(await list(), []);
    assert.equal((await ask(browser, 'GET', '/members')).status, 401);
  });

  it('goes with the person, when two members turn out to be one', async () => {
    const identity = new TestIdentity();
    await give(identity.member, 'analyst');
    const manager = await joined(Role.manager);
    const { body } = await askOffice<InviteResponse>(test.relay, 'POST', '/invitations', {
      member: manager.identity.member,
    });
    const community = test.relay.core.authority.fingerprint;
    await redeem(test.url, community, identity, body.link, 'Ana');
    assert.deepEqual(
      (await list()).map(({ member, right }) => [member, right]),
      [[manager.identity.member, 'analyst']],
    );
  });

  it('is not given up by the last manager, by right or by role', async () => {
    const byRole = await joined(Role.manager);
    const byRight = browserOf(new TestIdentity());
    await give(byRight.identity.member, 'manager');
    await byRight.open();
    const stepDown = (browser: BrowserClient): Promise<Response> =>
      ask(browser, 'PATCH', `/members/${browser.identity.member}`, { role: Role.helper });
    const dropRight = (browser: BrowserClient): Promise<Response> =>
      ask(browser, 'POST', `/rights/${browser.identity.member}/take`, { right: 'manager' });
    assert.equal((await stepDown(byRole)).status, 204, 'another is left');
    assert.equal((await dropRight(byRight)).status, 403);
    await give(byRole.identity.member, 'manager');
    assert.equal((await dropRight(byRight)).status, 204);
    assert.equal((await dropRight(byRole)).status, 403);
    const alone = await joined(Role.manager);
    assert.equal((await dropRight(byRole)).status, 204);
    assert.equal((await stepDown(alone)).status, 403);
    const { member } = alone.identity;
    const { status } = await askOffice(test.relay, 'PATCH', `/members/${member}`, { role: 1 });
    assert.equal(status, 204, 'the operator may');
  });

  it('that is missing is told in the log: the route, and who asked if anybody is known', async () => {
    const helper = await joined(Role.helper);
    assert.equal((await ask(helper, 'POST', '/blocks', { device: 'x' })).status, 403);
    assert.equal((await ask(browserOf(new TestIdentity()), 'GET', '/audit')).status, 401);
    assert.deepEqual(refusals, [
      {
        method: 'POST',
        route: '/api/office/blocks',
        why: 'forbidden',
        member: helper.identity.member,
      },
      { method: 'GET', route: '/api/office/audit', why: 'no-session', member: '' },
    ]);
    for (let times = 0; times < 200; times++)
      await ask(browserOf(new TestIdentity()), 'GET', '/audit');
    assert.ok(refusals.length < 100, 'strangers do not fill it');
  });
});
