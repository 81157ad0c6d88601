/**
 * The relay's storage in memory, with the accidents of a disk: it can die before or after a commit,
 * and it can be put back to an older backup (the list of erased entries stays, as the file does).
 */
import { xorInto } from '../shared/bytes.ts';
import type { ConversationId, EntryId, MemberId } from '../shared/ids.ts';
import { bytesToText } from '../shared/bytes.ts';
import type { Side } from '../shared/protocol/channel.ts';
import type { RoomName } from '../shared/protocol/rooms.ts';
import type { Run } from '../relay/core/rooms/encode-rows.ts';
import type { ReadMark, ReadStorage } from '../relay/features/reading/read-storage.ts';
import {
  type EntryFate,
  type RoomChange,
  type RoomHead,
  type RoomRange,
  type RoomStorage,
  type StoredRow,
  emptyHead,
} from '../relay/core/ports/room-storage.ts';

interface KeptRoom {
  readonly head: RoomHead;
  readonly rows: ReadonlyMap<number, StoredRow>;
}

/** A backup: rooms are replaced when they change, never written into. */
export type Backup = ReadonlyMap<RoomName, KeptRoom>;

/** When the machine dies: never, before the next commit is on disk, or right after. */
export type Accident = 'none' | 'before-commit' | 'after-commit';

export class MemoryStorage implements RoomStorage, ReadStorage {
  accident: Accident = 'none';
  #rooms = new Map<RoomName, KeptRoom>();
  #entries = new Map<EntryId, { room: RoomName; seq: number }>();
  readonly #erased = new Map<EntryId, MemberId>();
  readonly #reads = new Map<string, Record<Side, number>>();
  #reconciled: RoomName[] = [];
  /** Resolves never: what a dead machine answers. */
  readonly #dead = new Promise<never>(() => {});

  commit(changes: readonly RoomChange[]): Promise<'committed' | 'conflict'> {
    if (this.accident === 'before-commit') return this.#dead;
    for (const { forget } of changes) {
      for (const { id, member } of forget) if (!this.#erased.has(id)) this.#erased.set(id, member);
    }
    if (changes.some(({ room, base }) => !sameHead(this.#head(room), base))) {
      return Promise.resolve('conflict');
    }
    for (const change of changes) this.#apply(change);
    return this.accident === 'after-commit' ? this.#dead : Promise.resolve('committed');
  }

  head(room: RoomName): Promise<RoomHead> {
    return Promise.resolve(this.#head(room));
  }

  range(room: RoomName, from: number): Promise<RoomRange> {
    const kept = this.#rooms.get(room);
    const head = kept?.head ?? emptyHead();
    const all = Array.from(kept?.rows.values() ?? []).toSorted((a, b) => a.seq - b.seq);
    const rows = all.filter(({ seq }) => seq >= from);
    return Promise.resolve({ head, rows, end: head.next, erased: runsOf(all, head.next) });
  }

  fates(ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, EntryFate>> {
    const fates = new Map<EntryId, EntryFate>();
    for (const id of ids) {
      const member = this.#erased.get(id);
      const entry = this.#entries.get(id);
      if (member !== undefined) fates.set(id, { type: 'erased', member });
      else if (entry) fates.set(id, { type: 'numbered', ...entry });
    }
    return Promise.resolve(fates);
  }

  rooms(prefix: string): Promise<readonly RoomName[]> {
    return Promise.resolve(
      Array.from(this.#rooms.keys()).filter((name) => name.startsWith(prefix)),
    );
  }

  reconciled(): Promise<readonly RoomName[]> {
    return Promise.resolve(this.#reconciled);
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  markRead(marks: readonly ReadMark[]): Promise<void> {
    for (const { conversation, side, seq } of marks) {
      const read = this.#reads.get(conversation) ?? { asker: -1, desk: -1 };
      this.#reads.set(conversation, { ...read, [side]: Math.max(read[side], seq) });
    }
    return Promise.resolve();
  }

  readPositions(conversation: ConversationId): Promise<Record<Side, number>> {
    return Promise.resolve(this.#reads.get(conversation) ?? { asker: -1, desk: -1 });
  }

  backUp(): Backup {
    return new Map(this.#rooms);
  }

  /** Puts a backup back; what was erased since stays erased. */
  restore(backup: Backup): void {
    this.#rooms = new Map(backup);
    this.#entries = new Map();
    for (const [room, { rows }] of this.#rooms) {
      for (const row of rows.values()) {
        if (row.key === null) this.#entries.set(idOf(row), { room, seq: row.seq });
      }
    }
    const touched = new Set<RoomName>();
    for (const id of this.#erased.keys()) {
      const entry = this.#entries.get(id);
      if (!entry) continue;
      this.#eraseRow(entry.room, entry.seq);
      this.#entries.delete(id);
      touched.add(entry.room);
    }
    this.#reconciled = Array.from(touched);
  }

  isErased(id: EntryId): boolean {
    return this.#erased.has(id);
  }

  /** Ids of live entries of a room, in order of seq. */
  entriesOf(room: RoomName): EntryId[] {
    return Array.from(this.#rooms.get(room)?.rows.values() ?? [])
      .filter((row) => row.key === null)
      .toSorted((a, b) => a.seq - b.seq)
      .map(idOf);
  }

  #head(room: RoomName): RoomHead {
    return this.#rooms.get(room)?.head ?? emptyHead();
  }

  #apply({ room, head, append, erase, forget }: RoomChange): void {
    const rows = new Map(this.#rooms.get(room)?.rows);
    for (const row of append) {
      rows.set(row.seq, row);
      if (row.key === null) this.#entries.set(idOf(row), { room, seq: row.seq });
    }
    for (const { id } of forget) this.#entries.delete(id);
    for (const seq of erase) rows.delete(seq);
    this.#rooms.set(room, { head, rows });
  }

  #eraseRow(room: RoomName, seq: number): void {
    const kept = this.#rooms.get(room);
    const row = kept?.rows.get(seq);
    if (!kept || !row) return;
    const rows = new Map(kept.rows);
    rows.delete(seq);
    const xor = kept.head.xor.slice();
    xorInto(xor, row.id);
    const head = { ...kept.head, rev: kept.head.rev + 1, count: kept.head.count - 1, xor };
    this.#rooms.set(room, { head, rows });
  }
}

const idOf = (row: StoredRow): EntryId => bytesToText(row.id) as EntryId;

const sameHead = (a: RoomHead, b: RoomHead): boolean =>
  a.generation === b.generation && a.next === b.next && a.rev === b.rev;

/** Gaps between live rows. */
function runsOf(rows: readonly StoredRow[], next: number): Run[] {
  const runs: Run[] = [];
  let expected = 0;
  for (const { seq } of [...rows, { seq: next }]) {
    if (seq > expected) runs.push({ start: expected, length: seq - expected });
    expected = seq + 1;
  }
  return runs;
}
