/** Storage in memory keeps the contract of those that keep things for good. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyHead } from '../../core/ports/room-storage.ts';
import { change, commit, entryId, member, room } from '../contract/contract.ts';
import { storageContract } from '../contract/storage.contract.ts';
import { MemoryStorage } from './memory-storage.ts';

describe('storage in memory', () => {
  storageContract(() => Promise.resolve(new MemoryStorage().open()));

  it('goes back to a backup, but not to what was erased since', async () => {
    const memory = new MemoryStorage();
    const storage = memory.open();
    const first = change(emptyHead(), [1, 2]);
    await commit(storage, first);
    const backup = memory.backUp();
    const erased = change(first.head, [3], [first.append[0]!]);
    await commit(storage, erased);
    memory.restore(backup);
    assert.deepEqual(await storage.rooms.reconciled(), [room]);
    const range = await storage.rooms.range(room, 0, 1_000);
    assert.deepEqual(range.rows, [first.append[1]]);
    assert.deepEqual(range.erased, [{ start: 0, length: 1 }]);
    assert.deepEqual([range.head.rev, range.head.count], [3, 1]);
    const fates = await storage.rooms.fates([entryId(1), entryId(3)]);
    assert.deepEqual([...fates.keys()], [entryId(1)]);
  });

  it('goes back to a backup, but what was hidden since is hidden again, unless it was shown', async () => {
    const memory = new MemoryStorage();
    const storage = memory.open();
    const first = change(emptyHead(), [1, 2]);
    await commit(storage, first);
    const backup = memory.backUp();
    const hides = [1, 2].map((fill) => ({ id: entryId(fill), member }));
    await storage.rooms.commit({ changes: [], writes: [], hides });
    await storage.rooms.commit({ changes: [], writes: [], unhides: [entryId(2)] });
    memory.restore(backup);
    const { rows } = await storage.rooms.range(room, 0, 1_000);
    assert.deepEqual(rows, [first.append[1]]);
    const { hidden, rooms } = storage;
    assert.deepEqual((await hidden.hiddenEntry(entryId(1)))?.bytes, first.append[0]?.bytes);
    const fates = await rooms.fates([1, 2].map(entryId));
    assert.deepEqual(fates.get(entryId(1)), { type: 'hidden', member });
    assert.equal(fates.get(entryId(2))?.type, 'numbered');
  });

  it('answers nobody once it is closed', async () => {
    const memory = new MemoryStorage();
    const before = memory.open();
    await commit(before, change(emptyHead(), [1]));
    await before.close();
    await assert.rejects(before.rooms.head(room));
    assert.equal((await memory.open().rooms.head(room)).next, 1);
  });
});
