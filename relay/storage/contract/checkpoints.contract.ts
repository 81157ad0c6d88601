/** What every adapter of checkpoints must do. */
import assert from 'node:assert/strict';
import type { Checkpoint } from '../../core/ports/checkpoint-storage.ts';
import { type RoomHead, emptyHead } from '../../core/ports/room-storage.ts';
import { type OpenStorage, change, commit, idBytes, otherRoom, room, testsOn } from './contract.ts';

const at = ({ generation, rev, next }: RoomHead, fill = 1): Checkpoint => ({
  generation,
  rev,
  next,
  version: 3,
  bytes: idBytes(fill),
});

export function checkpointsContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps the last state of a room, for the reducer that made it', async (storage) => {
    const first = change(emptyHead(), [1, 2]);
    await commit(storage, first);
    const { checkpoints } = storage;
    assert.equal(await checkpoints.checkpoint(room, 3), undefined);
    await checkpoints.putCheckpoint(room, at(first.head));
    const more = change(first.head, [3]);
    await commit(storage, more);
    assert.deepEqual(await checkpoints.checkpoint(room, 3), at(first.head));
    await checkpoints.putCheckpoint(room, at(more.head, 2));
    assert.deepEqual(await checkpoints.checkpoint(room, 3), at(more.head, 2));
    assert.equal(await checkpoints.checkpoint(room, 4), undefined);
    assert.equal(await checkpoints.checkpoint(otherRoom, 3), undefined);
  });

  test('forgets a state when something is erased in its room, and takes none from before', async (storage) => {
    const first = change(emptyHead(), [1, 2]);
    await commit(storage, first);
    const { checkpoints } = storage;
    await checkpoints.putCheckpoint(room, at(first.head));
    const erased = change(first.head, [], [first.append[0]!]);
    await commit(storage, erased);
    assert.equal(await checkpoints.checkpoint(room, 3), undefined);
    await checkpoints.putCheckpoint(room, at(first.head));
    assert.equal(await checkpoints.checkpoint(room, 3), undefined);
    await checkpoints.putCheckpoint(room, at(erased.head));
    assert.deepEqual(await checkpoints.checkpoint(room, 3), at(erased.head));
  });

  test('keeps nothing of a room that is not there, or of another generation', async (storage) => {
    const { checkpoints } = storage;
    await checkpoints.putCheckpoint(room, at(emptyHead()));
    assert.equal(await checkpoints.checkpoint(room, 3), undefined);
    const first = change(emptyHead(), [1]);
    await commit(storage, first);
    await checkpoints.putCheckpoint(room, { ...at(first.head), generation: 2 });
    assert.equal(await checkpoints.checkpoint(room, 3), undefined);
    await checkpoints.putCheckpoint(room, at(first.head));
    const anew = { ...change(first.head, [2]) };
    await commit(storage, { ...anew, head: { ...anew.head, generation: 2 } });
    assert.equal(await checkpoints.checkpoint(room, 3), undefined);
  });
}
