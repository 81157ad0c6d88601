/**
 * A replica on this device: its Yjs updates (appended, and compacted now and then), what was set aside
 * from it, and when it last changed. Only the leading tab writes here.
 */
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { AsideRow } from '../../../shared/replica/aside.ts';
import type { ReplicaEffect } from '../../../shared/replica/replica-events.ts';
import type { KeptReplica, ReplicaRecord } from '../../../shared/replica/replica-record.ts';
import type { Key, KeyValueStore } from '../storage/key-value-store.ts';
import type { RoomDocument } from './room-document.ts';

/** With this many updates, a replica is rewritten as one. */
const COMPACT_AT = 200;

/** What a replica wants stored. */
type Keep = Extract<
  ReplicaEffect,
  { readonly type: 'append' | 'keepWhole' | 'keepRecord' | 'dropAside' }
>;

export class ReplicaStore {
  readonly #database: KeyValueStore;
  readonly #room: RoomName;
  #next = 0;
  #count = 0;

  constructor(database: KeyValueStore, room: RoomName) {
    this.#database = database;
    this.#room = room;
  }

  /** Reads what is stored, and where to go on writing. */
  async load(): Promise<KeptReplica> {
    const [record, updates, aside] = await Promise.all([
      this.#database.get(this.#recordKey),
      this.#database.entries(['update', this.#room]),
      this.#database.entries(['aside', this.#room]),
    ]);
    this.#next = Number(updates.at(-1)?.[0][2] ?? -1) + 1;
    this.#count = updates.length;
    return {
      record: record as ReplicaRecord | undefined,
      updates: updates.map(([, bytes]) => bytes as Uint8Array),
      aside: aside.map(([, bytes]) => bytes as Uint8Array),
    };
  }

  keep(effect: Keep, document: RoomDocument): Promise<void> {
    switch (effect.type) {
      case 'append':
        // Logs keep deleted text.
        if (effect.erases || this.#count >= COMPACT_AT)
          return this.#keepWhole(document, effect.record, []);
        return this.#append(effect.update, effect.record);
      case 'keepWhole':
        return this.#keepWhole(document, effect.record, effect.aside);
      case 'keepRecord':
        return this.#database.write((transaction) =>
          transaction.put(this.#recordKey, effect.record),
        );
      case 'dropAside':
        return this.#database.write((transaction) => {
          for (const id of effect.ids) transaction.delete(['aside', this.#room, id]);
        });
    }
  }

  /** Drops the replica and stores these of its rows aside, at once. */
  setAside(rows: readonly AsideRow[]): Promise<void> {
    this.#count = 0;
    return this.#database.write((transaction) => {
      transaction.deleteRange(['update', this.#room]);
      transaction.delete(this.#recordKey);
      for (const { id, bytes } of rows) transaction.put(['aside', this.#room, id], bytes);
    });
  }

  #append(update: Uint8Array, record: ReplicaRecord): Promise<void> {
    const key: Key = ['update', this.#room, this.#next++];
    this.#count++;
    return this.#database.write((transaction) => {
      transaction.put(key, update);
      transaction.put(this.#recordKey, record);
    });
  }

  #keepWhole(
    document: RoomDocument,
    record: ReplicaRecord,
    aside: readonly AsideRow[],
  ): Promise<void> {
    const whole = document.updateSince();
    const key: Key = ['update', this.#room, this.#next++];
    this.#count = 1;
    return this.#database.write((transaction) => {
      transaction.deleteRange(['update', this.#room]);
      transaction.put(key, whole);
      transaction.put(this.#recordKey, record);
      for (const { id, bytes } of aside) transaction.put(['aside', this.#room, id], bytes);
    });
  }

  get #recordKey(): Key {
    return ['room', this.#room];
  }
}

/** Every room kept on this device. */
export async function keptReplicas(
  database: KeyValueStore,
): Promise<{ name: RoomName; record: ReplicaRecord }[]> {
  const records = await database.entries(['room']);
  return records.map(([key, record]) => ({
    name: key[1] as RoomName,
    record: record as ReplicaRecord,
  }));
}

/** Deletes a room's replica and everything stored for it. */
export function dropReplica(database: KeyValueStore, room: RoomName): Promise<void> {
  return database.write((transaction) => {
    transaction.deleteRange(['update', room]);
    transaction.deleteRange(['aside', room]);
    transaction.delete(['room', room]);
  });
}
