/** Attacks by connections alone: many of them, from one place, that say nothing. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { describe, it } from 'node:test';
import { mostConnections } from '../http/limit-connections.ts';
import { askOffice } from '../http/office-socket.ts';
import { RelayProcess } from '../testing/machine/relay-process.ts';
import { openHalf } from '../testing/open-half.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice } from '../testing/test-device.ts';
import { waitFor } from '../testing/witness.ts';

/** Sockets that an address may have here; three times as many connections. */
const SOCKETS = 5;
const CONNECTIONS = 15;
const NEARBY = 150;
const config = { socketsPerAddress: SOCKETS };

/** Elsewhere a machine has one loopback address, and an attacker there no other than ours. */
const skip = process.platform === 'linux' ? false : 'needs the whole of 127.0.0.0/8';

describe('hostile connections', { skip, timeout: 60_000 }, () => {
  it('of one address are so many and no more, and others come in', async () => {
    await using test = await startTestRelay({ config });
    await assertServed(test);
    const before = connections();
    const attack = await crowd(test, 10 * CONNECTIONS, '127.0.0.2');
    await waitFor(
      () => open(attack) === CONNECTIONS,
      () => `${open(attack)} are open`,
    );
    await assertServed(test);
    for (const socket of attack) socket.destroy();
    await waitFor(
      () => connections() <= before,
      () => `${connections() - before} are left`,
    );
    // What an address gave back it may take again.
    const [again] = await crowd(test, 1, '127.0.0.2');
    assert.match(await answerOf(again!), /^HTTP\/1.1 200/);
    again!.destroy();
  });

  it('of a neighbourhood are ten times as many', async () => {
    await using test = await startTestRelay({ config });
    const attack: Socket[] = [];
    for (let host = 1; host <= 15; host++)
      attack.push(...(await crowd(test, CONNECTIONS, `127.0.1.${host}`)));
    await waitFor(
      () => open(attack) === NEARBY,
      () => `${open(attack)} are open`,
    );
    await assertServed(test);
    for (const socket of attack) socket.destroy();
  });

  it('of a trusted proxy are not counted: everybody comes by it', async () => {
    await using test = await startTestRelay({
      config: { ...config, trustedProxies: ['127.0.0.2'] },
    });
    const through = await crowd(test, 2 * CONNECTIONS, '127.0.0.2');
    const answers = await Promise.all(through.map(answerOf));
    assert.ok(answers.every((answer) => answer.startsWith('HTTP/1.1 200')));
    for (const socket of through) socket.destroy();
  });

  it('that say nothing, or half a request, are soon cut', async () => {
    await using test = await startTestRelay({ silentMs: 200 });
    const silent = await crowd(test, 4, '127.0.0.2');
    for (const half of silent.slice(2)) half.write('GET /sync HTTP/1.1\r\nUpgrade: webs');
    const started = performance.now();
    await Promise.all(silent.map((socket) => once(socket, 'close')));
    assert.ok(performance.now() - started < 5_000);
  });

  it('leave files to open for storage and the office, when every one is taken', async () => {
    await using relay = await RelayProcess.start({ files: FILES });
    const { port } = relay;
    const count = Math.floor(mostConnections(FILES) / 2);
    const attacks = ['127.0.1.1', '127.0.2.1', '127.0.3.1'];
    await using _one = await openHalf({ port, count, said: '', from: attacks[0]! });
    await using _two = await openHalf({ port, count, said: '', from: attacks[1]! });
    await using _three = await openHalf({ port, count, said: '', from: attacks[2]! });
    const answer = await askOffice(relay.data, 'POST', '/api/office/invitations', {});
    assert.equal(answer?.status, 201);
  });

  it('are four fifths of the files that may be open, and 20,000 at most', () => {
    assert.equal(mostConnections(1_024), 819);
    assert.equal(mostConnections(Number.POSITIVE_INFINITY), 20_000);
  });
});

/** Files that the relay of a test may have open. */
const FILES = 512;

/** Connections from an address that say nothing. */
const crowd = (test: TestRelay, count: number, from: string): Promise<Socket[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ port: test.relay.port, host: '127.0.0.1', localAddress: from });
      socket.on('error', () => {}).resume();
      await once(socket, 'connect');
      return socket;
    }),
  );

const open = (sockets: readonly Socket[]): number =>
  sockets.filter(({ readyState }) => readyState === 'open').length;

/** What a connection is answered to a request; nothing when it is cut. */
async function answerOf(socket: Socket): Promise<string> {
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const cut = once(socket, 'close').then(() => ['']);
  const [answer] = await Promise.race([once(socket, 'data'), cut]);
  return String(answer);
}

/** A visitor who comes from elsewhere finds the relay as ever. */
async function assertServed(test: TestRelay): Promise<void> {
  assert.equal((await fetch(`${test.url}/api/spaces/demo/face`)).status, 200);
  const { fingerprint } = test.relay.core.authority;
  const visitor = await TestDevice.connect(test.socketUrl, fingerprint);
  const asked = await visitor.ask('Is anybody there?');
  assert.equal(visitor.outcomes.get(asked.id)?.type, 'durable');
  await visitor.close();
}

/** TCP sockets of this process. */
const connections = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
