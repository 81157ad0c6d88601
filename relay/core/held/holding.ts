/** Entries that nobody else reads before somebody has: how they are put aside, and what becomes of them. */
import type { Entry } from '../../../shared/entry/entry.ts';
import type { EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import { LaterWhy, type Outcome } from '../../../shared/protocol/outcome.ts';
import type { Log } from '../ports/log.ts';
import { writesOf } from '../ports/port.ts';
import type { Batch } from '../rooms/batch.ts';
import type { ConversationRoom } from '../rooms/room.ts';
import type { HeldBook } from './held-book.ts';
import type { HeldMark, HeldStorage, heldOps } from './held-storage.ts';

export const heldWrite = writesOf<HeldStorage, typeof heldOps>('held');

/** Why something is held. */
export interface Holding {
  /** The rule, for the office alone. */
  readonly rule: string;
  /** What its author is told: the kind of the rule. */
  readonly code: string;
}

/** What waits with its question, and for no other reason. */
export const WITH_QUESTION: Holding = { rule: 'question', code: 'question' };

/** There is no room for more. Whoever decides makes some. */
const FULL: Outcome = { type: 'later', afterMs: 60_000, why: LaterWhy.tooMuch };
const FULL_SPACE: Outcome = { type: 'later', afterMs: 60_000, why: LaterWhy.relay };
const TOLD_EVERY_MS = 60_000;

export interface HoldingOptions {
  readonly book: HeldBook;
  readonly now: () => number;
  readonly log: Log;
}

export class Holdings {
  readonly book: HeldBook;
  readonly #options: HoldingOptions;
  #toldAt = -Infinity;

  constructor(options: HoldingOptions) {
    this.#options = options;
    this.book = options.book;
  }

  /** Puts an entry aside, in the transaction of the batch. */
  hold(
    batch: Batch,
    room: ConversationRoom,
    { entry, member, space }: Put,
    { rule, code }: Holding,
  ): Outcome {
    const { id, conversation, author: device, kind, bytes } = entry;
    const full = this.book.full(device, space, bytes.length);
    if (full) {
      if (full === 'space') this.#tellFull(space);
      return full === 'space' ? FULL_SPACE : FULL;
    }
    const size = bytes.length;
    const since = this.book.since(this.#options.now());
    const mark: HeldMark = { id, conversation, space, member, device, kind, size, rule, since };
    this.#change(batch);
    this.book.add(mark);
    batch.write(heldWrite('putHeld', { ...mark, state: 'held', code, bytes }));
    batch.setFate(room, id, { type: 'held', member });
    batch.tell({ type: 'entry-held', conversation, id, space, member });
    return { type: 'held' };
  }

  /** It waits no more, and its bytes go for good: its author took it back, or it was erased. */
  forget(batch: Batch, room: ConversationRoom, id: EntryId): void {
    const mark = this.book.get(id);
    if (!mark) return;
    this.#change(batch);
    this.book.remove(id);
    batch.forget(room, { id, member: mark.member });
  }

  /** It was refused. @param until when its bytes go; null: now */
  refuse(batch: Batch, room: ConversationRoom, id: EntryId, until: number | null): void {
    const mark = this.book.get(id);
    if (!mark) return;
    this.#change(batch);
    this.book.remove(id);
    batch.setFate(room, id, { type: 'refused', code: 'moderated' });
    if (until === null) batch.forget(null, { id, member: mark.member, staysRefused: true });
    else batch.write(heldWrite('refuseHeld', id, until));
  }

  /** It is in its room from now on. */
  release(batch: Batch, room: ConversationRoom, id: EntryId): void {
    this.#change(batch);
    this.book.remove(id);
    batch.write(heldWrite('dropHeld', id));
    batch.setFate(room, id, null);
  }

  #change(batch: Batch): void {
    batch.ifLost(() => this.book.lost());
  }

  #tellFull(space: SpaceId): void {
    const now = this.#options.now();
    if (now - this.#toldAt < TOLD_EVERY_MS) return;
    this.#toldAt = now;
    this.#options.log.warn('too much waits to be read: what comes is put off', { space });
  }
}

interface Put {
  readonly entry: Entry;
  readonly member: MemberId;
  readonly space: SpaceId;
}
