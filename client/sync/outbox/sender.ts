/**
 * Sends the outbox and handles the relay's answers. It sends an entry again until it has an answer other
 * than `later`, and removes it from the outbox once its row is here. It works only in the leading tab.
 */
import type { ConversationId, EntryId } from '../../../shared/ids.ts';
import type { FromDevice, FromRelay } from '../../../shared/protocol/control.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import { inPieces } from './in-pieces.ts';
import { afterAnswer, dueOf, retryIn } from './outbox-item.ts';
import type { AsideRow } from '../../../shared/replica/aside.ts';
import type { OutboxItem } from '../../store/sync-port.ts';
import type { Timers } from '../timers.ts';
import type { Outbox, StoredItem } from './outbox.ts';
import type { Replica } from '../rooms/replica.ts';
import type { Rooms } from '../rooms/rooms.ts';

/** Time for a relay that was restored from a backup to take a conversation back. */
const AFTER_RESTORE: Outcome = { type: 'later', afterMs: 5_000 };

export interface SenderOptions {
  readonly outbox: Outbox;
  readonly rooms: Rooms;
  readonly timers: Timers;
  /** Whether this tab has a link. */
  linked(): boolean;
  /** Sends a control message if this tab has a link. Returns whether it did. */
  say(message: FromDevice): boolean;
  /** Tells the other tabs what changed in the outbox. */
  tell(put: readonly StoredItem[], drop: readonly EntryId[]): void;
}

export class Sender {
  readonly #options: SenderOptions;
  /** Sent on this link and not answered yet. */
  readonly #sent = new Set<EntryId>();
  /** Items answered as numbered, until their row is in the replica, with how to stop watching for it. */
  readonly #numbered = new Map<EntryId, () => void>();
  #cancelRetry = (): void => {};
  #cancelOffer = (): void => {};
  #marking = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Sends what is due. `again`: on a new link, also what was sent before. */
  sendDue(again: boolean): void {
    if (again) this.#sent.clear();
    const { outbox, timers } = this.#options;
    // One after the other: otherwise an answer could leave before its question.
    if (!this.#options.linked() || this.#marking) return;
    const now = timers.now();
    const due = dueOf(this.#items, now)
      .map(({ entry }) => entry)
      .filter(({ id }) => !this.#sent.has(id));
    const untried = due.map(({ id }) => id).filter((id) => outbox.isUntried(id));
    if (untried.length > 0) return void this.#mark(untried);
    for (const piece of inPieces(due, ({ bytes }) => bytes.length)) {
      const entries = piece.map(({ bytes }) => bytes);
      const sent = this.#options.say({ type: 'submit', entries });
      if (sent) for (const { id } of piece) this.#sent.add(id);
    }
    this.#scheduleRetry();
  }

  /** Offers rows that the relay lacks. */
  offer(rows: readonly AsideRow[]): void {
    for (const piece of inPieces(rows, ({ bytes }) => bytes.length)) {
      this.#options.say({ type: 'offer', rows: piece.map(({ bytes }) => bytes) });
    }
  }

  /** This is noted before an entry leaves for the first time, so that nobody takes it back afterwards. */
  async #mark(ids: readonly EntryId[]): Promise<void> {
    this.#marking = true;
    await this.#options.outbox.markTried(ids).catch(() => {}); // storage says so; it leaves anyway
    this.#marking = false;
    this.sendDue(false);
  }

  async answered(answers: Extract<FromRelay, { type: 'answer' }>['answers']): Promise<void> {
    const { outbox, rooms, timers, tell } = this.#options;
    const kept: OutboxItem[] = [];
    const erased: EntryId[] = [];
    const done: EntryId[] = [];
    const refused: EntryId[] = [];
    for (const { id, outcome: answer } of answers) {
      const item = outbox.get(id);
      const outcome = item && this.#isToCome(item, answer) ? AFTER_RESTORE : answer;
      const isErased = outcome.type === 'refused' && outcome.code === 'erased';
      if (isErased)
        erased.push(id); // withdrawn here or elsewhere: nothing to show
      else if (outcome.type === 'refused') refused.push(id);
      else if (!item && outcome.type === 'later') this.#offerAgain(outcome.afterMs);
      else if (!item) rooms.all().forEach((replica) => replica.reconnect()); // an offered row is back
      if (!item || isErased) continue;
      const after = afterAnswer(item, outcome, timers.now());
      if (after.type === 'numbered') this.#awaitRow(item);
      else if (after.type === 'taken') done.push(id);
      else kept.push(after.item);
    }
    for (const replica of rooms.all()) {
      replica.erased(erased);
      replica.refused(refused);
    }
    await this.drop([...erased, ...done]);
    if (kept.length > 0) {
      const updating = outbox.update(kept).catch(() => []); // storage says so, and it is sent again
      for (const { entry, state } of kept) if (state.type === 'later') this.#sent.delete(entry.id);
      tell(await updating, []);
    }
    this.#scheduleRetry();
  }

  /**
   * A room changed: forgets the items whose row it shows, and those that the relay has where this device may
   * not read any more. Their row will never come, and they would wait for it on the device forever.
   */
  roomChanged(replica: Replica): void {
    const { room } = replica;
    const isShut = replica.state.get().status === 'refused';
    const ids = this.#items
      .filter(({ entry }) => conversationRoom(entry.conversation) === room)
      .map(({ entry }) => entry.id);
    this.#forget(isShut ? ids.filter((id) => this.#numbered.has(id)) : shownOf(replica, ids));
  }

  #forget(here: readonly EntryId[]): void {
    if (here.length === 0) return;
    void this.drop(here).finally(() => {
      for (const id of here) {
        this.#numbered.get(id)?.();
        this.#numbered.delete(id);
      }
    });
  }

  async drop(ids: readonly EntryId[]): Promise<void> {
    if (ids.length === 0) return;
    this.#options.tell([], ids);
    await this.#options.outbox.drop(ids).catch(() => {}); // storage says so; sent again it is a duplicate
  }

  /** Idempotent. */
  stop(): void {
    this.#cancelRetry();
    this.#cancelOffer();
    for (const close of this.#numbered.values()) close();
    this.#numbered.clear();
    this.#sent.clear();
  }

  /** The relay does not know a conversation that is held here: it lost it in a restore, and is offered it. */
  #isToCome({ entry }: OutboxItem, outcome: Outcome): boolean {
    if (outcome.type !== 'refused' || outcome.code !== 'unknown-conversation') return false;
    return this.#options.rooms.get(conversationRoom(entry.conversation))?.holdsEntries === true;
  }

  get #items(): readonly OutboxItem[] {
    return this.#options.outbox.items.get();
  }

  /** Keeps a numbered item until its row is here, so nothing flickers or gets lost in between. */
  #awaitRow({ entry }: OutboxItem): void {
    if (this.#numbered.has(entry.id)) return;
    const [replica, close] = this.#options.rooms.watch(conversationRoom(entry.conversation));
    this.#numbered.set(entry.id, close);
    replica.reconnect();
    this.#forget(shownOf(replica, [entry.id]));
  }

  #scheduleRetry(): void {
    const { timers } = this.#options;
    this.#cancelRetry();
    // The first of each conversation. One that was sent again waits for its answer.
    const later = new Map<ConversationId, OutboxItem>();
    for (const item of this.#items.toReversed()) {
      const { id, conversation } = item.entry;
      if (item.state.type === 'later' && !this.#sent.has(id)) later.set(conversation, item);
    }
    if (later.size === 0) return;
    const now = timers.now();
    const soonest = Math.min(...Array.from(later.values(), (item) => retryIn(item, now)));
    this.#cancelRetry = timers.after(soonest, () => this.sendDue(false));
  }

  /** Offers again rows that the relay does not take yet. */
  #offerAgain(afterMs: number): void {
    this.#cancelOffer();
    this.#cancelOffer = this.#options.timers.after(afterMs, () => {
      for (const replica of this.#options.rooms.all()) replica.offerAgain();
    });
  }
}

/** Those whose row a replica is sure of. */
const shownOf = (replica: Replica, ids: readonly EntryId[]): readonly EntryId[] =>
  replica.sure ? ids.filter((id) => replica.numbered.has(id)) : [];
