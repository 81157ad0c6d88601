/** What every adapter of held entries must do. */
import assert from 'node:assert/strict';
import { type EntryId, parseSpaceId } from '../../../shared/ids.ts';
import type { NewHeld } from '../../core/held/held-storage.ts';
import {
  type OpenStorage,
  conversation,
  deviceKey,
  entryId,
  join,
  member,
  memberId,
  testsOn,
} from './contract.ts';

const garden = parseSpaceId('garden');
const home = parseSpaceId('home');
const all = { most: 100 };
const held = (fill: number, more: Partial<NewHeld> = {}): NewHeld => ({
  id: entryId(fill),
  conversation,
  space: garden,
  member,
  device: deviceKey('B'),
  kind: 3,
  size: 4,
  rule: 'list:insult:x',
  since: fill,
  state: 'held',
  code: 'insult',
  bytes: new Uint8Array([1, 3, 9, fill]),
  ...more,
});
const open = { lockedBy: null, lockedUntil: 0, version: 0, until: 0 };
const ids = (entries: readonly { readonly id: EntryId }[]): EntryId[] =>
  entries.map(({ id }) => id);

export function heldContract(openStorage: OpenStorage): void {
  const test = testsOn(openStorage);

  test('keeps bytes as they were signed, once, until they are dropped', async (storage) => {
    await storage.held.putHeld(held(1));
    await storage.held.putHeld(held(1, { code: 'hate' }));
    const found = await storage.held.heldEntry(entryId(1));
    assert.deepEqual(
      { ...found, bytes: [...(found?.bytes ?? [])] },
      {
        ...held(1),
        ...open,
        bytes: [1, 3, 9, 1],
      },
    );
    await storage.held.dropHeld(entryId(1));
    assert.equal(await storage.held.heldEntry(entryId(1)), undefined);
  });

  test('lists those that wait, the oldest first, in some spaces or everywhere', async (storage) => {
    const { held: port } = storage;
    await port.putHeld(held(3));
    await port.putHeld(held(1, { space: home }));
    await port.putHeld(held(2));
    await port.putHeld(held(4, { state: 'refused' }));
    assert.deepEqual(
      ids((await port.heldIn([], all)).items),
      [1, 2, 3].map((fill) => entryId(fill)),
    );
    assert.deepEqual(ids((await port.heldIn([home], all)).items), [entryId(1)]);
    const first = await port.heldIn([garden], { most: 1 });
    const rest = await port.heldIn([garden], { most: 1, after: first.next! });
    assert.deepEqual(ids(rest.items), [entryId(3)]);
    assert.equal(rest.next, null);
    assert.deepEqual(
      ids(await port.heldWith(conversation)),
      [1, 2, 3].map((fill) => entryId(fill)),
    );
    const marks = await port.heldMarks('', 2);
    assert.deepEqual(ids(marks), [1, 2].map((fill) => entryId(fill)).toSorted());
    assert.equal(marks[0]?.size, 4);
    assert.deepEqual(ids(await port.heldMarks(marks[1]!.id, 9)), [entryId(3)]);
  });

  test('knows who looks at one, and raises its version', async ({ held: port }) => {
    await port.putHeld(held(1));
    await port.lockHeld(entryId(1), memberId(7), 500);
    const locked = await port.heldEntry(entryId(1));
    assert.deepEqual(
      [locked?.lockedBy, locked?.lockedUntil, locked?.version],
      [memberId(7), 500, 1],
    );
    await port.lockHeld(entryId(1), null, 0);
    const free = await port.heldEntry(entryId(1));
    assert.deepEqual([free?.lockedBy, free?.version], [null, 2]);
  });

  test('keeps what was refused until its time, out of the list', async ({ held: port }) => {
    await port.putHeld(held(1));
    await port.putHeld(held(2));
    await port.refuseHeld(entryId(1), 1_000);
    assert.deepEqual(ids((await port.heldIn([], all)).items), [entryId(2)]);
    assert.equal((await port.heldEntry(entryId(1)))?.state, 'refused');
    assert.deepEqual(await port.heldUntil(999, 9), []);
    assert.deepEqual(ids(await port.heldUntil(1_000, 9)), [entryId(1)]);
  });

  test('gives what a merged member wrote to the other one', async (storage) => {
    await join(storage, memberId(7), deviceKey('B'));
    await storage.held.putHeld(held(1));
    const merge = { from: member, to: memberId(7), devices: [], customer: false, now: 60 };
    await storage.members.merge(merge);
    await storage.held.putHeld(held(2));
    const members = (await storage.held.heldIn([], all)).items.map((one) => one.member);
    assert.deepEqual(members, [memberId(7), memberId(7)]);
  });

  test('forgets what is erased in no room, for ever or as what was refused', async (storage) => {
    const { held: port, rooms } = storage;
    for (const fill of [1, 2]) await port.putHeld(held(fill));
    const refused = { type: 'refused', code: 'moderated' } as const;
    await storage.fates.putFate(entryId(1), { type: 'held', member });
    await storage.fates.putFate(entryId(2), refused);
    const forget = [
      { id: entryId(1), member },
      { id: entryId(2), member, staysRefused: true },
    ];
    await rooms.commit({ changes: [], writes: [], forget });
    assert.deepEqual((await port.heldIn([], all)).items, []);
    assert.deepEqual(
      await rooms.fates([entryId(1), entryId(2)]),
      new Map<EntryId, object>([
        [entryId(1), { type: 'erased', member }],
        [entryId(2), refused],
      ]),
    );
  });
}
