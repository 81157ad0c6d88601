/** All that a storage holds, through its ports, as JSON that two storages can be compared by. */
import { bytesToText } from '../../../shared/bytes.ts';
import type { EntryId } from '../../../shared/ids.ts';
import { parseRoom } from '../../../shared/protocol/rooms.ts';
import type { Storage } from '../../storage/storage.ts';

const all = { most: 1_000 };

export async function dumpOf(storage: Storage): Promise<unknown> {
  return JSON.parse(
    JSON.stringify(
      {
        rooms: await roomsOf(storage),
        members: await membersOf(storage),
        merges: await storage.members.pendingMerges(),
        invitations: (await storage.invitations.invitations(0, all)).items,
        line: await storage.lines.firstInLine('list', 10),
        blocks: await storage.blocks.blocks(),
        heldPhotos: (await storage.cards.heldPhotos(all)).items,
        nextDue: await storage.jobs.nextDue(['lapse', 'forget-sightings']),
        deadJobs: await storage.jobs.dead(),
      },
      (_, value: unknown) => (value instanceof Uint8Array ? bytesToText(value) : value),
    ),
  );
}

async function roomsOf({ rooms, reading, checkpoints }: Storage): Promise<unknown[]> {
  const dumped: unknown[] = [];
  for (const name of await rooms.rooms('')) {
    const room = parseRoom(name);
    const range = await rooms.range(name, 0, Infinity);
    const entries = range.rows.flatMap(({ id, key }) =>
      key === null ? [bytesToText(id) as EntryId] : [],
    );
    dumped.push({
      name,
      ...range,
      fates: [...(await rooms.fates(entries))],
      ...(room.kind === 'conversation'
        ? {
            read: await reading.readPositions(room.id),
            checkpoint: await checkpoints.checkpoint(name, 0),
          }
        : {}),
    });
  }
  return dumped;
}

async function membersOf({ members, blocks, cards }: Storage): Promise<unknown[]> {
  const dumped: unknown[] = [];
  for (const member of (await members.members(true, all)).items) {
    const card = await cards.card(member.id);
    dumped.push({
      ...member,
      devices: await members.devicesOf(member.id),
      sightings: await blocks.sightingsOf(member.id),
      card,
      photo: card?.photo ? await cards.photo(card.photo.name) : null,
    });
  }
  return dumped;
}
