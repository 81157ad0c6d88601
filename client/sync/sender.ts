/**
 * Sends the outbox and takes the relay's answers: an entry is sent again until it has an answer other
 * than `later`, and leaves the outbox once its row is here. Works in the leading tab only.
 */
import type { EntryId } from '../../shared/ids.ts';
import type { FromDevice, FromRelay } from '../../shared/protocol/control.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { inPieces } from './outbox/in-pieces.ts';
import { afterAnswer, isDue } from './outbox/outbox-item.ts';
import type { AsideRow } from '../../shared/replica/aside.ts';
import type { OutboxItem } from '../store/sync-port.ts';
import type { Outbox, StoredItem } from './outbox.ts';
import type { Replica } from './replica.ts';
import type { Rooms } from './rooms.ts';

export interface SenderOptions {
  readonly outbox: Outbox;
  readonly rooms: Rooms;
  /** Whether this tab has a link. */
  linked(): boolean;
  /** Sends a control message if this tab has a link; tells whether it did. */
  say(message: FromDevice): boolean;
  /** Tells the other tabs what changed in the outbox. */
  tell(put: readonly StoredItem[], drop: readonly EntryId[]): void;
}

export class Sender {
  readonly #options: SenderOptions;
  /** Sent on this link and not answered yet. */
  readonly #sent = new Set<EntryId>();
  /** Answered as numbered, until their row is in the replica: how to stop watching for it. */
  readonly #numbered = new Map<EntryId, () => void>();
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #offerTimer: ReturnType<typeof setTimeout> | undefined;
  #marking = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Sends what is due. `again`: on a new link, what was sent before too. */
  sendDue(again: boolean): void {
    if (again) this.#sent.clear();
    const { outbox } = this.#options;
    // One after the other, or an answer could leave before its question.
    if (!this.#options.linked() || this.#marking) return;
    const now = Date.now();
    const due = this.#items
      .filter((item) => isDue(item, now) && !this.#sent.has(item.entry.id))
      .map(({ entry }) => entry);
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

  /** Before an entry leaves for the first time this is noted, so that nobody takes it back after. */
  async #mark(ids: readonly EntryId[]): Promise<void> {
    this.#marking = true;
    await this.#options.outbox.markTried(ids).catch(() => {}); // storage says so; it leaves anyway
    this.#marking = false;
    this.sendDue(false);
  }

  async answered(answers: Extract<FromRelay, { type: 'answer' }>['answers']): Promise<void> {
    const { outbox, rooms, tell } = this.#options;
    const kept: OutboxItem[] = [];
    const erased: EntryId[] = [];
    const refused: EntryId[] = [];
    for (const { id, outcome } of answers) {
      const item = outbox.get(id);
      if (outcome.type === 'refused') refused.push(id);
      else if (!item && outcome.type === 'later') this.#offerAgain(outcome.afterMs);
      else if (!item) rooms.all().forEach((replica) => replica.reconnect()); // an offered row is back
      if (!item) continue;
      if (outcome.type === 'refused' && outcome.code === 'erased') {
        erased.push(id); // withdrawn here or elsewhere: nothing to show
        continue;
      }
      const after = afterAnswer(item, outcome, Date.now());
      if (after.type === 'numbered') this.#awaitRow(item);
      else kept.push(after.item);
    }
    // What was set aside and is refused is not coming back.
    await Promise.all(rooms.all().map((replica) => replica.forget(refused))).catch(() => {});
    await this.drop(erased);
    // Not kept: storage says so, and it is sent again.
    if (kept.length > 0) tell(await outbox.update(kept).catch(() => []), []);
    this.#scheduleRetry();
  }

  /** Forgets the items whose row a replica shows. */
  settle(replica: Replica): void {
    if (!replica.sure) return;
    const settled = this.#items
      .map(({ entry }) => entry.id)
      .filter((id) => replica.numbered.has(id));
    if (settled.length === 0) return;
    void this.drop(settled).finally(() => {
      for (const id of settled) {
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
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#offerTimer);
    for (const close of this.#numbered.values()) close();
    this.#numbered.clear();
    this.#sent.clear();
  }

  get #items(): readonly OutboxItem[] {
    return this.#options.outbox.items.get();
  }

  /** Keeps a numbered item until its row is here, so that nothing flickers or is lost between. */
  #awaitRow({ entry }: OutboxItem): void {
    if (this.#numbered.has(entry.id)) return;
    const [replica, close] = this.#options.rooms.watch(conversationRoom(entry.conversation));
    this.#numbered.set(entry.id, close);
    replica.reconnect();
    this.settle(replica);
  }

  #scheduleRetry(): void {
    clearTimeout(this.#retryTimer);
    const later = this.#items.flatMap(({ entry, state }) =>
      state.type === 'later' ? [{ id: entry.id, inMs: state.retryAt - Date.now() }] : [],
    );
    if (later.length === 0) return;
    const soonest = Math.min(...later.map(({ inMs }) => inMs));
    this.#retryTimer = setTimeout(
      () => this.#retry(later.map(({ id }) => id)),
      Math.max(50, soonest),
    );
  }

  /** Rows that the relay does not take yet are offered again. */
  #offerAgain(afterMs: number): void {
    clearTimeout(this.#offerTimer);
    this.#offerTimer = setTimeout(() => {
      for (const replica of this.#options.rooms.all()) replica.offerLacking();
    }, afterMs);
  }

  #retry(ids: readonly EntryId[]): void {
    for (const id of ids) this.#sent.delete(id);
    this.sendDue(false);
  }
}
