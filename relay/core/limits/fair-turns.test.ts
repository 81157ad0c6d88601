/** Work in turns. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sourcePath } from './fair-memory.ts';
import { FairTurns } from './fair-turns.ts';

/** Work that goes on until it is told to end. */
class Works {
  readonly turns = new FairTurns({ atOnce: 2 });
  readonly begun: string[] = [];
  readonly #ends = new Map<string, () => void>();

  ask(name: string, address: string, connection = name): Promise<void> {
    return this.turns.take(
      () => sourcePath({ address, connection }),
      () => {
        this.begun.push(name);
        return new Promise((end) => this.#ends.set(name, end));
      },
    );
  }

  async end(name: string): Promise<void> {
    this.#ends.get(name)?.();
    await nextTurn();
  }
}

describe('fair turns', () => {
  it('begin at once what may be done, and no more than that', async () => {
    const works = new Works();
    for (const name of ['a', 'b', 'c']) void works.ask(name, '192.0.2.1');
    assert.deepEqual(works.begun, ['a', 'b']);
    assert.equal(works.turns.waiting, 1);
    await works.end('b');
    assert.deepEqual(works.begun, ['a', 'b', 'c']);
  });

  for (const [title, from, position] of [
    ['of the same address', '192.0.2.1', 501],
    ['of the same neighbourhood', '192.0.2.9', 3],
    ['from elsewhere', '198.51.100.1', 3],
  ] as const) {
    it(`let one ${title} wait for its turn, and not for all that a crowd asks for again and again`, async () => {
      const works = new Works();
      const ask = (connection: string): void => {
        const again = `${connection} ${works.begun.length} ${works.turns.waiting}`;
        void works.ask(again, '192.0.2.1', connection).then(() => ask(connection));
      };
      for (let connection = 0; connection < 500; connection++) ask(`crowd ${connection}`);
      void works.ask('one', from);
      while (!works.begun.includes('one') && works.begun.length < 2_000)
        await works.end(works.begun.at(-1)!);
      assert.ok(works.begun.indexOf('one') <= position, `it was number ${works.begun.length}`);
    });
  }

  it('go on after what fails', async () => {
    const turns = new FairTurns({ atOnce: 1 });
    const path = () => sourcePath({ address: '192.0.2.1', connection: 'one' });
    const failing = turns.take(path, () => Promise.reject(new Error('broken')));
    const next = turns.take(path, () => Promise.resolve('done'));
    await assert.rejects(failing, /broken/);
    assert.equal(await next, 'done');
    assert.equal(await turns.take(path, () => Promise.resolve('again')), 'again');
  });
});
