/** The rows of a replica on this device, for reading alone: nothing is opened, watched or written. */
import { type Row, decodeRow } from '../../../shared/conversation/row.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { KeyValueStore } from '../storage/key-value-store.ts';
import { ReplicaStore } from './replica-store.ts';
import { RoomDocument } from './room-document.ts';

export async function keptRows(database: KeyValueStore, room: RoomName): Promise<readonly Row[]> {
  const { updates } = await new ReplicaStore(database, room).load();
  const document = new RoomDocument(() => {});
  document.apply(updates);
  const rows = document.rows.map((bytes) => decodeRow(bytes));
  document.dispose();
  return rows;
}
