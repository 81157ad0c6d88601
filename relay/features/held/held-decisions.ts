/**
 * What a person decides about what waits: one decision after the other, so that two people never decide the same
 * unknowingly. Each is written with its effect and its line of the audit, and told to the author at once.
 */
import type { ActLine } from '../../../shared/api/route/act.ts';
import { kinds } from '../../../shared/entry/kinds.ts';
import type { EntryId, MemberId } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import { actWrite } from '../../core/audit/acts.ts';
import type { HeldEntry, HeldStorage } from '../../core/held/held-storage.ts';
import { type Holdings, WITH_QUESTION, heldWrite } from '../../core/held/holding.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DecisionBook } from '../../core/ports/decision-book.ts';
import { type Decider, type IsLastManager, canAnother } from '../../core/ports/decisions.ts';
import type { Batch } from '../../core/rooms/batch.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { ConversationRoom } from '../../core/rooms/room.ts';
import { numberHeld } from '../../core/submit/number-held.ts';
import type { Answer, SubmitContext } from '../../core/submit/submit-context.ts';
import { Turns } from '../members/turns.ts';

/** How long the bytes of what was refused are there for an appeal. */
const KEPT_DAYS = 14;
const KEPT_MS = KEPT_DAYS * 86_400_000;
const LOCKED_MS = 2 * 60_000;
const ASK = kinds.named('ask').code;

export interface HeldDecisionsOptions {
  readonly storage: HeldStorage;
  readonly holdings: Holdings;
  readonly committer: Pick<Committer, 'write'>;
  readonly path: Pick<SubmitContext, 'options' | 'members' | 'policies'>;
  readonly decisions: DecisionBook;
  readonly isLastManager: IsLastManager;
  readonly clock: Pick<Clock, 'now'>;
  /** Answers a member's devices once more. */
  readonly answer: (member: MemberId, answers: readonly Answer[]) => void;
}

/** Who asks for what, about what they saw. */
export interface Asked {
  readonly id: EntryId;
  /** Of the version they saw. */
  readonly version: number;
  readonly by: Decider;
  readonly line: ActLine | null;
}

export type Decided =
  | { readonly type: 'done'; readonly outcomes: readonly Answer[] }
  /** Somebody else has it, or changed it since. @param by null: nobody */
  | { readonly type: 'conflict'; readonly by: Decider | null }
  /** It waits no more. */
  | { readonly type: 'gone' }
  /** It is their own, and somebody else can decide. */
  | { readonly type: 'own' }
  | Unready;

/** Why it cannot be decided yet. */
export type Unready =
  /** Its question waits, and comes first. */
  | { readonly type: 'question-first' }
  /** Its author changed at that moment: it may be tried again. */
  | { readonly type: 'later' };

type Done = Extract<Decided, { readonly type: 'done' }>;
type Gone = Extract<Decided, { readonly type: 'gone' }>;

export interface Refusing {
  readonly what: 'refused' | 'change-asked';
  readonly reason: string;
  /** Its bytes go at once. */
  readonly erase: boolean;
}

export class HeldDecisions {
  readonly #options: HeldDecisionsOptions;
  readonly #turns = new Turns();

  constructor(options: HeldDecisionsOptions) {
    this.#options = options;
  }

  /** Does something between two decisions. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(work);
  }

  /** Nobody else decides for two minutes. */
  lock(asked: Asked, isOn: boolean): Promise<Decided | { type: 'locked'; until: number }> {
    return this.#turns.take(async () => {
      const { storage, clock, committer } = this.#options;
      const entry = await storage.heldEntry(asked.id);
      const no = await this.#refusal(entry, asked);
      if (no) return no;
      const until = isOn ? clock.now() + LOCKED_MS : 0;
      await committer.write(
        async () => {},
        (batch) => batch.write(heldWrite('lockHeld', asked.id, isOn ? asked.by : null, until)),
      );
      return { type: 'locked', until };
    });
  }

  /** Publishes it, and with a question what waits only for that. */
  approve(asked: Asked): Promise<Decided> {
    return this.#decide(asked, (batch, room, entry, with_) =>
      this.#publish(batch, room, [entry, ...with_], asked.by),
    );
  }

  /** Nobody ever reads it, nor what waits with it. */
  refuse(asked: Asked, { what, reason, erase }: Refusing): Promise<Decided> {
    return this.#decide(asked, (batch, room, entry, with_) => {
      const { holdings, clock } = this.#options;
      const until = erase ? null : clock.now() + KEPT_MS;
      return [entry, ...with_].map((one): Answer => {
        holdings.refuse(batch, room, one.id, until);
        this.#tell(batch, one, { what, reason, by: asked.by });
        return { id: one.id, outcome: { type: 'refused', code: 'moderated' } };
      });
    });
  }

  /** Publishes what waits, or was refused and is kept, for an appeal. `gone`: its bytes are. */
  publishAgain(
    id: EntryId,
    by: Decider,
    also: (batch: Batch) => void,
  ): Promise<Done | Gone | Unready> {
    return this.#turns.take(async () => {
      const entry = await this.#options.storage.heldEntry(id);
      if (!entry) return { type: 'gone' };
      return this.#write(entry, (batch, room, own, with_) => {
        also(batch);
        return this.#publish(batch, room, [own, ...with_], by);
      });
    });
  }

  #decide(asked: Asked, act: Act): Promise<Decided> {
    return this.#turns.take(async () => {
      const entry = await this.#options.storage.heldEntry(asked.id);
      const no = await this.#refusal(entry, asked);
      if (no || !entry) return no ?? { type: 'gone' };
      return this.#write(entry, (batch, room, own, with_) => {
        if (asked.line) batch.write(actWrite(asked.line));
        return act(batch, room, own, with_);
      });
    });
  }

  async #write(entry: HeldEntry, act: Act): Promise<Done | Gone | Unready> {
    const { storage, holdings, committer, path, answer } = this.#options;
    let done = { type: 'later' } as Done | Gone | Unready;
    await committer.write(
      async (rooms) => {
        await holdings.book.ready();
        const all = await storage.heldWith(entry.conversation);
        const devices = [...new Set([entry, ...all].map(({ device }) => device))];
        const [room] = await Promise.all([
          rooms.conversation(entry.conversation),
          path.members.load(devices),
        ]);
        return { room, all, devices };
      },
      (batch, { room, all, devices }) => {
        const isThere = entry.state === 'refused' || holdings.book.get(entry.id) !== undefined;
        if (!isThere) return void (done = { type: 'gone' });
        if (!holdings.book.isReady || devices.some((key) => path.members.get(key) === undefined))
          return void (done = { type: 'later' });
        const question = holdings.book.question(entry.conversation);
        if (question && question.id !== entry.id) return void (done = { type: 'question-first' });
        const waiting = all.filter(({ id }) => id !== entry.id && holdings.book.get(id));
        const with_ = entry.kind === ASK ? waiting : [];
        done = { type: 'done', outcomes: act(batch, room, entry, with_) };
      },
    );
    if (done.type === 'done') answer(entry.member, done.outcomes);
    return done;
  }

  /** In their order: each is judged by what is there by then. What has a rule of its own goes on waiting. */
  #publish(
    batch: Batch,
    room: ConversationRoom,
    entries: readonly HeldEntry[],
    by: Decider,
  ): Answer[] {
    const [first, ...rest] = entries;
    if (!first) return [];
    const outcome = this.#publishOne(batch, room, first, by);
    const answers = [{ id: first.id, outcome }];
    // Without its question nothing else of it can be.
    const isOut = first.kind === ASK && outcome.type !== 'durable';
    for (const entry of rest) {
      if (!isOut && entry.rule !== WITH_QUESTION.rule) continue;
      answers.push({ id: entry.id, outcome: this.#publishOne(batch, room, entry, by) });
    }
    return answers;
  }

  #publishOne(batch: Batch, room: ConversationRoom, entry: HeldEntry, by: Decider): Outcome {
    const { holdings, path, clock } = this.#options;
    const outcome = numberHeld(path, batch, room, entry);
    if (outcome.type === 'durable') {
      holdings.release(batch, room, entry.id);
      this.#tell(batch, entry, { what: 'approved', reason: '', by });
      return outcome;
    }
    const code = outcome.type === 'refused' ? outcome.code : outcome.type;
    holdings.refuse(batch, room, entry.id, clock.now() + KEPT_MS);
    this.#tell(batch, { ...entry, code }, { what: 'refused', reason: '', by });
    return outcome;
  }

  #tell(batch: Batch, entry: HeldEntry, { what, reason, by }: Telling): void {
    const { id, conversation, space, member, code, rule } = entry;
    const about = { id, conversation, space, member, code, rule };
    this.#options.decisions.decide(batch, { ...about, what, reason, by });
  }

  /** Why whoever asks may not change it now; null if they may. */
  async #refusal(
    entry: HeldEntry | undefined,
    { by, version }: Asked,
  ): Promise<Exclude<Decided, Done> | null> {
    if (entry?.state !== 'held') return { type: 'gone' };
    const { clock, isLastManager } = this.#options;
    if (entry.member === by && (await canAnother(by, isLastManager))) return { type: 'own' };
    const isLocked = entry.lockedBy !== null && entry.lockedUntil > clock.now();
    if (isLocked && entry.lockedBy !== by) return { type: 'conflict', by: entry.lockedBy };
    if (entry.version !== version) return { type: 'conflict', by: entry.lockedBy };
    return null;
  }
}

interface Telling {
  readonly what: 'approved' | 'refused' | 'change-asked';
  readonly reason: string;
  readonly by: Decider;
}

/** @param with_ what waits with a question */
type Act = (
  batch: Batch,
  room: ConversationRoom,
  entry: HeldEntry,
  with_: readonly HeldEntry[],
) => Answer[];
