/**
 * The path of an entry: limits, decode, erased or duplicate, rules, signature, commit, answer. An entry
 * answered `durable` is on disk.
 */
import { bytesToText } from '../../../shared/bytes.ts';
import { LaterWhy } from '../../../shared/protocol/outcome.ts';
import type { SpaceMode } from '../../../shared/space-mode.ts';
import { decodeRow } from '../../../shared/conversation/row.ts';
import { entryIdOf } from '../../../shared/entry/entry.ts';
import { kinds } from '../../../shared/entry/kinds.ts';
import type { ConversationId, DeviceKey, EntryId, SpaceId } from '../../../shared/ids.ts';
import type { Holdings } from '../held/holding.ts';
import { FairMemory, sourcePath } from '../limits/fair-memory.ts';
import { FairShare } from '../limits/fair-share.ts';
import { Memory } from '../memory/memory.ts';
import { type Shares, SharedRates, type TooMuch } from '../limits/shared-rates.ts';
import type { ReadAllowance } from '../limits/read-allowance.ts';
import type { Authority } from '../ports/authority.ts';
import type { ConversationRoom } from '../rooms/room.ts';
import type { Committer } from '../rooms/committer.ts';
import type { People } from '../ports/people.ts';
import type { Platform } from '../ports/platform.ts';
import type { SubmitPolicy } from './submit-policy.ts';
import type { EntryFates } from './entry-fates.ts';
import { KnownMembers } from './known-members.ts';
import type { Offered } from './offered.ts';
import type { Answer, Later, Source, SubmitContext } from './submit-context.ts';
import { SubmitWork } from './submit-work.ts';
import { type BucketOptions, TokenBuckets } from '../limits/token-buckets.ts';

export interface SubmitLimits {
  /** What one author may write in a minute, even all at once. */
  readonly entriesPerMinute: number;
  /** Questions that one author may ask in an hour, even all at once. */
  readonly questionsPerHour: number;
}

/** How many authors' entries come from one place. One device may carry others' entries. */
const ENTRIES: Shares = { device: 4, address: 20, neighbourhood: 100 };
/**
 * How many authors' questions come from one place. Keys are free and people read each question, so this is less.
 */
const QUESTIONS: Shares = { device: 2, address: 5, neighbourhood: 20 };
/** What a device writes within this part of a minute's entries is little. */
const FEW_ENTRIES = 1 / 4;
/** So are its first questions, its own. */
const FEW_QUESTIONS: BucketOptions = { burst: 2, perSecond: 2 / 3_600 };
/** How many devices' worth of what is little comes from one place. */
const LITTLE = { address: 80, neighbourhood: 400 };
const FIRST_QUESTIONS = { address: 100, neighbourhood: 500 };

export interface SubmitPathOptions {
  readonly fates: EntryFates;
  readonly holdings: Holdings;
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
/** The answer while there is no room for what waits. */
const BUSY: Later = { type: 'later', afterMs: 2_000, why: LaterWhy.relay };
/** Of conversations whose question was put off. They are remembered so that what follows is put off too. */
const MOST_POSTPONED_BYTES = 4 * 1024 * 1024;
/** An entry counts once for each such piece that it begins: a long text or unread bytes are more to keep. */
const PIECE_BYTES = 2_048;
const ASK = kinds.named('ask').code;

export class SubmitPath implements SubmitContext {
  readonly options: SubmitPathOptions;
  /** Asked about each entry, in this order. */
  policies: readonly SubmitPolicy[] = [];
  readonly fates: EntryFates;
  readonly holdings: Holdings;
  readonly members: KnownMembers;
  readonly authors: TokenBuckets;
  /** Questions by author. */
  readonly asks: TokenBuckets;
  readonly #entriesFrom: SharedRates;
  readonly #questionsFrom: SharedRates;
  readonly #postponed: FairMemory<true>;
  readonly #waiting: FairShare;

  constructor(options: SubmitPathOptions) {
    this.options = options;
    this.fates = options.fates;
    this.holdings = options.holdings;
    const { memory = new Memory() } = options.platform;
    this.#postponed = new FairMemory({ mostBytes: MOST_POSTPONED_BYTES, memory });
    this.#waiting = new FairShare({ mostBytes: memory.share(MOST_WAITING_BYTES) });
    this.members = new KnownMembers(options.membersOf, memory);
    const { entriesPerMinute, questionsPerHour } = options.limits;
    const { steady } = options.platform.clock;
    const entries = { burst: entriesPerMinute, perSecond: entriesPerMinute / 60 };
    const questions = { burst: questionsPerHour, perSecond: questionsPerHour / 3_600 };
    const few = {
      burst: Math.max(1, entries.burst * FEW_ENTRIES),
      perSecond: entries.perSecond * FEW_ENTRIES,
    };
    this.authors = new TokenBuckets(entries, steady, memory);
    this.asks = new TokenBuckets(questions, steady, memory);
    this.#entriesFrom = new SharedRates(
      { rate: entries, shares: ENTRIES, little: few, littleShares: LITTLE },
      steady,
      memory,
    );
    this.#questionsFrom = new SharedRates(
      { rate: questions, shares: QUESTIONS, little: FEW_QUESTIONS, littleShares: FIRST_QUESTIONS },
      steady,
      memory,
    );
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
    let late: Later | null = leave ? null : BUSY;
    for (const item of offered) {
      // Once one must wait, all that follow must wait too: this keeps their order.
      late ??= laterOf(this.#entriesFrom.take(source, pieces(item.bytes)));
      if (late) break;
      taken.push(item);
    }
    const outcome = late ?? BUSY;
    const lates = offered.slice(taken.length).map(({ bytes }): Answer => {
      if (bytes[1] === ASK)
        this.postpone(bytesToText(bytes.subarray(2, 18)) as ConversationId, source);
      return { id: this.idOf(bytes), outcome };
    });
    if (taken.length === 0) {
      leave?.();
      if (lates.length > 0) answer(lates);
      return;
    }
    this.options.committer.add(
      new SubmitWork(this, taken, source, (answers) => {
        leave?.();
        answer([...answers, ...lates]);
      }),
    );
  }

  /** Charges a question to its author and to where it comes from. */
  chargeAsk(source: Source, author: DeviceKey): Later | null {
    return (
      laterIn(this.asks.take(author)) ??
      laterOf(this.#questionsFrom.take(source, 1, author === source.connection))
    );
  }

  /** Charges an author, who is proved, for an entry. */
  chargeAuthor(author: DeviceKey, bytes: Uint8Array): Later | null {
    return laterIn(this.authors.take(author, pieces(bytes)));
  }

  /** The id of an entry, from bytes that claim to be one. */
  idOf(bytes: Uint8Array): EntryId {
    return entryIdOf(bytes, this.options.authority.fingerprint);
  }
}

/** @param afterMs 0: not later at all */
const laterIn = (afterMs: number): Later | null =>
  afterMs > 0 ? { type: 'later', afterMs } : null;

function laterOf(tooMuch: TooMuch | null): Later | null {
  if (tooMuch?.of !== 'place') return laterIn(tooMuch?.waitMs ?? 0);
  return { type: 'later', afterMs: tooMuch.waitMs, why: LaterWhy.place };
}

const pieces = (bytes: Uint8Array): number => Math.max(1, Math.ceil(bytes.length / PIECE_BYTES));
