/** The HTTP side: health, headers, origins, API, static files. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import type { Fingerprint } from '../../shared/ids.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../testing/test-device.ts';

const SECRET = 's'.repeat(40);

describe('HTTP', () => {
  let test: TestRelay;
  let dist: string;
  let community: Fingerprint;
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${test.url}${path}`, { headers });

  before(async () => {
    dist = await mkdtemp(join(tmpdir(), 'comptoir-dist-'));
    await mkdir(join(dist, 'assets'));
    await mkdir(join(dist, 'desk'));
    await writeFile(join(dist, 'index.html'), '<p>%COMPTOIR_COMMUNITY%</p>');
    await writeFile(join(dist, 'desk/index.html'), '<p>desk</p>');
    await writeFile(join(dist, 'comptoir.js'), 'export {};');
    await writeFile(join(dist, 'assets/panel-Ab3dE_f9.js'), 'export {};');
    const config = { origins: ['https://shop.example'], identitySecret: SECRET };
    test = await startTestRelay({ dist, config });
    community = test.relay.core.authority.fingerprint;
  });
  after(async () => {
    await test[Symbol.asyncDispose]();
    await rm(dist, { recursive: true, force: true });
  });

  it('is alive and ready', async () => {
    assert.equal((await get('/healthz')).status, 200);
    assert.equal((await get('/readyz')).status, 200);
  });

  it('serves pages with the fingerprint, strict headers and an ETag', async () => {
    const page = await get('/');
    assert.equal(await page.text(), `<p>${community}</p>`);
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html comptoir',
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]) {
      assert.ok(policy.includes(rule), rule);
    }
    assert.equal(page.headers.get('access-control-allow-origin'), null);
    assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
    const again = await get('/', { 'if-none-match': page.headers.get('etag') ?? '' });
    assert.equal(again.status, 304);
    assert.equal(await (await get('/desk/')).text(), '<p>desk</p>');
    const bare = await fetch(`${test.url}/desk`, { redirect: 'manual' });
    assert.equal(bare.status, 308);
    assert.equal(bare.headers.get('location'), '/desk/');
  });

  it('is reached by HTTPS alone once its address says so', async () => {
    assert.equal((await get('/')).headers.get('strict-transport-security'), null);
    await using own = await startTestRelay({ dist, config: { publicUrl: 'https://chat.example' } });
    const page = await fetch(`${own.url}/`);
    assert.match(page.headers.get('strict-transport-security') ?? '', /max-age=31536000/);
  });

  it('lets any site load scripts, for ever when they carry a hash', async () => {
    const loader = await get('/comptoir.js', { origin: 'https://anyone.example' });
    assert.equal(loader.headers.get('access-control-allow-origin'), '*');
    assert.match(loader.headers.get('cache-control') ?? '', /max-age=60/);
    const asset = await get('/assets/panel-Ab3dE_f9.js');
    assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
  });

  it('serves nothing outside its folder', async () => {
    for (const path of ['/..%2f..%2fetc%2fpasswd', '/.env', '/%00', '/%', '/a\\b']) {
      assert.equal((await get(path)).status, 404, path);
    }
  });

  it('sends nobody to another host', async () => {
    for (const path of ['//desk', '///desk', '/\\desk', '//evil.example/..%2fdesk']) {
      // As it is: fetch would tidy the path up.
      const [answer] = (await once(
        request({ port: new URL(test.url).port, path }).end(),
        'response',
      )) as [IncomingMessage];
      answer.resume();
      const { location = '/' } = answer.headers;
      assert.equal(new URL(location, test.url).origin, test.url, `${path} to ${location}`);
    }
  });

  it('opens the API to named origins only', async () => {
    const path = '/api/spaces/demo/face';
    const shop = await get(path, { origin: 'https://shop.example' });
    assert.equal(shop.headers.get('access-control-allow-origin'), 'https://shop.example');
    const other = await get(path, { origin: 'https://evil.example' });
    assert.equal(other.status, 403);
    assert.equal(other.headers.get('access-control-allow-origin'), null);
  });

  it('tells a page of the right name and another scheme or port nothing', async () => {
    const config = { publicUrl: 'https://chat.example', origins: ['https://shop.example'] };
    await using own = await startTestRelay({ config });
    const allowed = async (origin: string): Promise<string | null> => {
      const answer = await fetch(`${own.url}/api/community`, { headers: { origin } });
      return answer.headers.get('access-control-allow-origin');
    };
    for (const origin of ['https://chat.example', 'https://shop.example'])
      assert.equal(await allowed(origin), origin);
    for (const origin of ['http://chat.example', 'https://chat.example:8443', 'https://localhost'])
      assert.equal(await allowed(origin), null, origin);
  });

  it('shows a space’s face in under 2 KB, with an ETag', async () => {
    const face = await get('/api/spaces/demo/face');
    assert.ok((await face.clone().text()).length < 2_048);
    assert.equal(((await face.json()) as { here: number }).here, 0);
    const again = await get('/api/spaces/demo/face', {
      'if-none-match': face.headers.get('etag') ?? '',
    });
    assert.equal(again.status, 304);
    assert.equal((await get('/api/spaces/none/face')).status, 404);
    assert.equal((await get('/api/spaces/NOT%20ONE/face')).status, 404);
  });

  it('uses an invitation up once, whoever is quicker', async () => {
    const link = await test.relay.inviteLink();
    const people = [new TestIdentity(), new TestIdentity()];
    const answers = await Promise.all(
      people.map((identity) => redeem(test.url, community, identity, link, 'Ana')),
    );
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 410],
    );
    const unsigned = await fetch(`${test.url}/api/invitations/redeem`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        code: 'A'.repeat(22),
        name: 'x',
        device: people[0]!.key,
        signature: 'A'.repeat(86),
      }),
    });
    assert.equal(unsigned.status, 400);
  });

  it('answers bad requests in JSON', async () => {
    const post = (body: string): Promise<Response> =>
      fetch(`${test.url}/api/invitations/look`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    for (const body of ['', '{', '{"code":1}', '[]', JSON.stringify({ code: 'x'.repeat(9_000) })]) {
      const answer = await post(body);
      assert.equal(answer.status, 400, body.slice(0, 20));
      assert.equal(((await answer.json()) as { error: string }).error, 'bad-request');
    }
    assert.equal((await get('/api/nothing')).status, 404);
  });

  it('knows a customer by the brand’s token on two devices, and nobody by another’s', async () => {
    const token = (secret: string, audience: string): Promise<string> =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('customer 7')
        .setAudience(audience)
        .setExpirationTime('5m')
        .sign(new TextEncoder().encode(secret));
    const memberWith = async (word: string): Promise<[string, string]> => {
      const device = await TestDevice.connect(test.socketUrl, community, { token: word });
      const member = device.welcome?.member ?? '';
      await device.close();
      return [member, device.identity.member];
    };
    const [[one], [two]] = [
      await memberWith(await token(SECRET, community)),
      await memberWith(await token(SECRET, community)),
    ];
    assert.equal(one, two);
    const [forged, own] = await memberWith(await token('x'.repeat(40), community));
    assert.equal(forged, own);
    const [elsewhere, itself] = await memberWith(await token(SECRET, 'another community'));
    assert.equal(elsewhere, itself);
  });

  it('stops cleanly while sockets and half-open connections are there', async () => {
    const own = await startTestRelay();
    const device = await TestDevice.connect(own.socketUrl, own.relay.core.authority.fingerprint);
    const halfOpen = connect(Number(new URL(own.url).port), '127.0.0.1');
    await once(halfOpen, 'connect');
    halfOpen.write('GET / HTTP/1.1\r\n');
    halfOpen.on('error', () => {});
    const started = performance.now();
    await own[Symbol.asyncDispose]();
    assert.ok(performance.now() - started < 6_000);
    await device.until(() => device.closed !== null, 'the close');
    assert.equal(device.closed, 1001);
    halfOpen.destroy();
  });
});
