/**
 * Sends the outbox and takes the relay's answers: an entry is sent again until it has an answer other
 * than `later`, and leaves the outbox once its row is here. Works in the leading tab only.
 */
import type { Entry } from '../../shared/entry/entry.ts';
import type { EntryId } from '../../shared/ids.ts';
import type { Control } from '../../shared/protocol/control.ts';
import { Limits } from '../../shared/protocol/limits.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { afterAnswer, isDue } from '../model/outbox-item.ts';
import type { OutboxItem } from '../store/sync-port.ts';
import type { Outbox, StoredItem } from './outbox.ts';
import type { Replica } from './replica.ts';
import type { Rooms } from './rooms.ts';

/** Bytes of entries in one submit: well within a frame. */
const SUBMIT_BYTES = Limits.frameBytes / 4;

export interface SenderOptions {
  readonly outbox: Outbox;
  readonly rooms: Rooms;
  /** Sends a control message if this tab has a link; tells whether it did. */
  say(message: Control): boolean;
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

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Sends what is due. `again`: on a new link, what was sent before too. */
  sendDue(again: boolean): void {
    if (again) this.#sent.clear();
    const now = Date.now();
    const due = this.#items.filter((item) => isDue(item, now) && !this.#sent.has(item.entry.id));
    this.submit(due.map((item) => item.entry));
    this.#scheduleRetry();
  }

  submit(entries: readonly Entry[]): void {
    for (const batch of batches(entries)) {
      const sent = this.#options.say({ type: 'submit', entries: batch.map(({ bytes }) => bytes) });
      if (sent) for (const { id } of batch) this.#sent.add(id);
    }
  }

  async answered(answers: Extract<Control, { type: 'answer' }>['answers']): Promise<void> {
    const { outbox, rooms, tell } = this.#options;
    const kept: OutboxItem[] = [];
    const refused: EntryId[] = [];
    for (const { id, outcome } of answers) {
      const item = outbox.get(id);
      if (outcome.type === 'refused') refused.push(id);
      else if (!item) rooms.all().forEach((replica) => replica.reconnect()); // an offered row is back
      if (!item) continue;
      const after = afterAnswer(item, outcome, Date.now());
      if (after.type === 'numbered') this.#awaitRow(item);
      else kept.push(after.item);
    }
    // What was set aside and is refused is not coming back.
    await Promise.all(rooms.all().map((replica) => replica.forget(refused)));
    if (kept.length > 0) tell(await outbox.update(kept), []);
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

  #retry(ids: readonly EntryId[]): void {
    for (const id of ids) this.#sent.delete(id);
    this.sendDue(false);
  }
}

/** Entries in order, in pieces that one submit takes. */
function batches(entries: readonly Entry[]): Entry[][] {
  const pieces: Entry[][] = [];
  let piece: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const full = piece.length === Limits.submitEntries || bytes + entry.bytes.length > SUBMIT_BYTES;
    if (piece.length === 0 || full) {
      piece = [];
      pieces.push(piece);
      bytes = 0;
    }
    piece.push(entry);
    bytes += entry.bytes.length;
  }
  return pieces;
}
