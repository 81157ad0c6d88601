/** Pages with one fault each, on real servers beside a real relay: what is said, and the line that mends it. */
import assert from 'node:assert/strict';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { type Finding, examinePage } from './examine-page.ts';

/** For localhost, signed by nobody that anybody trusts; it protects nothing. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUe/YBAhINimCKyN1ev7qtS1wknqEwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNzE5NDAwMVoYDzIxMjYxMTAz
MTk0MDAxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATWQ2mWzUR9cgfuObUizYowzcPmcCiWp4roSOR6ekQ6teo2aGdVr+y1
A/JeT/FJvNNGujjXx2TqrDUSOuoVBmCDo28wbTAdBgNVHQ4EFgQUzkUaozLzMKzq
L2VH7q8ON2sxhQ8wHwYDVR0jBBgwFoAUzkUaozLzMKzqL2VH7q8ON2sxhQ8wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAIngAt4ZAYZc/giyXO0FoxU7FmsevM4zNqit9B95ez8KAiEA
z85+9bYCKLtMJlZN/hfDxI9kBt2+0x//bgG4oVhkM1g=
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxlTytmfQsoCJb0KY
99tXSOpP+HAy2K6D1Fj+6g4DbEOhRANCAATWQ2mWzUR9cgfuObUizYowzcPmcCiW
p4roSOR6ekQ6teo2aGdVr+y1A/JeT/FJvNNGujjXx2TqrDUSOuoVBmCD
-----END PRIVATE KEY-----`;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('the doctor of a page', () => {
  let test: TestRelay;
  let community: string;
  const servers: Server[] = [];

  before(async () => {
    // A name of its own, or every page of this machine might talk to it.
    const config = { publicUrl: 'http://127.0.0.1:1', origins: ['http://allowed.test'] };
    test = await startTestRelay({ config });
    const told = (await (await fetch(`${test.url}/api/community`)).json()) as {
      fingerprint: string;
    };
    community = told.fingerprint;
  });
  after(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await test[Symbol.asyncDispose]();
  });

  async function serve(answer: Answer): Promise<string> {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** A site with this page and a script; whatever else it is asked goes to `more`. */
  const site = (
    body: string | (() => string),
    headers: Readonly<Record<string, string>> = {},
    more: Answer = (_, response) => response.writeHead(404).end(),
  ): Promise<string> =>
    serve((request, response) => {
      if (request.url === '/') {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
        response.end(typeof body === 'string' ? body : body());
      } else if (request.url === '/comptoir.js') {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end('export {};');
      } else more(request, response);
    });

  const SCRIPT = '<script type="module" src="/comptoir.js"></script>';
  const chat = (given: Readonly<Record<string, string>> = {}): string => {
    const all = { relay: test.url, community, space: 'demo', ...given };
    const names = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
    return `${SCRIPT}<comptoir-chat ${names.join(' ')}></comptoir-chat>`;
  };
  const about = (found: readonly Finding[], what: Finding['about']): Finding | undefined =>
    found.find((one) => one.about === what);
  /** What is found besides that the relay does not know this site, which is so for every site here. */
  const others = (found: readonly Finding[]): Finding['about'][] =>
    found.filter((one) => one.about !== 'origins').map((one) => one.about);

  it('finds nothing on the relay’s own page, and the origin that a site’s relay must name', async () => {
    await using own = await startTestRelay();
    const told = (await (await fetch(`${own.url}/api/community`)).json()) as {
      fingerprint: string;
    };
    const page = `${SCRIPT}<comptoir-chat relay="${own.url}" community="${told.fingerprint}" space="demo"></comptoir-chat>`;
    assert.deepEqual(await examinePage(await site(page)), []);
    const url = await site(chat());
    const found = await examinePage(url);
    assert.deepEqual(others(found), []);
    assert.equal(about(found, 'origins')?.paste, `COMPTOIR_ORIGINS=${url}`);
  });

  it('says what the snippet lacks, with the line to paste', async () => {
    const none = await examinePage(await site('<h1>Shop</h1>'));
    assert.match(about(none, 'snippet')?.paste ?? '', /^<comptoir-chat /);
    const wrong = about(
      await examinePage(await site(chat({ community: 'x'.repeat(43) }))),
      'snippet',
    );
    assert.match(wrong?.wrong ?? '', /not the community of this relay/);
    assert.equal(wrong?.paste, `community="${community}"`);
    const space = about(await examinePage(await site(chat({ space: 'nowhere' }))), 'snippet');
    assert.match(space?.wrong ?? '', /no space called "nowhere"/);
    const bare = about(await examinePage(await site(chat({ space: '' }))), 'snippet');
    assert.match(bare?.wrong ?? '', /names no space/);
    const address = about(await examinePage(await site(chat({ relay: 'http://' }))), 'snippet');
    assert.match(address?.wrong ?? '', /is no address/);
  });

  it('says what is wrong with the script', async () => {
    const missing = await examinePage(await site(chat().replace(SCRIPT, '')));
    assert.match(about(missing, 'script')?.paste ?? '', /<script type="module"/);
    const plain = await examinePage(await site(chat().replace(' type="module"', '')));
    assert.match(about(plain, 'script')?.wrong ?? '', /not a module/);
    const lost = await examinePage(await site(chat().replace('/comptoir.js', '/old/comptoir.js')));
    assert.match(about(lost, 'script')?.wrong ?? '', /answers 404/);
    const page = await site(chat().replace('/comptoir.js', '/old/comptoir.js'), {}, (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Not found</h1>'),
    );
    assert.match(about(await examinePage(page), 'script')?.wrong ?? '', /is text\/html/);
  });

  it('says what the policy blocks, in the header and in the page, and what it must name', async () => {
    const strict = await examinePage(
      await site(chat(), { 'content-security-policy': "default-src 'self'" }),
    );
    const { host } = new URL(test.url);
    assert.deepEqual(others(strict), ['policy']);
    assert.equal(about(strict, 'policy')?.paste, `connect-src 'self' ${test.url} ws://${host}`);
    const meta = `<meta http-equiv="Content-Security-Policy" content="script-src https://cdn.test">`;
    const inPage = await examinePage(await site(meta + chat()));
    assert.match(
      about(inPage, 'policy')?.paste ?? '',
      /^script-src https:\/\/cdn\.test http:\/\/127/,
    );
    const elements = {
      'content-security-policy': "script-src 'self'; script-src-elem https://cdn.test",
    };
    const ofElements = about(await examinePage(await site(chat(), elements)), 'policy');
    assert.match(ofElements?.wrong ?? '', /Its script-src-elem should be:$/);
    assert.match(
      ofElements?.paste ?? '',
      /^script-src-elem https:\/\/cdn\.test http:\/\/127/,
      'script-src does nothing beside it',
    );
    const types = {
      'content-security-policy': "require-trusted-types-for 'script'; trusted-types x",
    };
    assert.equal(
      about(await examinePage(await site(chat(), types)), 'policy')?.paste,
      'trusted-types lit-html',
    );
    const fitting = `default-src 'self'; connect-src 'self' ${test.url} ws://${host}; require-trusted-types-for 'script'; trusted-types lit-html`;
    assert.deepEqual(
      others(await examinePage(await site(chat(), { 'content-security-policy': fitting }))),
      [],
    );
    const nonce = { 'content-security-policy': "script-src 'self' 'nonce-abc' 'strict-dynamic'" };
    const withNonce = chat().replace('<script ', '<script nonce="abc" ');
    assert.deepEqual(others(await examinePage(await site(withNonce, nonce))), []);
    const lacking = await examinePage(await site(chat(), nonce));
    assert.deepEqual(others(lacking), ['policy']);
    assert.equal(
      about(lacking, 'policy')?.paste,
      '<script type="module" src="/comptoir.js" nonce="…"></script>',
    );
    const closed = "default-src 'none'; script-src 'nonce-abc'";
    assert.equal(
      about(
        await examinePage(await site(withNonce, { 'content-security-policy': closed })),
        'policy',
      )?.paste,
      `connect-src ${test.url} ws://${host}`,
      'without the word that forbids all',
    );
  });

  it('says when a proxy passes the path on to something else, or no WebSocket', async () => {
    const shop: Answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Shop</h1>');
    const behind = await examinePage(await site(chat({ relay: '/chat' }), {}, shop));
    assert.match(about(behind, 'proxy')?.wrong ?? '', /no relay’s answer/);
    assert.match(about(behind, 'proxy')?.paste ?? '', /location \/chat\/ .*Upgrade/);
    const half = await site(chat({ relay: '/chat' }), {}, (request, response) => {
      void fetch(test.url + (request.url ?? '').replace('/chat', '')).then(async (answer) =>
        response.writeHead(answer.status).end(await answer.text()),
      );
    });
    const noSocket = await examinePage(half);
    assert.match(about(noSocket, 'proxy')?.wrong ?? '', /instead of opening a WebSocket/);
  });

  it('says what is wrong with a certificate, of the page and of the relay', async () => {
    const server = createSecureServer({ cert: CERTIFICATE, key: KEY }, (_, response) =>
      response.end(),
    );
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const secure = `https://localhost:${(server.address() as AddressInfo).port}`;
    assert.deepEqual(
      (await examinePage(secure)).map((one) => one.about),
      ['certificate'],
    );
    const found = await examinePage(await site(chat({ relay: secure })));
    assert.match(about(found, 'certificate')?.wrong ?? '', /not good: .*SELF_SIGNED/);
  });

  it('says when there is no page', async () => {
    assert.match((await examinePage('shop'))[0]?.wrong ?? '', /no address of a page/);
    assert.match((await examinePage('file:///etc/passwd'))[0]?.wrong ?? '', /no address of a page/);
    assert.match((await examinePage('http://127.0.0.1:1/'))[0]?.wrong ?? '', /cannot be reached/);
    const url = await serve((_, response) => response.writeHead(503).end());
    assert.match((await examinePage(url))[0]?.wrong ?? '', /answers 503/);
    const image = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end(),
    );
    assert.match((await examinePage(image))[0]?.wrong ?? '', /not HTML/);
  });

  it('is through in time and memory whatever a page does', async () => {
    const silent = await serve(() => {});
    assert.match((await examinePage(silent, { timeoutMs: 200 }))[0]?.wrong ?? '', /in time/);
    const endless = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const more = (): void => {
        while (!response.destroyed && response.write('<div>'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    assert.deepEqual(
      others(await examinePage(endless)),
      ['snippet'],
      'two million bytes are enough',
    );
    const round = await serve((request, response) =>
      response.writeHead(302, { location: `${request.url}x` }).end(),
    );
    assert.match((await examinePage(round))[0]?.wrong ?? '', /from one address to the next/);
    const away = await serve((_, response) =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    );
    assert.match((await examinePage(away))[0]?.wrong ?? '', /from one address to the next/);
    const nested = await site(`${'<b>'.repeat(100_000)}${chat()}`);
    assert.deepEqual(others(await examinePage(nested)), []);
  });
});
