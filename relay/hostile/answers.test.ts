/** Attacks by HTTP: requests in a row whose answers nobody reads, readers that read a byte now and then. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type Socket, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { silentLog } from '../core/ports/log.ts';
import { collectedHeap } from '../testing/collected-heap.ts';
import { get, neverReading, readUntil } from '../testing/raw-http.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { waitFor } from '../testing/witness.ts';

/** More than a loopback connection holds by itself. */
const LARGE = 24_000_000;
const SCRIPT = '/assets/panel-Ab3dE_f9.js';
const MANY = 60;
const PIPELINED = 40;

describe('hostile readers of HTTP', { timeout: 120_000 }, () => {
  let dist: string;
  before(async () => {
    dist = await mkdtemp(join(tmpdir(), 'comptoir-dist-'));
    await mkdir(join(dist, 'assets'));
    await writeFile(join(dist, 'index.html'), '<p>'.repeat(60_000));
    await writeFile(join(dist, SCRIPT), 'x'.repeat(340_000));
    await writeFile(join(dist, 'large.js'), 'x'.repeat(LARGE));
  });
  after(() => rm(dist, { recursive: true, force: true }));

  const quick = { stillMs: 400, graceMs: 2_000, slowest: LARGE / 30 };

  for (const path of [SCRIPT, '/', '/api/spaces/demo/face', '/api/openapi.json', '/nothing']) {
    it(`that ask for ${path} 40 times at once and never read are cut, and hold nothing`, async () => {
      await using test = await startTestRelay({ dist });
      const before = await collectedHeap();
      const attack = await neverReading(test.relay.port, MANY, get(path).repeat(PIPELINED));
      const late = await latencies(test, 50);
      await cut(attack);
      const grown = (await collectedHeap()) - before;
      console.log(`# ${path}: ${mb(grown)} MB more; honest p99 ${late} ms`);
      assert.ok(grown < 20_000_000, `${grown} bytes are left`);
    });
  }

  it('that ask in a row with bodies, or for an upgrade at the end, are cut as well', async () => {
    await using test = await startTestRelay({ dist });
    const post =
      'POST /api/session/challenge HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}';
    const upgrade = get('/sync', 'Connection: Upgrade\r\nUpgrade: websocket\r\n');
    for (const said of [post.repeat(PIPELINED), get('/').repeat(PIPELINED) + upgrade]) {
      const attack = await neverReading(test.relay.port, 5, said);
      await cut(attack);
    }
  });

  it('that hang up in the middle of what they send fill no log', async () => {
    const [failures, told]: [string[], string[]] = [[], []];
    const log = {
      ...silentLog,
      error: (message: string) => void failures.push(message),
      info: (message: string) => void told.push(message),
    };
    await using test = await startTestRelay({ dist, log });
    const half =
      'POST /api/invitations/look HTTP/1.1\r\nHost: localhost\r\n' +
      'Content-Type: application/json\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{';
    for (let times = 0; times < 5; times++) {
      const socket = connect({ port: test.relay.port, host: '127.0.0.1' });
      socket.write(half);
      await readUntil(socket, (text) => text.includes('100 Continue')); // then it hangs up
    }
    await waitFor(
      () => told.filter((message) => message === 'a request was cut off').length === 5,
      () => `told were ${told.join(', ')}`,
    );
    assert.deepEqual(failures, []);
  });

  it('that read nothing of one answer are cut', async () => {
    await using test = await startTestRelay({ dist, answers: quick });
    const attack = await neverReading(test.relay.port, MANY, get('/large.js'));
    const late = await latencies(test, 50);
    await cut(attack);
    console.log(`# ${attack.length} that read nothing are cut; honest p99 ${late} ms`);
  });

  it('that read a little now and then are cut once they have had their time', async () => {
    await using test = await startTestRelay({
      dist,
      answers: { ...quick, graceMs: 500, slowest: LARGE },
    });
    const [socket] = await neverReading(test.relay.port, 1, get('/large.js'));
    assert.ok(socket);
    let read = 0;
    const sip = setInterval(() => (read += (socket.read() as Buffer | null)?.length ?? 0), 50);
    await once(socket, 'close').finally(() => clearInterval(sip));
    assert.ok(read < LARGE, `${read} bytes`);
  });

  it('slow but honest get all of it', async () => {
    await using test = await startTestRelay({ dist, answers: quick });
    const socket = connect({ port: test.relay.port, host: '127.0.0.1' });
    await once(socket, 'connect');
    socket.write(get('/large.js', 'Connection: close\r\n'));
    let read = 0;
    for await (const piece of socket) {
      read += (piece as Buffer).length;
      // A poor line: it stands still for a moment after every quarter.
      if (read % (LARGE / 4) < 65_536) await new Promise((go) => setTimeout(go, quick.stillMs / 2));
    }
    assert.ok(read > LARGE, `${read} bytes`);
  });

  it('that ask a few things in a row and read are answered, in order', async () => {
    await using test = await startTestRelay({ dist });
    const paths = ['/nothing', '/healthz', SCRIPT, '/api/spaces/demo/face', '/healthz', '/nowhere'];
    const socket = connect({ port: test.relay.port, host: '127.0.0.1' });
    await once(socket, 'connect');
    socket.write(paths.map((path) => get(path)).join(''));
    const statuses = (text: string): string[] =>
      Array.from(text.matchAll(/HTTP\/1.1 (\d+)/g), ([, status]) => status!);
    const text = await readUntil(socket, (text) => statuses(text).length === paths.length);
    assert.deepEqual(statuses(text), ['404', '200', '200', '200', '200', '404']);
  });
});

/** Until the relay has let go of them all: our own ends, which do not read, hear nothing of it. */
async function cut(attack: readonly Socket[]): Promise<void> {
  const isOpen = (socket: Socket): boolean => !socket.closed;
  const left = (): number => sockets() - attack.filter(isOpen).length;
  await waitFor(
    () => left() <= KEPT_BY_FETCH,
    () => `${left()} of ${attack.length} are left`,
  );
  for (const socket of attack) socket.destroy();
}

/** Both ends of what honest visitors keep for a moment. */
const KEPT_BY_FETCH = 4;

/** TCP sockets of this process. */
const sockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

/** What an honest visitor waits for a face, in ms: the 99th of a hundred. */
async function latencies(test: TestRelay, count: number): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const started = performance.now();
    const face = await fetch(`${test.url}/api/spaces/demo/face`);
    assert.equal(face.status, 200);
    await face.arrayBuffer();
    times.push(performance.now() - started);
  }
  return Math.round(times.toSorted((a, b) => a - b)[Math.floor(count * 0.99) - 1] ?? 0);
}

const mb = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
