/** Records of a list, as a batch takes them to storage: what is shown, and who waits. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseSpaceId } from '../../../shared/ids.ts';
import { inboxRoom } from '../../../shared/protocol/rooms.ts';
import { emptyHead } from '../ports/room-storage.ts';
import { Batch } from '../rooms/batch.ts';
import type { KeyedRoom } from '../rooms/room.ts';
import { ListedRecords } from './listed-records.ts';

/** A list whose values say their rank: `2 whatever`. Those of one rank stand by when they came to be so. */
function setUp(places: number) {
  const clock = { now: 0 };
  const room: KeyedRoom = {
    type: 'keyed',
    name: inboxRoom(parseSpaceId('demo')),
    head: emptyHead(),
    records: new Map(),
    characters: 0,
  };
  const list = () =>
    new ListedRecords({
      storage: { firstInLine: () => Promise.resolve([]) },
      now: () => clock.now,
      placesIn: () => places,
      isListed: () => true,
      standingOf: (value, changed) => ({ rank: Number.parseInt(value, 10), at: changed }),
      waits: () => true,
    });
  let records = list();
  const put = async (key: string, value: string | null): Promise<Batch> => {
    clock.now++;
    const batch = new Batch();
    await records.prepare(room, 1);
    records.put(batch, room, key, value);
    return batch;
  };
  return {
    room,
    put,
    shown: () => [...room.records.keys()].toSorted(),
    writes: (batch: Batch) => batch.seal().writes.map(({ op, args }) => [op, args[1]]),
    restart: () => (records = list()),
  };
}

describe('listed records', () => {
  it('take whoever comes into sight out of the line, with the value that was kept for them', async () => {
    const { put, shown, writes, room } = setUp(1);
    await put('first', '2 a');
    const second = await put('second', '1 b');
    assert.deepEqual(shown(), ['second'], 'what changed last');
    assert.deepEqual(
      writes(second).map(([op]) => op),
      ['wait'],
    );
    const gone = await put('second', null);
    assert.deepEqual(shown(), ['first']);
    assert.equal(room.records.get('first')?.value, '2 a');
    assert.deepEqual(writes(gone), [['waitNoMore', 'first']]);
  });

  it('are let go of with a batch that fails, even when only the line has changed', async () => {
    const { put, room, shown } = setUp(0);
    const batch = await put('first', '1 a');
    assert.deepEqual(shown(), []);
    assert.deepEqual([...batch.rooms], [room]);
    assert.deepEqual(batch.seal().changes, [], 'though nothing of the room is to be written');
  });

  it('stand where they stood when they are put again as they are, over a restart too', async () => {
    const { put, shown, restart } = setUp(2);
    await put('first', '1 a');
    await put('second', '1 b');
    await put('first', '1 a');
    await put('second', '1 b');
    await put('third', '1 c');
    assert.deepEqual(shown(), ['second', 'third'], 'the one that changed longest ago left');
    restart();
    await put('second', '1 b');
    await put('fourth', '1 d');
    assert.deepEqual(shown(), ['fourth', 'third']);
  });
});
