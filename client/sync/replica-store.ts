/**
 * A replica on this device: its Yjs updates, appended and now and then compacted, what was set aside
 * from it, and when it last changed. Only the leading tab writes here.
 */
import { type Doc, applyUpdate, encodeStateAsUpdate } from 'yjs';
import type { EntryId } from '../../shared/ids.ts';
import type { RoomName } from '../../shared/protocol/rooms.ts';
import type { AsideRow } from '../../shared/replica/aside.ts';
import type { Database, Key } from './database.ts';

/** What is kept beside a replica's updates. */
export interface ReplicaRecord {
  readonly generation: number;
  /** Raised each time the replica is loaded from nothing: rows of two epochs are never mixed. */
  readonly epoch: number;
  readonly changedAt: number;
  /** When the relay last agreed that this is what it holds. */
  readonly contactAt: number;
}

/** Updates from which a replica is written anew as one. */
const COMPACT_AT = 200;

/** Origin of transactions that come from this device's own store. */
export const PERSISTED = Symbol('persisted');

export class ReplicaStore {
  readonly #database: Database;
  readonly #room: RoomName;
  #next = 0;
  #count = 0;

  constructor(database: Database, room: RoomName) {
    this.#database = database;
    this.#room = room;
  }

  /** Reads what is kept into `doc`, and where to go on writing; tells its record and the bytes of the rows set aside. */
  async load(doc: Doc): Promise<{ record: ReplicaRecord | undefined; aside: Uint8Array[] }> {
    const [record, updates, aside] = await Promise.all([
      this.#database.get(this.#recordKey),
      this.#database.entries(['update', this.#room]),
      this.#database.entries(['aside', this.#room]),
    ]);
    doc.transact(() => {
      for (const [, update] of updates) applyUpdate(doc, update as Uint8Array, PERSISTED);
    }, PERSISTED);
    this.#next = Number(updates.at(-1)?.[0][2] ?? -1) + 1;
    this.#count = updates.length;
    return {
      record: record as ReplicaRecord | undefined,
      aside: aside.map(([, bytes]) => bytes as Uint8Array),
    };
  }

  /** Appends an update; compacts when many have gathered, or at once when `erases`: logs keep deleted text. */
  append(doc: Doc, update: Uint8Array, record: ReplicaRecord, erases: boolean): Promise<void> {
    if (erases || this.#count >= COMPACT_AT) return this.compact(doc, record);
    const key: Key = ['update', this.#room, this.#next++];
    this.#count++;
    return this.#database.write((transaction) => {
      transaction.put(key, update);
      transaction.put(this.#recordKey, record);
    });
  }

  /** Writes the whole replica as one update, and keeps `gone` aside. */
  compact(
    doc: Doc,
    record: ReplicaRecord,
    gone: readonly Pick<AsideRow, 'id' | 'bytes'>[] = [],
  ): Promise<void> {
    const whole = encodeStateAsUpdate(doc);
    const key: Key = ['update', this.#room, this.#next++];
    this.#count = 1;
    return this.#database.write((transaction) => {
      transaction.deleteRange(['update', this.#room]);
      transaction.put(key, whole);
      transaction.put(this.#recordKey, record);
      for (const { id, bytes } of gone) transaction.put(['aside', this.#room, id], bytes);
    });
  }

  saveRecord(record: ReplicaRecord): Promise<void> {
    return this.#database.write((transaction) => transaction.put(this.#recordKey, record));
  }

  /** Drops the replica and keeps these of its rows aside, at once. */
  setAside(rows: readonly Pick<AsideRow, 'id' | 'bytes'>[]): Promise<void> {
    this.#count = 0;
    return this.#database.write((transaction) => {
      transaction.deleteRange(['update', this.#room]);
      transaction.delete(this.#recordKey);
      for (const { id, bytes } of rows) transaction.put(['aside', this.#room, id], bytes);
    });
  }

  dropAside(ids: readonly EntryId[]): Promise<void> {
    return this.#database.write((transaction) => {
      for (const id of ids) transaction.delete(['aside', this.#room, id]);
    });
  }

  get #recordKey(): Key {
    return ['room', this.#room];
  }
}

/** Every room kept on this device. */
export async function keptReplicas(
  database: Database,
): Promise<{ name: RoomName; record: ReplicaRecord }[]> {
  const records = await database.entries(['room']);
  return records.map(([key, record]) => ({
    name: key[1] as RoomName,
    record: record as ReplicaRecord,
  }));
}

/** Deletes a room's replica and all that is kept for it. */
export function dropReplica(database: Database, room: RoomName): Promise<void> {
  return database.write((transaction) => {
    transaction.deleteRange(['update', room]);
    transaction.deleteRange(['aside', room]);
    transaction.delete(['room', room]);
  });
}
