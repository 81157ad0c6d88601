/** Hostile bytes at the frames, the hello and the submit path: no crash, no growth, nothing stored. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { encodeControl } from '../../shared/protocol/control-codec.ts';
import { encodeFrame } from '../../shared/protocol/frame.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { startTestRelay, type TestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity } from '../testing/test-device.ts';
import type { Session } from './session.ts';

/** `npm run fuzz` says how long. */
const seconds = Number(process.argv.slice(2).at(-1) ?? (process.env['CI'] === 'true' ? 15 : 3));
const seed = Number(process.env['COMPTOIR_FUZZ_SEED'] ?? Date.now() % 1_000_000);

/** mulberry32: small, seeded, good enough to be nasty. */
function random(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe(`fuzz, seed ${seed}, ${seconds} s`, () => {
  const next = random(seed);
  const below = (most: number): number => Math.floor(next() * most);
  const noise = (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256));

  /** Bytes that were right once: some flipped, cut, doubled or with a huge length written in. */
  function spoil(bytes: Uint8Array): Uint8Array {
    let spoiled: Uint8Array = bytes.slice();
    for (let times = 1 + below(4); times > 0; times--) {
      const at = below(spoiled.length + 1);
      const how = below(5);
      if (how === 0 && spoiled.length > 0) spoiled[at % spoiled.length] = below(256);
      if (how === 1) spoiled = spoiled.slice(0, at);
      if (how === 2)
        spoiled = new Uint8Array([
          ...spoiled.subarray(0, at),
          ...noise(below(20)),
          ...spoiled.subarray(at),
        ]);
      if (how === 3)
        spoiled = new Uint8Array([
          ...spoiled.subarray(0, at),
          0xff,
          0xff,
          0xff,
          0xff,
          0x7f,
          ...spoiled.subarray(at),
        ]);
      if (how === 4) spoiled = new Uint8Array([...spoiled, ...spoiled.subarray(0, at)]);
    }
    return spoiled;
  }

  let test: TestRelay;
  before(async () => {
    test = await startTestRelay({
      config: { entriesPerMinute: 1_000_000, socketsPerAddress: 10_000 },
    });
  });
  after(() => test[Symbol.asyncDispose]());

  it('survives', async () => {
    const { core } = test.relay;
    const { fingerprint } = core.authority;
    const identity = new TestIdentity();
    const device = await TestDevice.connect(test.socketUrl, fingerprint, { identity });
    const question = await device.ask('The only thing stored');
    const room = conversationRoom(question.conversation);
    const say = await identity.entry(fingerprint, question.conversation, {
      kind: 'say',
      text: 'never sent whole',
    });
    const join = await identity.entry(fingerprint, question.conversation, {
      kind: 'join',
      grant: new Uint8Array(90),
    });
    const before = await core.storage.head(room);
    const broken = (bytes: Uint8Array): Uint8Array => {
      const changed = bytes.slice();
      changed[2 + below(changed.length - 2)]! ^= 1 + below(255); // the signature cannot hold any more
      return changed;
    };
    const samples: (() => Uint8Array)[] = [
      () => noise(below(200)),
      () => encodeFrame({ op: 'data', channel: 0, data: noise(below(100)) }),
      () => encodeFrame({ op: 'data', channel: 1, data: noise(below(100)) }),
      () =>
        encodeFrame({ op: 'data', channel: 1, data: spoil(new Uint8Array([0, 0, 3, 1, 5, 9])) }),
      () =>
        encodeFrame({
          op: 'open',
          channel: 1 + below(3),
          room: next() < 0.5 ? room : `space/${below(9)}`,
          generation: below(3),
        }),
      () => encodeFrame({ op: 'close', channel: below(4), code: below(5_000), reason: 'x' }),
      () =>
        encodeFrame({
          op: 'data',
          channel: 0,
          data: encodeControl({ type: 'submit', entries: [broken(say.bytes), broken(join.bytes)] }),
        }),
      () =>
        encodeFrame({
          op: 'data',
          channel: 0,
          data: encodeControl({ type: 'offer', rows: [broken(say.bytes), noise(150)] }),
        }),
      () => spoil(encodeFrame({ op: 'open', channel: 1, room, generation: 1 })),
      () =>
        spoil(
          encodeFrame({
            op: 'data',
            channel: 0,
            data: encodeControl({ type: 'tokenWanted', room }),
          }),
        ),
    ];
    const raw = (): Session =>
      test.relay.connections.open(
        { send() {}, close() {}, bufferedBytes: () => 0 },
        `192.0.2.${below(250)}`,
      );
    const heapAfter = async (): Promise<number> => {
      await core.committer.idle();
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
    };

    const end = performance.now() + seconds * 1_000;
    let tries = 0;
    let attacker = await TestDevice.connect(test.socketUrl, fingerprint);
    const started = await heapAfter();
    while (performance.now() < end) {
      if (attacker.closed !== null || attacker.socket.readyState !== attacker.socket.OPEN) {
        attacker = await TestDevice.connect(test.socketUrl, fingerprint);
      }
      for (let burst = 0; burst < 20; burst++, tries++)
        attacker.socket.send(samples[below(samples.length)]!(), () => {});
      const unwelcome = raw(); // a session that has not said hello
      for (let burst = 0; burst < 5; burst++, tries++)
        unwelcome.receive(samples[below(samples.length)]!());
      unwelcome.ended();
      await new Promise((turn) => setImmediate(turn));
    }
    const grown = (await heapAfter()) - started;
    assert.ok(tries > 100);
    assert.ok(grown < 150_000_000, `${grown} bytes more after ${tries} tries`);
    assert.equal((await fetch(`${test.url}/readyz`)).status, 200);
    const [again] = await device.submit(question);
    assert.deepEqual(again, { type: 'duplicate', seq: 0 });
    const afterwards = await core.storage.head(room);
    assert.deepEqual(
      [afterwards.next, afterwards.rev],
      [before.next, before.rev],
      'nothing was stored',
    );
    attacker.socket.terminate();
    await device.close();
  });
});
