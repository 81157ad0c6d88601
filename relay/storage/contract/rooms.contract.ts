/** What every adapter of rooms must do. */
import assert from 'node:assert/strict';
import * as Y from 'yjs';
import { ROWS } from '../../../shared/conversation/row.ts';
import { bytesToText } from '../../../shared/bytes.ts';
import { parseSpaceId } from '../../../shared/ids.ts';
import { inboxRoom, spaceRoom } from '../../../shared/protocol/rooms.ts';
import { writesOf } from '../../core/ports/port.ts';
import {
  type EntryFate,
  type FateStorage,
  type fateOps,
  emptyHead,
} from '../../core/ports/room-storage.ts';
import type { readingOps, ReadStorage } from '../../features/reading/reading-storage.ts';
import type { jobOps, JobStorage } from '../../jobs/jobs-storage.ts';
import { booked } from './books.contract.ts';
import {
  type OpenStorage,
  change,
  commit,
  conversation,
  entryId,
  idBytes,
  member,
  otherRoom,
  room,
  testsOn,
} from './contract.ts';

const jobWrite = writesOf<JobStorage, typeof jobOps>('jobs');
const fateWrite = writesOf<FateStorage, typeof fateOps>('fates');
const readingWrite = writesOf<ReadStorage, typeof readingOps>('reading');

export function roomsContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('knows nothing of a room that nobody wrote in', async ({ rooms }) => {
    assert.deepEqual(await rooms.head(room), emptyHead());
    assert.deepEqual(await rooms.range(room, 0, 1_000), {
      head: emptyHead(),
      rows: [],
      end: 0,
      erased: [],
    });
    assert.deepEqual(await rooms.reconciled(), []);
    await rooms.check();
  });

  test('commits rows and answers ranges with the head of the same moment', async (storage) => {
    const first = change(emptyHead(), [1, 2, 3]);
    assert.equal(await commit(storage, first), 'committed');
    const range = await storage.rooms.range(room, 1, 1_000_000);
    assert.deepEqual(range.rows, first.append.slice(1));
    assert.deepEqual(range.head, first.head);
    assert.deepEqual(await storage.rooms.head(room), first.head);
    assert.equal(range.end, 3);
  });

  test('finds rooms by how their names begin, in order', async (storage) => {
    const named = [spaceRoom(parseSpaceId('b')), inboxRoom(parseSpaceId('a')), room];
    for (const name of [...named, spaceRoom(parseSpaceId('a'))])
      await commit(storage, { ...change(emptyHead(), []), room: name });
    assert.deepEqual(await storage.rooms.rooms('space/'), ['space/a', 'space/b']);
    assert.deepEqual(await storage.rooms.rooms('conversation/'), [room]);
  });

  test('keeps the key of a record and the bytes of any row as they were', async (storage) => {
    const name = inboxRoom(parseSpaceId('demo'));
    const records = [
      { seq: 0, id: idBytes(1), key: 'clé 🔑', bytes: new Uint8Array([0, 255, 7]) },
      { seq: 1, id: idBytes(2), key: '', bytes: new Uint8Array(70_000).fill(3) },
      { seq: 2, id: idBytes(3), key: null, bytes: new Uint8Array(0) },
    ];
    await commit(storage, { ...change(emptyHead(), [1, 2, 3]), room: name, append: records });
    assert.deepEqual((await storage.rooms.range(name, 0, 1_000_000)).rows, records);
  });

  test('answers in parts that fit, each with one row at least', async (storage) => {
    await commit(storage, change(emptyHead(), [1, 2, 3]));
    const range = await storage.rooms.range(room, 0, 1);
    assert.deepEqual([range.rows.length, range.end], [1, 1]);
    const rest = await storage.rooms.range(room, 1, 11);
    assert.deepEqual([rest.rows.length, rest.end], [2, 3]);
  });

  test('answers a replica in parts that follow each other, encoded', async ({ rooms }) => {
    const first = change(emptyHead(), [1, 2, 3, 4]);
    await rooms.commit({ changes: [first], writes: [] });
    await rooms.commit({ changes: [change(first.head, [], [first.append[1]!])], writes: [] });
    const replica = new Y.Doc();
    let from = 0;
    for (let isLast = false; !isLast;) {
      const page = await rooms.page(room, 1, from, 1);
      Y.applyUpdate(replica, page.update);
      assert.equal(replica.store.pendingStructs, null);
      assert.ok(page.isLast || page.to > from);
      assert.deepEqual(page.head, await rooms.head(room));
      assert.ok(page.read > 0);
      assert.equal(page.runs, 1);
      ({ to: from, isLast } = page);
    }
    const held = replica.getArray<Uint8Array>(ROWS).toArray();
    assert.deepEqual(
      held,
      [0, 2, 3].map((seq) => first.append[seq]!.bytes),
    );
    const rest = await rooms.page(room, 1, from, 1);
    assert.deepEqual([rest.to, rest.isLast, rest.read], [4, true, 0]);
  });

  test('refuses a change made on a head that is no longer so, and all with it', async (storage) => {
    await commit(storage, change(emptyHead(), [1]));
    const other = { ...change(emptyHead(), [7]), room: otherRoom };
    assert.equal(await commit(storage, other, change(emptyHead(), [2])), 'conflict');
    assert.equal((await storage.rooms.head(other.room)).next, 0);
    assert.equal((await storage.rooms.fates([entryId(7)])).size, 0);
  });

  test('refuses one whose head is another in a single respect', async (storage) => {
    const first = change(emptyHead(), [1, 2]);
    await commit(storage, first);
    for (const part of ['generation', 'next', 'rev'] as const) {
      const base = { ...first.head, [part]: first.head[part] - 1 };
      assert.equal(await commit(storage, change(base, [3])), 'conflict', part);
    }
    assert.deepEqual(await storage.rooms.head(room), first.head);
    assert.equal((await storage.rooms.fates([entryId(3)])).size, 0);
  });

  test('does what features write in the transaction of its cause', async (storage) => {
    const job = { kind: 'lapse', key: conversation, body: '', due: 7 };
    const mark = { conversation, member, side: 'desk', seq: 4 } as const;
    const writes = [jobWrite('put', job), readingWrite('markRead', [mark])];
    const batch = { changes: [change(emptyHead(), [1])], writes };
    assert.equal(await storage.rooms.commit(batch), 'committed');
    assert.equal(await storage.jobs.nextDue(['lapse']), 7);
    assert.equal((await storage.reading.readPositions(conversation)).desk, 4);

    const later = { ...batch, writes: [jobWrite('put', { ...job, due: 1 })] };
    assert.equal(await storage.rooms.commit(later), 'conflict');
    assert.equal(await storage.jobs.nextDue(['lapse']), 7);
  });

  test('commits nothing of a batch in which one write fails', async (storage) => {
    const writes = [
      jobWrite('put', { kind: 'lapse', key: 'a', body: '', due: 7 }),
      { port: 'jobs', op: 'none of its operations', args: [] },
    ];
    await assert.rejects(storage.rooms.commit({ changes: [change(emptyHead(), [1])], writes }));
    assert.equal((await storage.rooms.head(room)).next, 0);
    assert.equal(await storage.jobs.nextDue(['lapse']), null);
    assert.equal((await storage.rooms.fates([entryId(1)])).size, 0);
    assert.equal(await commit(storage, change(emptyHead(), [1])), 'committed');
  });

  test('tells the fate of entries', async (storage) => {
    const first = change(emptyHead(), [1, 2]);
    await commit(storage, first);
    await commit(storage, change(first.head, [3], [first.append[0]!]));
    const fates = await storage.rooms.fates([entryId(1), entryId(2), entryId(5)]);
    assert.deepEqual(fates.get(entryId(1)), { type: 'erased', member });
    assert.deepEqual(fates.get(entryId(2)), { type: 'numbered', room, seq: 1 });
    assert.equal(fates.has(entryId(5)), false);
  });

  test('keeps what became of an entry that is in no room', async (storage) => {
    const { rooms } = storage;
    const fateOf = async (fill: number): Promise<EntryFate | undefined> =>
      (await rooms.fates([entryId(fill)])).get(entryId(fill));
    const first = change(emptyHead(), [1]);
    await commit(storage, first);
    const held = { type: 'held', member } as const;
    const hidden = { type: 'hidden', member } as const;
    const refused = { type: 'refused', code: 'moderated' } as const;
    const writes = [
      fateWrite('putFate', entryId(1), hidden),
      fateWrite('putFate', entryId(2), held),
      fateWrite('putFate', entryId(3), refused),
    ];
    await rooms.commit({ changes: [], writes });
    assert.deepEqual([await fateOf(1), await fateOf(2), await fateOf(3)], [hidden, held, refused]);
    await storage.fates.putFate(entryId(2), refused);
    assert.deepEqual(await fateOf(2), refused);
    await storage.fates.putFate(entryId(3), null);
    assert.equal(await fateOf(3), undefined);
    await commit(storage, change(first.head, [], [first.append[0]!]));
    assert.deepEqual(await fateOf(1), { type: 'erased', member });
  });

  test('tells which entries are in no room for good, in order and in parts', async (storage) => {
    const { rooms, fates, books } = storage;
    const first = change(emptyHead(), [1, 2, 3, 4]);
    await commit(storage, first);
    assert.deepEqual(await rooms.fatedIds('', 10), []);
    await commit(storage, change(first.head, [], first.append.slice(0, 3)));
    await fates.putFate(entryId(7), { type: 'held', member });
    await books.book(booked(8));
    const ids = [1, 2, 3, 7, 8].map(entryId).toSorted();
    assert.deepEqual(await rooms.fatedIds('', 2), ids.slice(0, 2));
    assert.deepEqual(await rooms.fatedIds(ids[1]!, 9), ids.slice(2));
  });

  test('erases a row of the same change', async (storage) => {
    const first = change(emptyHead(), [1, 2]);
    const gone = {
      ...change(first.head, []),
      base: emptyHead(),
      append: first.append,
      erase: [1],
      forget: [{ id: bytesToText(idBytes(2)) as ReturnType<typeof entryId>, member }],
    };
    await commit(storage, gone);
    const range = await storage.rooms.range(room, 0, 1_000);
    assert.deepEqual(
      range.rows.map(({ seq }) => seq),
      [0],
    );
    assert.deepEqual(range.erased, [{ start: 1, length: 1 }]);
    assert.equal((await storage.rooms.fates([entryId(2)])).get(entryId(2))?.type, 'erased');
  });

  test('joins erased rows that touch into runs', async (storage) => {
    const first = change(emptyHead(), [1, 2, 3, 4, 5]);
    await commit(storage, first);
    const rows = first.append;
    let { head } = first;
    for (const seq of [1, 3, 2]) {
      const next = change(head, [], [rows[seq]!]);
      await commit(storage, next);
      ({ head } = next);
    }
    const range = await storage.rooms.range(room, 0, 1_000);
    assert.deepEqual(range.erased, [{ start: 1, length: 3 }]);
    assert.deepEqual(
      range.rows.map(({ seq }) => seq),
      [0, 4],
    );
    assert.deepEqual([range.head.count, range.head.rev], [2, 8]);
  });
}
