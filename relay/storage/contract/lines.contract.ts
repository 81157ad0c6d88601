/** What every adapter of lines must do. */
import assert from 'node:assert/strict';
import type { Waiting } from '../../core/listing/listing.ts';
import { writesOf } from '../../core/ports/port.ts';
import type { LineStorage, lineOps } from '../../core/listing/line-storage.ts';
import { type OpenStorage, change, room, testsOn } from './contract.ts';

const waiting = (key: string, rank: number, at: number, turn = 0, value = key): Waiting => ({
  key,
  rank,
  at,
  turn,
  value,
});
const write = writesOf<LineStorage, typeof lineOps>('lines');

export function linesContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('gives the first in line, those who deserve a place most before the others', async ({
    lines,
  }) => {
    const [b, a, c, d] = [
      waiting('b', 1, 5, 2),
      waiting('a', 1, 5, 1),
      waiting('c', 2, -9),
      waiting('d', 1, 7),
    ];
    const items = [b, a, c, d, waiting('e', 1, 5, 2)];
    for (const item of items) await lines.wait('list', item);
    await lines.wait('other', waiting('x', 3, 0));
    const line = await lines.firstInLine('list', 4);
    assert.deepEqual(
      line.map((item) => ({ ...item })),
      [c, d, a, items[4]],
    );
    assert.equal((await lines.firstInLine('list', 9)).length, 5);
    assert.deepEqual(await lines.firstInLine('nobody', 9), []);
  });

  test('keeps one place a key: the last one', async ({ lines }) => {
    await lines.wait('list', waiting('a', 1, 1));
    await lines.wait('list', waiting('b', 1, 2));
    await lines.wait('list', waiting('a', 1, 3, 0, 'new'));
    const keys = async () => (await lines.firstInLine('list', 9)).map(({ key }) => key);
    assert.deepEqual(await keys(), ['a', 'b']);
    assert.equal((await lines.firstInLine('list', 1))[0]?.value, 'new');
    await lines.waitNoMore('list', 'a');
    await lines.waitNoMore('list', 'nobody');
    assert.deepEqual(await keys(), ['b']);
  });

  test('knows what a batch wrote before it, and nothing of a batch that failed', async (storage) => {
    const { lines, rooms } = storage;
    const base = await rooms.head(room);
    const put = (key: string) => write('wait', 'list', waiting(key, 1, 1));
    void rooms.commit({ changes: [change(base, [1])], writes: [put('a')] });
    assert.equal((await lines.firstInLine('list', 9)).length, 1, 'without waiting for it');
    await rooms.commit({ changes: [change(base, [2])], writes: [put('b')] });
    const keys = (await lines.firstInLine('list', 9)).map(({ key }) => key);
    assert.deepEqual(keys, ['a']);
  });
}
