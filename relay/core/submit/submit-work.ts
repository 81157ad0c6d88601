/** One submit message on its way through a batch. */
import type { Content } from '../../../shared/entry/content.ts';
import { conversationIdOf } from '../../../shared/entry/conversation-id.ts';
import type { Entry } from '../../../shared/entry/entry.ts';
import { kinds } from '../../../shared/entry/kinds.ts';
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import type { ConversationId, DeviceKey, EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import { LaterWhy, type Outcome } from '../../../shared/protocol/outcome.ts';
import type { BookEntry } from '../ports/book-storage.ts';
import type { Actor } from '../ports/people.ts';
import type { OffRoomFate } from '../ports/room-storage.ts';
import type { Batch } from '../rooms/batch.ts';
import type { ConversationRoom } from '../rooms/room.ts';
import type { Rooms } from '../rooms/room-cache.ts';
import type { Work } from '../rooms/work-queue.ts';
import { type SignatureFault, checkSignatures } from './check-signatures.ts';
import type { Fates } from './entry-fates.ts';
import { judge } from './judge.ts';
import type { HeldMark } from '../held/held-storage.ts';
import { WITH_QUESTION } from '../held/holding.ts';
import { numberEntry } from './number-entry.ts';
import { type Item, type Offered, type ReadEntry, readOffered } from './offered.ts';
import type { Answer, Later, Source, SubmitContext } from './submit-context.ts';
import type { Finding, Weighed } from './submit-policy.ts';

/** The answer if the disk did not take it. */
const RETRY_MS = 2_000;
const RETRY: Outcome = { type: 'later', afterMs: RETRY_MS, why: LaterWhy.relay };
/** Very much was read into memory for those who are there. */
const AFTER_READING: Outcome = { ...RETRY, why: LaterWhy.place };
/** It waits with its question. */
const AFTER_QUESTION: Outcome = { ...RETRY, why: LaterWhy.question };
/** Signatures of one message that are checked at the same time. */
const CHECKED_AT_ONCE = 8;

export class SubmitWork implements Work {
  readonly source: DeviceKey;
  readonly #path: SubmitContext;
  readonly #items: readonly Item[];
  readonly #source: Source;
  readonly #answer: (answers: Answer[]) => void;
  readonly #outcomes = new Map<EntryId, Outcome>();
  readonly #rooms = new Map<ConversationId, ConversationRoom>();
  readonly #late = new Map<DeviceKey, Later>();
  readonly #faults = new Map<Entry, SignatureFault | null>();
  #fates: Fates = new Map();

  constructor(
    path: SubmitContext,
    offered: readonly Offered[],
    source: Source,
    answer: (answers: Answer[]) => void,
  ) {
    this.#path = path;
    this.source = source.connection;
    this.#source = source;
    this.#answer = answer;
    this.#items = offered.map((item) => readOffered(item, path.options.authority));
  }

  get #entries(): ReadEntry[] {
    return this.#items.filter((item) => item.type === 'read');
  }

  get #devices(): DeviceKey[] {
    return [this.source, ...this.#entries.map(({ entry }) => entry.author)];
  }

  async load(rooms: Rooms): Promise<void> {
    const { fates, members } = this.#path;
    const conversations = new Set(this.#entries.map(({ entry }) => entry.conversation));
    const ids = this.#entries.flatMap(({ entry, content }) =>
      'target' in content ? [entry.id, content.target] : [entry.id],
    );
    [this.#fates] = await Promise.all([
      fates.of(ids),
      members.load([...new Set(this.#devices)]),
      this.#path.holdings.book.ready(),
      ...[...conversations].map((id) => this.#find(id, rooms)),
    ]);
    await this.#check();
  }

  /** What is about a conversation that was not found is answered `later`. */
  async #find(id: ConversationId, rooms: Rooms): Promise<void> {
    const { source: device } = this;
    const causer = { device, address: this.#source.address };
    const room = await this.#path.options.reads.read(id, causer, (each) =>
      rooms.conversation(each),
    );
    if (room) this.#rooms.set(id, room);
    else this.#rooms.delete(id);
  }

  /** Whether those who wrote still are who they were. */
  holds(): boolean {
    const { members, holdings } = this.#path;
    return (
      holdings.book.isReady && this.#devices.every((device) => members.get(device) !== undefined)
    );
  }

  apply(batch: Batch): void {
    for (const item of this.#items) {
      if (item.type === 'refused') continue;
      const { id, conversation } = item.entry;
      if (this.#outcomes.has(id)) continue;
      const outcome = this.#outcomeOf(item, batch);
      this.#outcomes.set(id, outcome);
      // At once: what follows it may be in the same batch.
      if (outcome.type === 'later' && this.#begins(item))
        this.#path.postpone(conversation, this.#source);
    }
  }

  settle(durable: boolean): void {
    this.#answer(
      this.#items.map((item): Answer => {
        if (item.type === 'refused')
          return { id: item.id, outcome: { type: 'refused', code: item.code } };
        const { id, conversation } = item.entry;
        const outcome = durable ? (this.#outcomes.get(id) ?? RETRY) : RETRY;
        if (this.#begins(item)) {
          if (outcome.type === 'later') this.#path.postpone(conversation, this.#source);
          else this.#path.settled(conversation);
        }
        return { id, outcome };
      }),
    );
  }

  /** Whether it is the question of its conversation, and not one that somebody only says is. */
  #begins({ entry: { author, conversation }, content }: ReadEntry): boolean {
    const { authority } = this.#path.options;
    return (
      content.kind === 'ask' &&
      conversationIdOf(author, content.salt, authority.fingerprint) === conversation
    );
  }

  /** Checks the signatures of what is not known yet, a few at a time. */
  async #check(): Promise<void> {
    const left = this.#entries.filter(
      ({ entry }) => !this.#faults.has(entry) && !this.#isKnown(entry),
    );
    const check = async (): Promise<void> => {
      for (let item = left.shift(); item; item = left.shift()) {
        const { entry, content, kept } = item;
        const isJudged = kept !== undefined;
        const fault = await checkSignatures(entry, content, isJudged, this.#path.options);
        this.#faults.set(entry, fault);
      }
    };
    await Promise.all(Array.from({ length: Math.min(CHECKED_AT_ONCE, left.length) }, check));
  }

  #isKnown({ id, conversation }: Entry): boolean {
    const room = this.#rooms.get(conversation);
    return this.#fates.has(id) || room?.state.fact(id) !== undefined || !!room?.fates.get(id);
  }

  #outcomeOf({ entry, content, kept, offered }: ReadEntry, batch: Batch): Outcome {
    const room = this.#rooms.get(entry.conversation);
    const author = this.#path.members.get(entry.author);
    if (!room) return AFTER_READING;
    if (!author) return RETRY;
    const fate = this.#fateOf(room, entry.id);
    if (fate) return outcomeOf(fate, offered);
    const seq = room.state.fact(entry.id)?.seq;
    if (seq !== undefined) return { type: 'duplicate', seq };
    if (author === 'removed') return { type: 'refused', code: 'removed' };
    // A restored row was judged before, wherever it comes from now.
    const address = kept ? '' : this.#addressOf(entry);
    const { id: member, role } = author;
    const actor: Actor = { member, device: entry.author, address, role };
    for (const policy of this.#path.policies) {
      const code = policy.admit?.(actor) ?? null;
      if (code !== null) return { type: 'refused', code };
    }

    const { authority, modeOf } = this.#path.options;
    const community = authority.fingerprint;
    const fateOf = (id: EntryId): OffRoomFate | null => this.#fateOf(room, id);
    const { book } = this.#path.holdings;
    const question = book.question(entry.conversation);
    const heldMark = (id: EntryId): HeldMark | undefined => book.get(id);
    const bench = { community, room, author, fateOf, question, heldMark, modeOf };
    const judged = kept
      ? ({ type: 'accepted', verdict: kept.verdict } as const)
      : judge(entry, content, bench);
    if (judged.type !== 'accepted') {
      const waits =
        judged.type === 'refused' &&
        judged.code === 'unknown-conversation' &&
        content.kind !== 'ask' &&
        this.#path.isPostponed(entry.conversation);
      return waits ? AFTER_QUESTION : judged;
    }
    const unsigned = this.#faults.get(entry);
    if (unsigned === undefined) return RETRY;
    if (unsigned) return { type: 'refused', code: unsigned };
    const late = kept ? null : this.#charge(entry, content);
    if (late) return late;
    if (content.kind === 'retract' && this.#withdraw(batch, room, content.target))
      return { type: 'refused', code: 'erased' };
    const waits = kept ? undefined : question;
    const space =
      content.kind === 'ask' ? content.space : (room.state.space ?? waits?.space ?? null);
    if (space !== null) {
      const weighed = { id: entry.id, content, space, member, role: judged.verdict.role };
      // A restored row was let through before.
      const finding = kept ? null : this.#weigh(weighed);
      if (finding) {
        const held = { batch, room, entry, member, space, finding };
        const outcome = this.#keepFrom(held);
        if (outcome.type === 'later') return outcome;
        const found = { finding, entry: weighed, conversation: entry.conversation };
        for (const policy of this.#path.policies) policy.found?.(batch, found);
        if (outcome.type === 'held')
          for (const policy of this.#path.policies) policy.took?.(actor, weighed);
        return outcome;
      }
      if (waits)
        return this.#path.holdings.hold(batch, room, { entry, member, space }, WITH_QUESTION);
      for (const policy of this.#path.policies) policy.took?.(actor, weighed);
    }
    if (!kinds.isForRoom(content)) {
      const booked = this.#booked(entry, content, member);
      batch.book(booked);
      for (const policy of this.#path.policies) policy.booked?.(booked, batch);
      return { type: 'taken' };
    }
    const target = content.kind === 'retract' ? fateOf(content.target) : null;
    const number = numberEntry(
      this.#path.options,
      batch,
      room,
      { entry, content, kept },
      judged.verdict,
    );
    if (content.kind === 'retract' && target?.type === 'hidden')
      batch.eraseHidden(room, content.target, target.member);
    return { type: 'durable', seq: number };
  }

  /** The strictest finding; of equal ones the first. */
  #weigh(entry: Weighed): Finding | null {
    const findings = this.#path.policies.flatMap((policy) => policy.weigh?.(entry) ?? []);
    return findings.find(({ does }) => does === 'refuse') ?? findings[0] ?? null;
  }

  /** Nobody else reads it, or nobody yet. */
  #keepFrom({ batch, room, entry, member, space, finding }: KeptFrom): Outcome {
    if (finding.does === 'refuse') return { type: 'refused', code: 'moderated' };
    return this.#path.holdings.hold(batch, room, { entry, member, space }, finding);
  }

  /**
   * Takes back what is held, and with a question all that was held with it: whether there was any. The withdrawal
   * never becomes a row, since nobody knows what it is about.
   */
  #withdraw(batch: Batch, room: ConversationRoom, target: EntryId): boolean {
    const { holdings } = this.#path;
    const mark = holdings.book.get(target);
    if (mark?.conversation !== room.id) return false;
    const isQuestion = holdings.book.question(mark.conversation)?.id === target;
    const all = isQuestion ? holdings.book.with(mark.conversation) : [mark];
    for (const { id } of all) holdings.forget(batch, room, id);
    return true;
  }

  /** An act as the books keep it. */
  #booked(
    { id, kind, conversation, author, bytes }: Entry,
    content: Content,
    member: MemberId,
  ): BookEntry {
    const target = 'target' in content ? content.target : '';
    const at = this.#path.options.platform.clock.now();
    return { id, kind, conversation, target, member, device: author, bytes, at };
  }

  /** What became of an entry that is in no room, on disk or in a batch on its way there. */
  #fateOf(room: ConversationRoom, id: EntryId): OffRoomFate | null {
    const fate = room.fates.get(id);
    return fate === undefined ? (this.#fates.get(id) ?? null) : fate;
  }

  /**
   * Where an entry comes from; empty if that says nothing about its author. The desk may carry what others
   * wrote offline; anybody else could bring their own words under another key.
   */
  #addressOf({ author }: Entry): string {
    const { connection, address } = this.#source;
    const carrier = this.#path.members.get(connection);
    const isDesk = carrier !== 'removed' && carrier && answersAtDesk(carrier.role);
    return author !== connection && isDesk ? '' : address;
  }

  /**
   * Charges the author, who is proved by now. Once one entry must wait, all later ones of that author must
   * wait.
   */
  #charge({ author, bytes }: Entry, content: Content): Later | null {
    const late =
      this.#late.get(author) ??
      this.#path.chargeAuthor(author, bytes) ??
      (content.kind === 'ask' ? this.#path.chargeAsk(this.#source, author) : null);
    if (late) this.#late.set(author, late);
    return late;
  }
}

interface KeptFrom {
  readonly batch: Batch;
  readonly room: ConversationRoom;
  readonly entry: Entry;
  readonly member: MemberId;
  readonly space: SpaceId;
  readonly finding: Finding;
}

/** The answer for an entry that is in no room. */
function outcomeOf(fate: OffRoomFate, offered: boolean): Outcome {
  switch (fate.type) {
    case 'erased':
      return { type: 'refused', code: 'erased' };
    case 'taken':
      return { type: 'taken' };
    case 'refused':
      return fate;
    case 'held':
    case 'hidden':
      // Whoever brings back what they read lets it go; whoever wrote it is answered again.
      return offered ? { type: 'refused', code: 'moderated' } : { type: 'held' };
  }
}
