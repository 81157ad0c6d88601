/** What the ports' contract suites share. */
import { it } from 'node:test';
import { bytesToText, xorInto } from '../../../shared/bytes.ts';
import { Role } from '../../../shared/grant/roles.ts';
import {
  type DeviceKey,
  type EntryId,
  type MemberId,
  parseConversationId,
} from '../../../shared/ids.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { RoomChange, RoomHead, StoredRow } from '../../core/ports/room-storage.ts';
import type { Storage } from '../storage.ts';

/** Opens a new, empty storage. Called once for each test. */
export type OpenStorage = () => Promise<Storage>;

/** Runs a suite's tests. Each gets its own storage. */
export const testsOn =
  (open: OpenStorage) =>
  (title: string, run: (storage: Storage) => Promise<void>): void =>
    void it(title, async () => {
      const storage = await open();
      try {
        await run(storage);
      } finally {
        await storage.close();
      }
    });

export const idBytes = (fill: number): Uint8Array<ArrayBuffer> => new Uint8Array(16).fill(fill);
export const entryId = (fill: number): EntryId => bytesToText(idBytes(fill)) as EntryId;
export const memberId = (fill: number): MemberId => bytesToText(idBytes(fill)) as MemberId;
export const deviceKey = (letter: string): DeviceKey => letter.repeat(43) as DeviceKey;

/** Who owns everything. */
export const member = memberId(9);
export const conversation = parseConversationId(bytesToText(idBytes(1)));
export const room = conversationRoom(conversation);
export const otherRoom = conversationRoom(parseConversationId(bytesToText(idBytes(2))));

/** A change that appends rows with these fills and erases these. */
export function change(
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

/** Commits changes of rooms and nothing else. */
export const commit = (
  { rooms }: Storage,
  ...changes: readonly RoomChange[]
): Promise<'committed' | 'conflict'> => rooms.commit({ changes, writes: [] });

export type NewInvitation = Parameters<Storage['invitations']['addInvitation']>[0];

export const invitation = (hash: string, more: Partial<NewInvitation> = {}): NewInvitation => ({
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
  ...more,
});

/** Makes somebody a helper by an invitation. */
export async function join(
  { invitations }: Storage,
  id: MemberId,
  device: DeviceKey,
  name = 'Ana',
): Promise<void> {
  await invitations.addInvitation(invitation(`of ${id}`));
  await invitations.redeem({
    hash: `of ${id}`,
    device,
    label: 'laptop',
    member: id,
    brings: true,
    name,
    now: 50,
  });
}
