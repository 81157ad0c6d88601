/** HTTP that no browser sends: each is answered as what it is or cut, and is nobody's fault but the sender's. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { silentLog } from '../core/ports/log.ts';
import { get, readUntil } from '../testing/raw-http.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';

const PAGE = '<p>A page</p>';
const SECRET = 'outside of the build';

describe('hostile requests', { timeout: 60_000 }, () => {
  let test: TestRelay;
  let folder: string;
  const failures: unknown[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'comptoir-odd-'));
    await mkdir(join(folder, 'dist/desk'), { recursive: true });
    await writeFile(join(folder, 'secret.html'), SECRET);
    await writeFile(join(folder, 'dist/index.html'), PAGE);
    await writeFile(join(folder, 'dist/desk/index.html'), PAGE);
    await writeFile(join(folder, 'dist/.hidden.html'), SECRET);
    const log = { ...silentLog, error: (...told: unknown[]) => void failures.push(told) };
    test = await startTestRelay({ dist: join(folder, 'dist'), log, silentMs: 1_000 });
  });
  after(async () => {
    await test[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** All that is answered until the relay hangs up, or to the request that closes. */
  async function answerTo(said: string): Promise<string> {
    const socket = connect({ port: test.relay.port, host: '127.0.0.1' });
    socket.on('error', () => {});
    socket.write(said, 'latin1');
    const ended = (text: string): boolean => /HTTP\/1\.1 \d{3}[^]*\r\n\r\n/.test(text);
    const text = await readUntil(socket, ended).catch(() => '');
    socket.destroy();
    return text;
  }
  const statusOf = (text: string): number => Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1] ?? 0);

  const body = (lines: string, text = ''): string =>
    `POST /api/session/challenge HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n\r\n${text}`;
  const many = (line: (number: number) => string, count: number): string =>
    Array.from({ length: count }, (_, number) => line(number)).join('');
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';

  /** What each is answered; 0: nothing, it is cut. */
  const odd: Readonly<Record<string, readonly [said: string, statuses: readonly number[]]>> = {
    'two lengths': [body('Content-Length: 2\r\nContent-Length: 3', '{}'), [400]],
    'a length and chunks': [
      body('Content-Length: 2\r\nTransfer-Encoding: chunked', '2\r\n{}\r\n0\r\n\r\n'),
      [400],
    ],
    'chunks twice': [body('Transfer-Encoding: chunked, chunked', '0\r\n\r\n'), [400]],
    'an encoding that is none': [body('Transfer-Encoding: xchunked', '0\r\n\r\n'), [400]],
    'a space before the colon': [body('Content-Length : 2', '{}'), [400]],
    'a folded line': [body('X-A: 1\r\n Content-Length: 2', '{}'), [200, 400]],
    'a chunk of no number': [body('Transfer-Encoding: chunked', 'zz\r\n{}\r\n0\r\n\r\n'), [400]],
    'a chunk longer than any': [
      body('Transfer-Encoding: chunked', 'fffffffffffffffff\r\n{}'),
      [400],
    ],
    'a negative length': [body('Content-Length: -1'), [400]],
    'lines that end without a return': ['GET / HTTP/1.1\nHost: localhost\n\n', [200, 400]],
    'no host': ['GET / HTTP/1.1\r\n\r\n', [400]],
    'two hosts': ['GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', [200, 400]],
    'a host with a space': ['GET / HTTP/1.1\r\nHost: a b\r\n\r\n', [400]],
    'a host with a path': ['GET / HTTP/1.1\r\nHost: a/../b\r\n\r\n', [400]],
    'a host with a name and a password': ['GET / HTTP/1.1\r\nHost: me:me@b\r\n\r\n', [400]],
    'a host that never ends': [`GET / HTTP/1.1\r\nHost: [::\r\n\r\n`, [400]],
    'headers of 20 KB': [get('/', `X-A: ${'x'.repeat(20_000)}\r\n`), [431]],
    'headers by the thousand': [
      get(
        '/',
        many((n) => `X${n}: 1\r\n`, 1_500),
      ),
      [200, 431],
    ],
    'a method that is none': ['BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n', [400]],
    'a method to trace': ['TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n', [404, 405]],
    'a tunnel': ['CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n', [0, 404, 405]],
    'the address of another host': ['GET http://evil.example/ HTTP/1.1\r\nHost: e\r\n\r\n', [200]],
    'an asterisk': ['OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n', [204, 400, 404]],
    'another protocol': [get('/healthz', 'Connection: Upgrade\r\nUpgrade: h2c\r\n'), [200]],
    'the first words of HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [0, 400, 505]],
    TLS: ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [0, 400]],
    'a socket of an old version': [
      get('/sync', `${upgrade.replace('13', '7')}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n`),
      [400, 426],
    ],
    'a socket without a key': [get('/sync', upgrade), [400]],
    'a socket by POST': [
      `POST /sync HTTP/1.1\r\nHost: localhost\r\n${upgrade}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
      [400, 405],
    ],
    'a socket with names by the thousand': [
      get(
        '/sync',
        `${upgrade}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: ${many((n) => `a${n},`, 2_000)}b\r\n`,
      ),
      [101, 400],
    ],
    'an expectation that is none': [get('/', 'Expect: tea\r\n'), [417]],
    'a range': [get('/', 'Range: bytes=0-0,2-2,4-4,-1\r\n'), [200]],
    'a range that ends before it begins': [get('/', 'Range: bytes=9-1\r\n'), [200]],
    'tags by the thousand': [
      get('/', `If-None-Match: ${many((n) => `"${n}",`, 2_000)}*\r\n`),
      [200],
    ],
    'a date that is none': [get('/', 'If-Modified-Since: yesterday\r\n'), [200]],
    'encodings by the thousand': [
      get('/', `Accept-Encoding: ${'a;q=0.1,'.repeat(1_500)}\r\n`),
      [200],
    ],
    'cookies by the thousand': [get('/api/me/card', `Cookie: ${'a=b;'.repeat(3_000)}\r\n`), [401]],
  };
  for (const [what, [said, statuses]] of Object.entries(odd)) {
    it(`with ${what} are answered as that`, async () => {
      const text = await answerTo(said);
      assert.ok(statuses.includes(statusOf(text)), text.slice(0, 200) || 'cut');
    });
  }

  it('for paths that lead out of the build find nothing there, and are sent nowhere else', async () => {
    const out = [
      '/../secret.html',
      '/%2e%2e/secret.html',
      '/..%2fsecret.html',
      '/..%5csecret.html',
      '/\\..\\secret.html',
      '/desk/../../secret.html',
      '//evil.example/%2e%2e',
      '//evil.example/..',
      '/desk%2f..%2f..%2fsecret.html',
      '/%00',
      '/index.html%00.js',
      '/%ff',
      '/%',
      '/.hidden.html',
      `/${'a/'.repeat(3_000)}`,
      `/${'%2e'.repeat(2_000)}`,
      '/desk/index.html/',
      '/api/../secret.html',
      '/api/photos/..%2f..%2fsecret.html',
      '/api/spaces/%2e%2e/face',
      '/sync/..%2f..%2fsecret.html',
    ];
    for (const path of out) {
      const text = await answerTo(get(path, 'Connection: close\r\n'));
      assert.ok(!text.includes(SECRET), path);
      assert.doesNotMatch(text, /\r\nlocation: (?!\/(?!\/))/i, path);
      const status = statusOf(text);
      assert.ok(status >= 200 && status < 500, `${path}: ${text.slice(0, 100)}`);
    }
    assert.match(await answerTo(get('/desk')), /\r\nlocation: \/desk\/\r\n/i);
  });

  it('leave a relay that serves, and nothing in its log that is the relay’s fault', async () => {
    assert.equal((await fetch(`${test.url}/healthz`)).status, 200);
    assert.deepEqual(failures, []);
  });
});
