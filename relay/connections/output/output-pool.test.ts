/** What all lines may hold together, and who goes when it is too much. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silentLog } from '../../core/ports/log.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { type Feed, MOST_BUFFERED_BYTES, Output } from './output.ts';
import { waitFor } from '../../testing/witness.ts';
import { OutputPool, turnsOf } from './output-pool.ts';

/** A line that takes nothing until it is told to. */
class StuckLine {
  buffered = 0;
  sent: number[] = [];
  readonly unanswered: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];

  send(bytes: Uint8Array, taken?: () => void): void {
    this.sent.push(bytes[0] ?? 0);
    this.buffered += bytes.length;
    if (taken) this.#waiting.push(taken);
  }

  close(): void {}

  bufferedBytes(): number {
    return this.buffered;
  }

  probe(read: () => void): void {
    this.unanswered.push(read);
  }

  drain(): void {
    this.buffered = 0;
    for (const taken of this.#waiting.splice(0)) taken();
  }
}

interface Reader {
  readonly line: StuckLine;
  readonly output: Output;
  isCut: boolean;
}

describe('the output of all connections', () => {
  const clock = new ManualClock();
  let count = 0;

  function reader(pool: OutputPool, address: string): Reader {
    const line = new StuckLine();
    const made: Reader = {
      line,
      isCut: false,
      output: new Output({
        transport: line,
        pool,
        path: turnsOf(address, `s${++count}`),
        log: silentLog,
        slow: () => {
          made.isCut = true;
          made.output.end();
        },
        failed: () => assert.fail('a page could not be read'),
      }),
    };
    return made;
  }

  it('lets go of those at the address that holds most when all together hold too much', () => {
    const pool = new OutputPool({ clock, mostHeldBytes: 100_000 });
    const honest = reader(pool, '192.0.2.1');
    honest.output.send(new Uint8Array(20_000));
    clock.advance(1_000); // nothing has moved on it for longest
    const others = Array.from({ length: 50 }, () => reader(pool, '198.51.100.7'));
    for (const { output } of others) {
      output.send(new Uint8Array(10_000));
      assert.ok(pool.held <= 100_000, `${pool.held}`);
    }
    assert.equal(honest.isCut, false);
    assert.equal(others.filter(({ isCut }) => isCut).length, 42);
    pool.stop();
  });

  it('counts what a line has taken, though nobody told', () => {
    const pool = new OutputPool({ clock, mostHeldBytes: 100_000 });
    const one = reader(pool, '192.0.2.1');
    one.output.send(new Uint8Array(60_000));
    one.line.buffered = 0;
    const other = reader(pool, '192.0.2.2');
    other.output.send(new Uint8Array(60_000));
    assert.deepEqual([one.isCut, other.isCut, pool.held], [false, false, 60_000]);
    pool.stop();
  });

  it('lets go of a line on which nothing moves, and of none that moves a little', async () => {
    const pool = new OutputPool({ clock, graceMs: 1 });
    const [still, slow] = [reader(pool, '192.0.2.1'), reader(pool, '192.0.2.1')];
    for (const { output } of [still, slow]) output.send(new Uint8Array(50_000));
    for (let times = 0; times < 10; times++) {
      clock.advance(10_000);
      slow.line.drain();
      slow.output.send(new Uint8Array(50_000));
    }
    await waitFor(
      () => still.isCut,
      () => 'it is not let go',
    );
    assert.equal(slow.isCut, false);
    assert.equal(pool.held, 50_000);
    slow.output.end();
    assert.equal(pool.held, 0);
    pool.stop();
  });

  it('lets go of who leaves a megabyte of all that is no page', () => {
    const pool = new OutputPool({ clock });
    const { line, output, ...rest } = reader(pool, '192.0.2.1');
    while (line.buffered <= MOST_BUFFERED_BYTES) output.send(new Uint8Array(100_000));
    assert.equal(rest.isCut, false);
    output.send(Uint8Array.of(1));
    assert.equal(output.held, 0);
    assert.equal(line.sent.at(-1), 0);
    pool.stop();
  });

  it('reads no page while the line holds one, and goes on when it has taken it', async () => {
    const pool = new OutputPool({ clock });
    const { line, output } = reader(pool, '192.0.2.1');
    let turns = 0;
    const feed: Feed = {
      turn: async () => {
        turns++;
        output.send(new Uint8Array(70_000));
        output.want(feed, false);
        return 70_000;
      },
    };
    output.want(feed, true);
    for (let times = 1; times < 5; times++) {
      await new Promise((turn) => setImmediate(turn));
      assert.equal(turns, times);
      line.drain();
    }
    pool.stop();
  });

  it('sends no more than two megabytes of pages that the reader has not read, whatever the network takes', async () => {
    const pool = new OutputPool({ clock, graceMs: 1 });
    const one = reader(pool, '192.0.2.1');
    const { line, output } = one;
    let turns = 0;
    const feed: Feed = {
      turn: async () => {
        turns++;
        output.send(new Uint8Array(500_000));
        line.drain();
        output.want(feed, false);
        return 500_000;
      },
    };
    const goOn = (): Promise<void> => new Promise((turn) => setTimeout(turn, 5));
    output.want(feed, true);
    await goOn();
    assert.equal(turns, 5);
    line.unanswered.shift()?.();
    await goOn();
    assert.equal(turns, 6);
    clock.advance(30_000);
    line.unanswered.shift()?.();
    clock.advance(30_000);
    await goOn();
    assert.equal(one.isCut, false);
    clock.advance(30_000);
    await waitFor(
      () => one.isCut,
      () => 'it is not let go',
    );
    pool.stop();
  });

  it('lets nobody go whose answer came while the relay itself stood still', async () => {
    const pool = new OutputPool({ clock, graceMs: 20 });
    const one = reader(pool, '192.0.2.1');
    one.output.probe();
    one.output.probe(); // while it waits for an answer it asks once
    assert.equal(one.line.unanswered.length, 1);
    clock.advance(3_600_000);
    one.line.unanswered.shift()?.();
    await new Promise((later) => setTimeout(later, 40));
    assert.equal(one.isCut, false);
    one.output.end();
    pool.stop();
  });

  it('reads pages for one connection at a pace, once it has read very much', async () => {
    const pool = new OutputPool({ clock });
    const { output } = reader(pool, '192.0.2.1');
    let turns = 0;
    const feed: Feed = {
      turn: async () => {
        turns++;
        output.want(feed, false);
        return 8_000_000;
      },
    };
    output.want(feed, true);
    await new Promise((turn) => setTimeout(turn, 20));
    assert.equal(turns, 9); // 64 MB, and one more that is paid for afterwards
    output.want(feed, true);
    await new Promise((turn) => setImmediate(turn));
    assert.equal(turns, 9);
    clock.advance(500);
    await new Promise((turn) => setImmediate(turn));
    assert.equal(turns, 10);
    output.end();
    pool.stop();
  });

  it('lets no connection wait for all that others of its address read, who come anew each time', async () => {
    const pool = new OutputPool({ clock });
    const turns: string[] = [];
    const reads = (name: string, bytes: number): Output => {
      const { output } = reader(pool, '192.0.2.1');
      const feed: Feed = {
        turn: async () => {
          turns.push(name);
          output.want(feed, name === 'hers');
          return bytes;
        },
      };
      output.want(feed, true);
      return output;
    };
    const goOn = (): Promise<void> => new Promise((turn) => setTimeout(turn, 5));
    for (let times = 0; times < 20; times++) reads('his', 50_000_000); // a quarter of an hour's worth
    await goOn();
    const hers = reads('hers', 250_000);
    for (let second = 0; second < 5; second++) {
      await goOn();
      clock.advance(1_000);
    }
    assert.ok(turns.filter((name) => name === 'hers').length >= 5, turns.join(' '));
    hers.end();
    pool.stop();
  });
});
