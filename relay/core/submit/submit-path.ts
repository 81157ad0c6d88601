/**
 * The path of an entry: limits, decode, erased or duplicate, rules, signature, commit, answer. An entry
 * answered `durable` is on disk.
 */
import { bytesToText } from '../../../shared/bytes.ts';
import type { SpaceMode } from '../../../shared/space-mode.ts';
import { decodeRow } from '../../../shared/conversation/row.ts';
import { entryIdOf } from '../../../shared/entry/entry.ts';
import { kinds } from '../../../shared/entry/kinds.ts';
import type { ConversationId, DeviceKey, EntryId, SpaceId } from '../../../shared/ids.ts';
import { FairMemory, sourcePath } from '../limits/fair-memory.ts';
import { FairShare } from '../limits/fair-share.ts';
import { addressNames } from '../limits/networks.ts';
import type { ReadAllowance } from '../limits/read-allowance.ts';
import type { Authority } from '../ports/authority.ts';
import type { ConversationRoom } from '../rooms/room.ts';
import type { Committer } from '../rooms/committer.ts';
import type { People } from '../ports/people.ts';
import type { Platform } from '../ports/platform.ts';
import type { SubmitPolicy } from './submit-policy.ts';
import type { ErasedEntries } from './erased-entries.ts';
import { KnownMembers } from './known-members.ts';
import type { Offered } from './offered.ts';
import type { Answer, Source, SubmitContext } from './submit-context.ts';
import { SubmitWork } from './submit-work.ts';
import { TokenBuckets } from '../limits/token-buckets.ts';

export interface SubmitLimits {
  /** What one author may write in a minute, even all at once. */
  readonly entriesPerMinute: number;
  /** Questions that one author may ask in an hour, even all at once. */
  readonly questionsPerHour: number;
}

/**
 * How many authors an address counts as: a shop, a school or a phone carrier has many people behind one
 * address, and more in its neighbourhood.
 */
const AUTHORS_AT_ADDRESS = 20;
const AUTHORS_NEARBY = 100;
/** One device may carry others' entries. */
const AUTHORS_ON_CONNECTION = 4;
/**
 * How many authors' questions one place may send. Keys are free and the inbox is bounded, so no address
 * may fill it within the hour.
 */
const ASKERS = { connection: 2, address: 5, neighbourhood: 20 };

export interface SubmitPathOptions {
  readonly erased: ErasedEntries;
  readonly reads: ReadAllowance<ConversationRoom>;
  readonly committer: Committer;
  readonly membersOf: People['membersOf'];
  readonly authority: Authority;
  readonly platform: Platform;
  readonly limits: SubmitLimits;
  readonly modeOf: (space: SpaceId) => SpaceMode | undefined;
}

/** What may wait to be judged, before the relay answers `later` to those who have most of it there. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;
/** Of a submit beside its entries. */
const WORK_BYTES = 4_000;
const BUSY_MS = 2_000;
/** Of conversations whose question was put off. They are remembered so that what follows is put off too. */
const MOST_POSTPONED_BYTES = 4 * 1024 * 1024;
/** An entry counts once for each such piece that it begins: a long text or unread bytes are more to keep. */
const PIECE_BYTES = 2_048;
const ASK = kinds.named('ask').code;

export class SubmitPath implements SubmitContext {
  readonly options: SubmitPathOptions;
  /** Asked about each entry, in this order. */
  policies: readonly SubmitPolicy[] = [];
  readonly erased: ErasedEntries;
  readonly members: KnownMembers;
  readonly authors: TokenBuckets;
  /** Questions by author. */
  readonly asks: TokenBuckets;
  readonly #asksOn: Readonly<Record<keyof typeof ASKERS, TokenBuckets>>;
  readonly #connections: TokenBuckets;
  readonly #addresses: TokenBuckets;
  readonly #neighbourhoods: TokenBuckets;
  readonly #postponed = new FairMemory<true>({ mostBytes: MOST_POSTPONED_BYTES });
  readonly #waiting = new FairShare({ mostBytes: MOST_WAITING_BYTES });

  constructor(options: SubmitPathOptions) {
    this.options = options;
    this.erased = options.erased;
    this.members = new KnownMembers(options.membersOf);
    const { entriesPerMinute, questionsPerHour } = options.limits;
    const { steady } = options.platform.clock;
    const bucketsOf = (authors: number): TokenBuckets =>
      new TokenBuckets(
        { burst: entriesPerMinute * authors, perSecond: (entriesPerMinute * authors) / 60 },
        steady,
      );
    this.authors = bucketsOf(1);
    const askersOf = (askers: number): TokenBuckets =>
      new TokenBuckets(
        { burst: questionsPerHour * askers, perSecond: (questionsPerHour * askers) / 3_600 },
        steady,
      );
    this.asks = askersOf(1);
    this.#asksOn = {
      connection: askersOf(ASKERS.connection),
      address: askersOf(ASKERS.address),
      neighbourhood: askersOf(ASKERS.neighbourhood),
    };
    this.#connections = bucketsOf(AUTHORS_ON_CONNECTION);
    this.#addresses = bucketsOf(AUTHORS_AT_ADDRESS);
    this.#neighbourhoods = bucketsOf(AUTHORS_NEARBY);
  }

  /** Takes entries. `answer` is called once, when every entry has an outcome. */
  submit(
    entries: readonly Uint8Array[],
    source: Source,
    answer: (answers: Answer[]) => void,
  ): void {
    this.#take(
      entries.map((bytes) => ({ bytes })),
      source,
      answer,
    );
  }

  /** Takes rows that a device kept and this relay lost. With a valid receipt, they keep their place. */
  offer(rows: readonly Uint8Array[], source: Source, answer: (answers: Answer[]) => void): void {
    const offered: Offered[] = [];
    for (const bytes of rows) {
      const row = decodeRow(bytes.slice());
      if (row.type === 'entry') offered.push({ bytes: row.entry, row });
    }
    this.#take(offered, source, answer);
  }

  /**
   * Whether a conversation's question was put off: then what follows must wait too, and must not be
   * refused.
   */
  isPostponed(id: ConversationId): boolean {
    return this.#postponed.has(id);
  }

  postpone(id: ConversationId, source: Source): void {
    this.#postponed.set(id, true, sourcePath(source));
  }

  settled(id: ConversationId): void {
    this.#postponed.delete(id);
  }

  #take(offered: readonly Offered[], source: Source, answer: (answers: Answer[]) => void): void {
    const taken: Offered[] = [];
    const bytes = offered.reduce((sum, item) => sum + item.bytes.length, WORK_BYTES);
    const leave = this.#waiting.take(sourcePath(source), bytes);
    let waitMs = leave ? 0 : BUSY_MS;
    for (const item of offered) {
      // Once one must wait, all that follow must wait too: this keeps their order.
      waitMs ||= this.#charge(source, pieces(item.bytes));
      if (waitMs > 0) break;
      taken.push(item);
    }
    const late = offered.slice(taken.length).map(({ bytes }): Answer => {
      if (bytes[1] === ASK)
        this.postpone(bytesToText(bytes.subarray(2, 18)) as ConversationId, source);
      return { id: this.idOf(bytes), outcome: { type: 'later', afterMs: waitMs } };
    });
    if (taken.length === 0) {
      leave?.();
      if (late.length > 0) answer(late);
      return;
    }
    this.options.committer.add(
      new SubmitWork(this, taken, source, (answers) => {
        leave?.();
        answer([...answers, ...late]);
      }),
    );
  }

  /** Charges a question to its author and to where it comes from: 0, or ms to wait. */
  chargeAsk({ connection, address }: Source, author: DeviceKey): number {
    const { narrow, wide } = addressNames(address);
    return (
      this.asks.take(author) ||
      this.#asksOn.connection.take(connection) ||
      this.#asksOn.address.take(narrow) ||
      this.#asksOn.neighbourhood.take(wide)
    );
  }

  /** Charges an author, who is proved, for an entry: 0, or ms to wait. */
  chargeAuthor(author: DeviceKey, bytes: Uint8Array): number {
    return this.authors.take(author, pieces(bytes));
  }

  #charge({ connection, address }: Source, cost: number): number {
    const { narrow, wide } = addressNames(address);
    // From the inside out: whoever has used up their own share takes nothing of what others share.
    return (
      this.#connections.take(connection, cost) ||
      this.#addresses.take(narrow, cost) ||
      this.#neighbourhoods.take(wide, cost)
    );
  }

  /** The id of an entry, from bytes that claim to be one. */
  idOf(bytes: Uint8Array): EntryId {
    return entryIdOf(bytes, this.options.authority.fingerprint);
  }
}

const pieces = (bytes: Uint8Array): number => Math.max(1, Math.ceil(bytes.length / PIECE_BYTES));
