/** What every storage adapter must do: one suite, run on each. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bytesToText, xorInto } from '../../shared/bytes.ts';
import { Role } from '../../shared/grant/roles.ts';
import {
  type DeviceKey,
  type EntryId,
  type MemberId,
  parseConversationId,
} from '../../shared/ids.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import {
  type RoomChange,
  type RoomHead,
  type StoredRow,
  emptyHead,
} from '../core/ports/room-storage.ts';
import type { Storage } from './storage.ts';

const idBytes = (fill: number): Uint8Array => new Uint8Array(16).fill(fill);
const entryId = (fill: number): EntryId => bytesToText(idBytes(fill)) as EntryId;
const member = bytesToText(idBytes(9)) as MemberId;
const conversation = parseConversationId(bytesToText(idBytes(1)));
const room = conversationRoom(conversation);

/** A change that appends rows with these fills and erases these seqs. */
function change(
  base: RoomHead,
  fills: readonly number[],
  erase: readonly StoredRow[] = [],
): RoomChange {
  const append = fills.map((fill, index): StoredRow => ({
    seq: base.next + index,
    id: idBytes(fill),
    key: null,
    bytes: new TextEncoder().encode(`row ${fill}`),
  }));
  const xor = base.xor.slice();
  for (const { id } of [...append, ...erase]) xorInto(xor, id);
  const head = {
    ...base,
    next: base.next + append.length,
    rev: base.rev + append.length + erase.length,
    count: base.count + append.length - erase.length,
    xor,
  };
  const forget = erase.map(({ id }) => ({ id: bytesToText(id) as EntryId, member }));
  return { room, base, head, append, erase: erase.map(({ seq }) => seq), forget };
}

const invitation = (hash: string): Parameters<Storage['addInvitation']>[0] => ({
  madeBy: null,
  id: `id-${hash}`,
  hash,
  role: Role.helper,
  spaces: [],
  topics: ['paint'],
  note: '',
  member: null,
  created: 1,
  expires: 100,
});

/** @param open a new, empty storage; called once a test. */
export function storageContract(open: () => Promise<Storage>): void {
  const test = (title: string, run: (storage: Storage) => Promise<void>): void =>
    void it(title, async () => {
      const storage = await open();
      try {
        await run(storage);
      } finally {
        await storage.close();
      }
    });

  test('knows nothing of a room that nobody wrote in', async (storage) => {
    assert.deepEqual(await storage.head(room), emptyHead());
    assert.deepEqual((await storage.range(room, 0, 1_000)).rows, []);
  });

  test('commits rows and answers ranges with the head of the same moment', async (storage) => {
    const first = change(emptyHead(), [1, 2, 3]);
    assert.equal(await storage.commit([first]), 'committed');
    const range = await storage.range(room, 1, 1_000_000);
    assert.deepEqual(
      range.rows.map(({ seq }) => seq),
      [1, 2],
    );
    assert.deepEqual({ ...range.head }, first.head);
    assert.equal(range.end, 3);
    assert.deepEqual(await storage.rooms('conversation/'), [room]);
  });

  test('answers in parts that fit, each with one row at least', async (storage) => {
    await storage.commit([change(emptyHead(), [1, 2, 3])]);
    const range = await storage.range(room, 0, 1);
    assert.deepEqual([range.rows.length, range.end], [1, 1]);
  });

  test('refuses a change made on a head that is no longer so, and all with it', async (storage) => {
    await storage.commit([change(emptyHead(), [1])]);
    const other = {
      ...change(emptyHead(), [7]),
      room: conversationRoom(parseConversationId(bytesToText(idBytes(2)))),
    };
    assert.equal(await storage.commit([other, change(emptyHead(), [2])]), 'conflict');
    assert.equal((await storage.head(other.room)).next, 0);
  });

  test('tells the fate of entries', async (storage) => {
    const first = change(emptyHead(), [1, 2]);
    await storage.commit([first]);
    await storage.commit([change(first.head, [3], [first.append[0]!])]);
    const fates = await storage.fates([entryId(1), entryId(2), entryId(5)]);
    assert.deepEqual(fates.get(entryId(1)), { type: 'erased', member });
    assert.deepEqual(fates.get(entryId(2)), { type: 'numbered', room, seq: 1 });
    assert.equal(fates.has(entryId(5)), false);
  });

  test('joins erased rows that touch into runs', async (storage) => {
    const first = change(emptyHead(), [1, 2, 3, 4, 5]);
    await storage.commit([first]);
    const rows = first.append;
    let { head } = first;
    for (const seq of [1, 3, 2]) {
      const next = change(head, [], [rows[seq]!]);
      await storage.commit([next]);
      ({ head } = next);
    }
    const range = await storage.range(room, 0, 1_000);
    assert.deepEqual(
      range.erased.map((run) => ({ ...run })),
      [{ start: 1, length: 3 }],
    );
    assert.deepEqual(
      range.rows.map(({ seq }) => seq),
      [0, 4],
    );
    assert.deepEqual([range.head.count, range.head.rev], [2, 8]);
  });

  test('keeps the highest read position of each side', async (storage) => {
    await storage.markRead([{ conversation, member, side: 'desk', seq: 5 }]);
    await storage.markRead([{ conversation, member, side: 'desk', seq: 3 }]);
    assert.deepEqual(await storage.readPositions(conversation), { asker: -1, desk: 5 });
  });

  test('lets one of two redeem an invitation', async (storage) => {
    await storage.addInvitation(invitation('hash'));
    const devices = ['a'.repeat(43), 'b'.repeat(43)] as DeviceKey[];
    const results = await Promise.all(
      devices.map((device, index) =>
        storage.redeem({
          hash: 'hash',
          device,
          label: '',
          member: bytesToText(idBytes(index)) as MemberId,
          brings: true,
          name: 'Ana',
          now: 50,
        }),
      ),
    );
    assert.equal(results.filter((result) => result === 'used').length, 1);
    assert.equal((await storage.membersByDevice(devices)).size, 1);
    assert.equal((await storage.invitation('hash'))?.usedBy !== null, true);
  });

  test('keeps one photo a member, and finds those that wait', async (storage) => {
    await storage.addInvitation(invitation('hash'));
    const device = 'a'.repeat(43) as DeviceKey;
    await storage.redeem({
      hash: 'hash',
      device,
      label: '',
      member,
      brings: true,
      name: 'Ana',
      now: 50,
    });
    const fields = { name: 'Ana B.', topics: ['Murs'], store: 'Lyon', owns: ['P18'] };
    await storage.putCard(member, fields);
    const photo = { member, bytes: idBytes(1), uploaded: 60, held: true };
    await storage.putPhoto({ ...photo, name: 'first' });
    await storage.putPhoto({ ...photo, name: 'second' });
    assert.equal(await storage.photo('first'), undefined);
    assert.deepEqual((await storage.photo('second'))?.bytes, idBytes(1));
    assert.deepEqual(
      (await storage.heldPhotos()).map(({ name, memberName }) => [name, memberName]),
      [['second', 'Ana B.']],
    );
    assert.equal(await storage.showPhoto('second'), member);
    assert.deepEqual(await storage.heldPhotos(), []);
    const card = { ...fields, since: 50, photo: { name: 'second', held: false } };
    assert.deepEqual(await storage.card(member), card);
    assert.equal(await storage.dropPhoto('second'), member);
    assert.equal(await storage.dropPhotoOf(member), false);
    assert.equal((await storage.card(member))?.photo, null);
  });

  test('revokes what a member made and nobody has used, which is not sent again', async (storage) => {
    const other = bytesToText(idBytes(7)) as MemberId;
    await storage.addInvitation({ ...invitation('used'), madeBy: member });
    await storage.addInvitation({ ...invitation('open'), madeBy: member });
    await storage.addInvitation({ ...invitation('theirs'), madeBy: other });
    await storage.addInvitation(invitation('nobodys'));
    const device = 'a'.repeat(43) as DeviceKey;
    const attempt = { device, label: '', member: other, brings: true, name: 'Ana', now: 50 };
    await storage.redeem({ hash: 'used', ...attempt });
    await storage.revokeInvitationsBy(member);
    const revoked = (await storage.invitations(0)).filter((one) => one.revoked);
    assert.deepEqual(
      revoked.map(({ hash }) => hash),
      ['open'],
    );
    assert.equal(await storage.renewInvitation('id-open', 'again', 200), undefined);
    assert.equal((await storage.renewInvitation('id-theirs', 'again', 200))?.madeBy, other);
  });

  test('refuses invitations that are unknown or too old', async (storage) => {
    await storage.addInvitation(invitation('old'));
    const attempt = {
      device: 'a'.repeat(43) as DeviceKey,
      label: '',
      member,
      brings: true,
      name: 'Ana',
      now: 100,
    };
    assert.equal(await storage.redeem({ ...attempt, hash: 'old' }), 'expired');
    assert.equal(await storage.redeem({ ...attempt, hash: 'none' }), 'unknown');
  });
}
