/** Readers that ask for much and never read: what they hold, how soon they go, and who is served meanwhile. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { collectedHeap } from '../testing/collected-heap.ts';
import { askAtLength } from '../testing/long-conversation.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { openSlowLine } from '../testing/slow-line.ts';
import { startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestRoom } from '../testing/test-device.ts';
import { waitFor } from '../testing/witness.ts';

const NEVER = 20;
const SAMPLES = 200;
/** A page, and what may wait before the next one is read. */
const HELD_EACH = 350_000;
const STEP1 = Uint8Array.of(0, 0, 1, 0);

describe('readers that never read', () => {
  it('go within a minute too if all that they asked for is on its way, or nothing', async () => {
    const clock = new ManualClock(Date.now());
    await using test = await startTestRelay({ clock });
    const { connections, core } = test.relay;
    const connect = (): Promise<TestDevice> =>
      TestDevice.connect(test.socketUrl, core.authority.fingerprint);
    const [honest, asks, says] = [await connect(), await connect(), await connect()];
    for (const { socket } of [asks, says]) socket.pause();
    asks.frame({ op: 'open', channel: 1, room: 'space/demo', generation: 0 });
    await honest.ask('By then it is open.');
    asks.frame({ op: 'data', channel: 1, data: STEP1 });
    for (let seconds = 0; seconds < 120 && connections.size > 1; seconds += 20) {
      clock.advance(20_000);
      await honest.ask('Still here.');
    }
    await waitFor(
      () => connections.size === 1,
      () => `${connections.size - 1} are not let go`,
    );
    assert.equal(honest.closed, null);
    await honest.close();
  });

  it('or that ping without end, are closed, and hold nothing', async () => {
    await using test = await startTestRelay();
    const { connections, core } = test.relay;
    const { fingerprint } = core.authority;
    for (const how of ['ping', 'pong'] as const) {
      const device = await TestDevice.connect(test.socketUrl, fingerprint);
      if (how === 'ping') device.socket.pause();
      for (let times = 0; times < 10_000; times++) device.socket[how](Buffer.alloc(125));
      await waitFor(
        () => connections.size === 0,
        () => `${how}: not closed`,
      );
      assert.ok(connections.pool.held < 100_000);
      device.socket.resume();
      await device.until(() => device.closed !== null, 'the close');
    }
    const honest = await TestDevice.connect(test.socketUrl, fingerprint);
    honest.socket.pause();
    const answers: string[] = [];
    honest.socket.on('pong', (data) => answers.push(data.toString()));
    for (let times = 0; times <= 1_000; times++) honest.socket.ping(`${times}`);
    honest.socket.resume();
    await waitFor(
      () => answers.at(-1) === '1000',
      () => `${answers.length} answers`,
    );
    await honest.close();
  });

  it('hold little, go within a minute, keep nobody waiting, and leave nothing behind', async () => {
    const clock = new ManualClock(Date.now());
    const config = { entriesPerMinute: 100_000, questionsPerHour: 10_000 };
    await using test = await startTestRelay({ clock, config });
    const { connections, core } = test.relay;
    const { fingerprint } = core.authority;
    const visitor = await TestDevice.connect(test.socketUrl, fingerprint);
    const long = conversationRoom(await askAtLength(visitor, 16_000_000));
    const connect = (url = test.socketUrl): Promise<TestDevice> =>
      TestDevice.connect(url, fingerprint, { identity: visitor.identity });

    /** How long entries take to be answered: the middle one, since a busy machine makes single ones late. */
    const median = async (): Promise<number> => {
      const times: number[] = [];
      for (let sample = 0; sample < SAMPLES; sample++) {
        const start = performance.now();
        await visitor.ask('Is anybody there?');
        times.push(performance.now() - start);
      }
      return times.toSorted((a, b) => a - b)[SAMPLES / 2]!;
    };
    const alone = await median();
    const base = await collectedHeap();

    const stuck = await Promise.all(Array.from({ length: NEVER }, () => connect()));
    for (const device of stuck) {
      device.socket.pause();
      for (let channel = 1; channel <= 4; channel++)
        device.frame({ op: 'open', channel, room: long, generation: 0 });
    }
    await visitor.ask('By then they are open.');
    const ask = (): void => {
      for (const device of stuck)
        for (let channel = 1; channel <= 4; channel++)
          device.frame({ op: 'data', channel, data: STEP1 });
    };
    ask();
    // Somebody reads slowly meanwhile: they go on.
    await using line = await openSlowLine(test.socketUrl, 40_000_000);
    const slow = await connect(line.url);
    const room = new TestRoom();
    slow.rooms.set(1, room);
    slow.frame({ op: 'open', channel: 1, room: long, generation: 0 });

    await waitFor(
      () => connections.pool.lagging >= NEVER,
      () => `${connections.pool.lagging} lines lag`,
    );
    const busy = await median();
    console.log(`# an entry: ${alone.toFixed(1)} ms alone, ${busy.toFixed(1)} ms beside ${NEVER}`);
    for (let times = 0; times < 10; times++) ask();
    // The one who reads slowly keeps what it has read in this process too.
    const kept = room.bytes.reduce((sum, { length }) => sum + length, 0);
    const grown = (await collectedHeap()) - base - kept;
    console.log(`# ${connections.pool.held} bytes wait, the heap has grown by ${grown}`);
    assert.ok(connections.pool.held < NEVER * HELD_EACH, `${connections.pool.held} bytes wait`);
    assert.ok(grown < NEVER * HELD_EACH + 20_000_000, `${grown} bytes more than before`);
    await slow.until(() => room.digest !== null, 'what the slow one reads', 30_000);
    await slow.close();

    // The clock runs in jumps: a page may still have gone out after the first of them.
    for (let seconds = 10; seconds <= 120 && connections.size > 1; seconds += 10) {
      clock.advance(10_000);
      await visitor.ask('Meanwhile.');
      assert.ok(connections.size === 1 + NEVER || seconds > 40);
    }
    await waitFor(
      () => connections.size === 1,
      () => `${connections.size - 1} are not let go`,
    );
    assert.equal(connections.pool.held, 0);
    for (const device of stuck) device.socket.resume();
    await Promise.all(stuck.map((device) => device.until(() => device.closed !== null)));
    assert.ok(stuck.every(({ closed }) => closed === CloseCode.slowReader || closed === 1006));
    await core.committer.idle();
    await waitFor(
      () => test.relay.sockets.count === 1,
      () => `${test.relay.sockets.count} sockets`,
    );
    const left = (await collectedHeap()) - base;
    assert.ok(left < 20_000_000, `${left} bytes are left`);
    assert.ok(busy < Math.max(100, alone * 10), `${busy} ms`);
    await visitor.close();
  });
});
