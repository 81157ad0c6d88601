/** Rooms and their checkpoints in memory. */
import { bytesToText, xorInto } from '../../../shared/bytes.ts';
import type { EntryId, MemberId } from '../../../shared/ids.ts';
import { type RoomName, parseRoom } from '../../../shared/protocol/rooms.ts';
import type { HiddenEntry, HiddenStorage } from '../../core/hidden/hidden-storage.ts';
import type { Checkpoint, CheckpointStorage } from '../../core/ports/checkpoint-storage.ts';
import type { Sync, Write } from '../../core/ports/port.ts';
import {
  type EntryFate,
  type ForgottenEntry,
  type FateStorage,
  type OpenFate,
  type RoomChange,
  type RoomHead,
  type RoomPage,
  type RoomRange,
  type RoomStorage,
  type StorageBatch,
  type StoredRow,
  emptyHead,
} from '../../core/ports/room-storage.ts';
import { encodePage } from '../../core/rooms/encode-page.ts';
import { mergeRuns } from '../../core/rooms/encode-rows.ts';
import type { Run } from '../../core/ports/room-storage.ts';
import type { MemoryBooks } from './memory-books.ts';
import type { MemoryHeld } from './memory-held.ts';
import type { Table, Tables } from './tables/table.ts';

interface KeptRoom {
  readonly head: RoomHead;
  readonly erased: readonly Run[];
}

export class MemoryRooms
  implements
    Omit<Sync<RoomStorage>, 'commit'>,
    Sync<CheckpointStorage>,
    Sync<FateStorage>,
    Sync<HiddenStorage>
{
  readonly #tables: Tables;
  readonly #rooms: Table<RoomName, KeptRoom>;
  readonly #rows: Table<string, StoredRow>;
  readonly #entries: Table<EntryId, { readonly room: RoomName; readonly seq: number }>;
  readonly #erasedEntries: Table<EntryId, MemberId>;
  readonly #fates: Table<EntryId, OpenFate>;
  readonly #books: MemoryBooks;
  readonly #held: MemoryHeld;
  readonly #hidden: Table<EntryId, HiddenEntry>;
  readonly #hiddenLog = new Map<EntryId, MemberId>();
  readonly #checkpoints: Table<RoomName, Checkpoint>;
  /** Like the file beside a database: it survives the restore of an older backup. */
  readonly #erasedLog = new Map<EntryId, MemberId>();
  #reconciled: readonly RoomName[] = [];

  constructor(tables: Tables, books: MemoryBooks, held: MemoryHeld) {
    this.#books = books;
    this.#held = held;
    this.#fates = tables.make();
    this.#hidden = tables.make();
    this.#tables = tables;
    this.#rooms = tables.make();
    this.#rows = tables.make();
    this.#entries = tables.make();
    this.#erasedEntries = tables.make();
    this.#checkpoints = tables.make();
  }

  commit(
    { changes, writes, forget = [], hides = [], unhides = [] }: StorageBatch,
    write: (write: Write) => void,
  ): 'committed' | 'conflict' {
    for (const { id, member } of [...changes.flatMap((change) => change.forget), ...forget])
      if (!this.#erasedLog.has(id)) this.#erasedLog.set(id, member);
    for (const { id, member } of hides) this.#hiddenLog.set(id, member);
    for (const id of unhides) this.#hiddenLog.delete(id);
    const done = this.#tables.transaction(() => {
      if (changes.some(({ room, base }) => !sameHead(this.head(room), base))) return false;
      for (const change of changes) this.#apply(change);
      for (const each of writes) write(each);
      for (const each of forget) this.#forget(each);
      return true;
    });
    return done ? 'committed' : 'conflict';
  }

  head(room: RoomName): RoomHead {
    return this.#rooms.get(room)?.head ?? emptyHead();
  }

  range(room: RoomName, from: number, maxBytes: number): RoomRange {
    const { head, erased } = this.#rooms.get(room) ?? { head: emptyHead(), erased: [] };
    const rows: StoredRow[] = [];
    let bytes = 0;
    for (let seq = Math.max(from, 0); seq < head.next; seq++) {
      const row = this.#rows.get(rowKey(room, seq));
      if (!row) continue;
      if (rows.length > 0 && bytes + row.bytes.length > maxBytes)
        return { head, rows, end: seq, erased };
      rows.push(row);
      bytes += row.bytes.length;
    }
    return { head, rows, end: head.next, erased };
  }

  page(name: RoomName, generation: number, from: number, maxBytes: number): RoomPage {
    return encodePage(name, generation, from, this.range(name, from, maxBytes));
  }

  fates(ids: readonly EntryId[]): ReadonlyMap<EntryId, EntryFate> {
    const fates = new Map<EntryId, EntryFate>();
    for (const id of ids) {
      const member = this.#erasedEntries.get(id);
      const entry = this.#entries.get(id);
      if (member !== undefined) fates.set(id, { type: 'erased', member });
      else if (entry) fates.set(id, { type: 'numbered', ...entry });
      else if (this.#books.has(id)) fates.set(id, { type: 'taken' });
      const open = this.#fates.get(id);
      if (!fates.has(id) && open) fates.set(id, open);
    }
    return fates;
  }

  fatedIds(after: string, most: number): readonly EntryId[] {
    const ids = [...this.#erasedEntries.keys(), ...this.#books.ids(), ...this.#fates.keys()];
    return ids
      .filter((id) => id > after)
      .toSorted()
      .slice(0, most);
  }

  putHidden(entry: HiddenEntry): void {
    this.#hidden.set(entry.id, entry);
  }

  dropHidden(id: EntryId): void {
    this.#hidden.delete(id);
  }

  hiddenEntry(id: EntryId): HiddenEntry | undefined {
    return this.#hidden.get(id);
  }

  putFate(id: EntryId, fate: OpenFate | null): void {
    if (fate === null) {
      this.#fates.delete(id);
      return;
    }
    this.#fates.set(id, fate);
    this.#entries.delete(id);
  }

  rooms(prefix: string): readonly RoomName[] {
    return this.#rooms
      .keys()
      .filter((name) => name.startsWith(prefix))
      .toSorted();
  }

  reconciled(): readonly RoomName[] {
    return this.#reconciled;
  }

  check(): void {}

  checkpoint(room: RoomName, version: number): Checkpoint | undefined {
    const kept = this.#checkpoints.get(room);
    return kept?.version === version ? kept : undefined;
  }

  putCheckpoint(room: RoomName, checkpoint: Checkpoint): void {
    const head = this.#rooms.get(room)?.head;
    if (head?.generation !== checkpoint.generation) return;
    // Each row raises `rev` by one, and so does each erasure: the difference counts erasures.
    if (head.rev - head.next === checkpoint.rev - checkpoint.next)
      this.#checkpoints.set(room, checkpoint);
  }

  /** After the tables were restored from a backup: erases again what was erased since. */
  reconcile(): void {
    const touched = new Set<RoomName>();
    for (const [id, member] of this.#erasedLog) {
      const entry = this.#entries.get(id);
      if (entry) {
        this.#eraseRestored(entry.room, entry.seq);
        touched.add(entry.room);
      }
      this.#forget({ id, member, staysRefused: this.#fates.get(id)?.type === 'refused' });
    }
    for (const [id, member] of this.#hiddenLog) {
      if (this.#erasedEntries.get(id) !== undefined) continue;
      const entry = this.#entries.get(id);
      const row = entry && this.#rows.get(rowKey(entry.room, entry.seq));
      const room = entry && parseRoom(entry.room);
      if (entry && row && room?.kind === 'conversation') {
        this.putHidden({ id, conversation: room.id, bytes: row.bytes });
        this.#eraseRestored(entry.room, entry.seq);
        touched.add(entry.room);
      }
      this.putFate(id, { type: 'hidden', member });
    }
    this.#reconciled = [...touched];
  }

  #apply({ room, base, head, append, erase, forget }: RoomChange): void {
    for (const row of append) {
      this.#rows.set(rowKey(room, row.seq), row);
      if (row.key === null) this.#entries.set(idOf(row), { room, seq: row.seq });
    }
    for (const each of forget) this.#forget(each);
    this.#erase(room, head, erase);
    if (head.generation !== base.generation) this.#checkpoints.delete(room);
  }

  #forget({ id, member, staysRefused = false }: ForgottenEntry): void {
    this.#held.dropHeld(id);
    this.#hidden.delete(id);
    if (staysRefused) return;
    this.#entries.delete(id);
    this.#fates.delete(id);
    if (this.#erasedEntries.get(id) === undefined) this.#erasedEntries.set(id, member);
  }

  #erase(room: RoomName, head: RoomHead, seqs: readonly number[]): void {
    const runs = this.#rooms.get(room)?.erased ?? [];
    const more = seqs.map((start): Run => ({ start, length: 1 }));
    for (const seq of seqs) this.#rows.delete(rowKey(room, seq));
    const erased = more.length > 0 ? mergeRuns([...runs, ...more]) : runs;
    this.#rooms.set(room, { head, erased });
    if (more.length > 0) this.#checkpoints.delete(room);
  }

  #eraseRestored(room: RoomName, seq: number): void {
    const row = this.#rows.get(rowKey(room, seq));
    if (!row) return;
    const head = this.head(room);
    const xor = head.xor.slice();
    xorInto(xor, row.id);
    this.#erase(room, { ...head, rev: head.rev + 1, count: head.count - 1, xor }, [seq]);
  }
}

const rowKey = (room: RoomName, seq: number): string => `${room} ${seq}`;

const idOf = (row: StoredRow): EntryId => bytesToText(row.id) as EntryId;

const sameHead = (a: RoomHead, b: RoomHead): boolean =>
  a.generation === b.generation && a.next === b.next && a.rev === b.rev;
