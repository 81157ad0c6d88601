/** What every adapter of hidden rows must do. */
import assert from 'node:assert/strict';
import { emptyHead } from '../../core/ports/room-storage.ts';
import { type OpenStorage, change, commit, conversation, entryId, testsOn } from './contract.ts';

export function hiddenContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps a row until it is dropped, or its entry erased', async (storage) => {
    const { hidden } = storage;
    const first = change(emptyHead(), [1, 2]);
    await commit(storage, first);
    const rows = [1, 2].map((fill, index) => ({
      id: entryId(fill),
      conversation,
      bytes: first.append[index]!.bytes,
    }));
    for (const row of rows) await hidden.putHidden(row);
    assert.deepEqual(await hidden.hiddenEntry(entryId(1)), rows[0]);
    await hidden.dropHidden(entryId(1));
    assert.equal(await hidden.hiddenEntry(entryId(1)), undefined);
    await commit(storage, change(first.head, [], [first.append[1]!]));
    assert.equal(await hidden.hiddenEntry(entryId(2)), undefined);
  });
}
