/**
 * A batch of changes on its way to storage. It changes rooms in memory as it is filled. If the commit
 * fails, the rooms it touched are dropped from memory and read again.
 */
import { xorInto } from '../../../shared/bytes.ts';
import { factOf } from '../../../shared/conversation/fact.ts';
import { recordRowId } from '../../../shared/conversation/read-row.ts';
import { type EntryRow, encodeRow } from '../../../shared/conversation/row.ts';
import { textToBytes } from '../../../shared/bytes.ts';
import type { Content } from '../../../shared/entry/content.ts';
import type { Entry } from '../../../shared/entry/entry.ts';
import type { EntryId, MemberId } from '../../../shared/ids.ts';
import type { HiddenStorage, hiddenOps } from '../hidden/hidden-storage.ts';
import type { RelayEvent } from '../ports/events.ts';
import type { ConversationRoom, HeldRoom, KeyedRoom } from './room.ts';
import { type Write, writesOf } from '../ports/port.ts';
import type { BookEntry, BookStorage, bookOps } from '../ports/book-storage.ts';
import type {
  ErasedEntry,
  ForgottenEntry,
  FateStorage,
  OpenFate,
  RoomHead,
  StorageBatch,
  StoredRow,
  fateOps,
} from '../ports/room-storage.ts';

const fateWrite = writesOf<FateStorage, typeof fateOps>('fates');
const hiddenWrite = writesOf<HiddenStorage, typeof hiddenOps>('hidden');
const bookWrite = writesOf<BookStorage, typeof bookOps>('books');

/** A judged entry without its seq and place. */
export interface NewEntry {
  readonly entry: Entry;
  readonly content: Content;
  /** The row it becomes at `seq`. */
  readonly rowAt: (seq: number) => EntryRow;
}

interface Draft {
  readonly base: RoomHead;
  readonly append: StoredRow[];
  readonly erase: number[];
  readonly forget: ErasedEntry[];
  /** Members whose entries were numbered. */
  readonly authors: Set<MemberId>;
}

export class Batch {
  readonly #drafts = new Map<HeldRoom, Draft>();
  readonly #events: RelayEvent[] = [];
  readonly #writes: Write[] = [];
  readonly #fated: EntryId[] = [];
  readonly #forgotten: ForgottenEntry[] = [];
  readonly #undo: (() => void)[] = [];
  readonly #hidings: ErasedEntry[] = [];
  readonly #unhidings: EntryId[] = [];

  get rooms(): Iterable<HeldRoom> {
    return this.#drafts.keys();
  }

  /** Conversations that were changed, or touched. */
  get conversations(): Iterable<ConversationRoom> {
    return Array.from(this.#drafts.keys()).filter((room) => room.type === 'conversation');
  }

  /** Numbers an entry and returns its seq. */
  append(room: ConversationRoom, { entry, content, rowAt }: NewEntry): number {
    const { seq } = this.#append(room, (next) => {
      const row = rowAt(next);
      room.state.add(factOf(row, entry, content));
      const { member } = row.verdict;
      this.#draft(room).authors.add(member);
      this.tell({
        type: 'entry-numbered',
        conversation: room.id,
        id: entry.id,
        seq: next,
        kind: entry.kind,
        member,
      });
      return { id: textToBytes(entry.id, 16), key: null, bytes: encodeRow(row) };
    });
    return seq;
  }

  /**
   * Derives again what follows from a room, and drops the room from memory if the batch fails, though its
   * rows stay.
   */
  touch(room: HeldRoom): void {
    this.#draft(room);
  }

  /** Erases a live entry, and remembers to refuse it forever. */
  erase(room: ConversationRoom, id: EntryId): void {
    const fact = room.state.fact(id);
    if (!fact) return;
    room.state.erase(id);
    this.#erase(room, fact.seq, textToBytes(id, 16));
    this.#draft(room).forget.push({ id, member: fact.author.member });
    room.fates.set(id, { type: 'erased', member: fact.author.member });
  }

  /** Erases an entry that is hidden. */
  eraseHidden(room: ConversationRoom, id: EntryId, member: MemberId): void {
    this.#draft(room).forget.push({ id, member });
    room.fates.set(id, { type: 'erased', member });
  }

  /**
   * Takes a live entry out of its room, as an erasure does, and keeps its row outside until it is shown again.
   * @param bytes the row's
   */
  hide(room: ConversationRoom, id: EntryId, bytes: Uint8Array): void {
    const fact = room.state.fact(id);
    if (!fact) return;
    const { member } = fact.author;
    room.state.erase(id);
    this.#erase(room, fact.seq, textToBytes(id, 16));
    this.setFate(room, id, { type: 'hidden', member });
    this.write(hiddenWrite('putHidden', { id, conversation: room.id, bytes }));
    this.#hidings.push({ id, member });
    this.tell({ type: 'entry-hidden', conversation: room.id, id });
  }

  /** Numbers a hidden entry again, in its place. */
  unhide(room: ConversationRoom, kept: NewEntry): void {
    const { id } = kept.entry;
    this.append(room, kept);
    this.setFate(room, id, null);
    this.write(hiddenWrite('dropHidden', id));
    this.#unhidings.push(id);
    this.tell({ type: 'entry-unhidden', conversation: room.id, id });
  }

  /** Keeps what became of an entry that is in no room; null: nothing any more, or it is numbered. */
  setFate(room: ConversationRoom, id: EntryId, fate: OpenFate | null): void {
    this.#fated.push(id);
    this.touch(room);
    room.fates.set(id, fate);
    this.write(fateWrite('putFate', id, fate));
  }

  /** Lets the bytes of an entry in no room go for good. @param room null: one that stays refused */
  forget(room: ConversationRoom | null, forgotten: ForgottenEntry): void {
    const { id, member } = forgotten;
    this.#fated.push(id);
    this.#forgotten.push(forgotten);
    if (!room) return;
    this.touch(room);
    room.fates.set(id, { type: 'erased', member });
  }

  /** What is to be done if it does not come to disk. */
  ifLost(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** It did not come to disk. */
  lost(): void {
    for (const undo of this.#undo.splice(0)) undo();
  }

  /** Puts an act into the books, unless there is one of its kind, by that member and about the same. */
  book(entry: BookEntry): void {
    this.#fated.push(entry.id);
    this.write(bookWrite('book', entry));
    const { id, kind, conversation, member } = entry;
    this.tell({ type: 'entry-taken', conversation, id, kind, member, target: entry.target });
  }

  /** Entries that it has leave their room, or that never come into one. */
  get fated(): readonly EntryId[] {
    const erased = [...this.#drafts.values()].flatMap(({ forget }) => forget.map(({ id }) => id));
    return [...this.#fated, ...erased];
  }

  /** Gives a key a new value, if it differs; null removes the key. Returns whether anything changed. */
  put(room: KeyedRoom, key: string, value: string | null, received: number): boolean {
    const held = room.records.get(key);
    if ((held?.value ?? null) === value) return false;
    if (value !== null) {
      const { seq, id } = this.#append(room, (next) => {
        const bytes = encodeRow({ type: 'record', seq: next, received, key, value });
        return { id: recordRowId(bytes).slice(), key, bytes };
      });
      room.records.set(key, { seq, id, value, received });
    } else {
      room.records.delete(key);
    }
    room.characters += charactersOf(key, value) - charactersOf(key, held?.value ?? null);
    if (held) this.#erase(room, held.seq, held.id);
    return true;
  }

  /** Members whose entries were numbered in a room, as they are known now. */
  authorsIn(room: ConversationRoom): ReadonlySet<MemberId> {
    const { authors } = this.#draft(room);
    return new Set(Array.from(authors, (member) => room.state.known(member)));
  }

  /** Tells something once the batch is on disk. */
  tell(event: RelayEvent): void {
    this.#events.push(event);
  }

  /** What happened, in order: what was erased comes last, together. */
  get events(): readonly RelayEvent[] {
    const erased = [...this.#drafts].flatMap(([room, { forget }]): RelayEvent[] => {
      if (room.type !== 'conversation' || forget.length === 0) return [];
      const ids = forget.map(({ id }) => id);
      return [{ type: 'entry-erased', conversation: room.id, ids }];
    });
    return [...this.#events, ...erased];
  }

  /** Lets a feature write something of its own in the transaction of its cause. */
  write(write: Write): void {
    this.#writes.push(write);
  }

  /** The batch as storage takes it. */
  seal(): StorageBatch {
    const changes = [...this.#drafts]
      .filter(([room, { base }]) => room.head !== base)
      .map(([room, { base, append, erase, forget }]) => ({
        room: room.name,
        base,
        head: room.head,
        append,
        erase,
        forget,
      }));
    const [hides, unhides] = [this.#hidings, this.#unhidings];
    return { changes, writes: this.#writes, forget: this.#forgotten, hides, unhides };
  }

  #draft(room: HeldRoom): Draft {
    let draft = this.#drafts.get(room);
    if (!draft) {
      draft = { base: room.head, append: [], erase: [], forget: [], authors: new Set() };
      this.#drafts.set(room, draft);
    }
    return draft;
  }

  #append(room: HeldRoom, make: (seq: number) => Omit<StoredRow, 'seq'>): StoredRow {
    const draft = this.#draft(room);
    const { head } = room;
    const row: StoredRow = { seq: head.next, ...make(head.next) };
    draft.append.push(row);
    room.head = { ...changed(head, row.id, 1), next: head.next + 1 };
    return row;
  }

  #erase(room: HeldRoom, seq: number, id: Uint8Array): void {
    this.#draft(room).erase.push(seq);
    room.head = changed(room.head, id, -1);
  }
}

const charactersOf = (key: string, value: string | null): number =>
  value === null ? 0 : key.length + value.length;

function changed(head: RoomHead, id: Uint8Array, by: 1 | -1): RoomHead {
  const xor = head.xor.slice();
  xorInto(xor, id);
  return { ...head, rev: head.rev + 1, count: head.count + by, xor };
}
