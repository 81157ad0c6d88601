/** What the brand's people decide about messages: hidden or shown, in one step, once. */
import { HideCause } from '../../../shared/entry/hide-cause.ts';
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { ConversationId, EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import { parseRoom } from '../../../shared/protocol/rooms.ts';
import { actWrite } from '../../core/audit/acts.ts';
import type { HiddenStorage } from '../../core/hidden/hidden-storage.ts';
import type { BookEntry } from '../../core/ports/book-storage.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { type Decider, type IsLastManager, canAnother } from '../../core/ports/decisions.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';
import type { Batch } from '../../core/rooms/batch.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { ConversationRoom } from '../../core/rooms/room.ts';
import type { Rooms } from '../../core/rooms/room-cache.ts';
import type { Hiding, Verdict } from './hiding.ts';
import type { ReportCase, ReportStorage } from './reports-storage.ts';
import { MOST_BY_GUARDIAN } from './weigh-reports.ts';

export interface OfficeReportsOptions {
  readonly hiding: Hiding;
  readonly storage: ReportStorage;
  readonly hidden: Pick<HiddenStorage, 'hiddenEntry'>;
  readonly rooms: Pick<RoomStorage, 'fates'>;
  readonly committer: Committer;
  readonly clock: Pick<Clock, 'now'>;
  readonly isLastManager: IsLastManager;
  readonly reportsOf: (target: EntryId) => Promise<readonly BookEntry[]>;
}

export interface Deciding {
  readonly by: Decider;
  /** Whether they are a guardian: bounded, and never about what a manager has looked at. @default no */
  readonly guardian?: boolean;
  /** Whether they may decide in a space. @default in all */
  readonly isTheirs?: (space: SpaceId) => boolean;
  /** For the author, in a person's words. */
  readonly reason: string;
  /** The case as whoever decides has seen it. @default whatever it is */
  readonly version?: number | undefined;
  /** Written with it. */
  readonly also?: ((batch: Batch) => void) | undefined;
  /** For the audit. */
  readonly line?: ActLine | undefined;
}

export type Decided =
  | { readonly type: 'done'; readonly one: ReportCase }
  /** There is no such message, or nothing to decide about it. */
  | { readonly type: 'none' }
  /** Not where whoever asks may decide. */
  | { readonly type: 'elsewhere' }
  /** The words are their own, and somebody else can decide. */
  | { readonly type: 'own' }
  /** They have hidden too many within the hour. */
  | { readonly type: 'too-many' }
  /** A manager has looked at it, and a guardian asks. */
  | { readonly type: 'decided'; readonly one: ReportCase }
  /** Somebody has decided meanwhile. */
  | { readonly type: 'other'; readonly one: ReportCase };

const NONE: Decided = { type: 'none' };
const MOST_UNDONE = 500;
const HOUR_MS = 3_600_000;

/** A message, and what is known of it. */
interface Look {
  readonly room: ConversationRoom;
  readonly before: ReportCase;
  readonly reports: readonly BookEntry[];
  /** How many whoever decides has hidden there within the hour. */
  readonly hidden: number;
  /** Whether the words are theirs, and somebody else can decide. */
  readonly isOwn: boolean;
}

export class OfficeReports {
  readonly #options: OfficeReportsOptions;

  constructor(options: OfficeReportsOptions) {
    this.#options = options;
  }

  /** Hides a message, or says that one that is hidden stays so. */
  hide(target: EntryId, deciding: Deciding): Promise<Decided> {
    const { hiding } = this.#options;
    const verdict = verdictOf(deciding);
    const cause = deciding.guardian ? HideCause.guardian : HideCause.manager;
    return this.#decide(target, { ...deciding, bounded: true }, async (rooms, id) => {
      const seen = await hiding.find(rooms, id, target, cause);
      return (batch, { before }) => {
        if (seen) return hiding.hide(batch, seen, before, { ...verdict, cause });
        if (before.state !== 'hidden') return null;
        return hiding.put(batch, { ...before, waits: false, by: deciding.by });
      };
    });
  }

  /** Shows a hidden message again, or says that one that was reported may be seen. */
  unhide(target: EntryId, deciding: Deciding): Promise<Decided> {
    const { hiding } = this.#options;
    const verdict = verdictOf(deciding);
    return this.#decide(target, deciding, async (rooms, id) => {
      const unseen = await hiding.findHidden(rooms, id, target);
      return (batch, { room, before }) => {
        if (unseen) return hiding.unhide(batch, unseen, before, verdict);
        // Nobody said anything about it.
        if (before.version === 0) return null;
        if (before.state !== 'open' || !room.state.fact(target)) return null;
        return hiding.keep(batch, before, verdict);
      };
    });
  }

  /** Shows again what somebody has hidden; how many. */
  async unhideAllBy(by: MemberId, deciding: Deciding): Promise<number> {
    const theirs = await this.#options.storage.casesHiddenBy(by, MOST_UNDONE);
    let done = 0;
    // One line says all of it: the first that is shown again carries it.
    let { line } = deciding;
    for (const { target } of theirs) {
      if ((await this.unhide(target, { ...deciding, line })).type !== 'done') continue;
      line = undefined;
      done++;
    }
    return done;
  }

  async #decide(
    target: EntryId,
    {
      by,
      version,
      line,
      also,
      guardian = false,
      isTheirs = () => true,
      bounded = false,
    }: Deciding & {
      readonly bounded?: boolean;
    },
    prepare: (
      rooms: Rooms,
      id: ConversationId,
    ) => Promise<(batch: Batch, look: Look) => ReportCase | null>,
  ): Promise<Decided> {
    const { hiding, committer } = this.#options;
    const id = await this.#conversationOf(target);
    if (id === null) return NONE;
    let decided: Decided = NONE;
    await committer.write(
      async (rooms) => ({
        look: await this.#look(rooms, id, target, by),
        act: await prepare(rooms, id),
      }),
      (batch, { look, act }) => {
        if (!look) return;
        const { before, reports, hidden, isOwn } = look;
        const isReviewed = before.decided > 0 && !before.waits;
        if (!isTheirs(before.space)) decided = { type: 'elsewhere' };
        else if (isOwn) decided = { type: 'own' };
        else if (guardian && isReviewed) decided = { type: 'decided', one: before };
        else if (guardian && bounded && hidden >= MOST_BY_GUARDIAN) decided = { type: 'too-many' };
        if (decided.type !== 'none') return;
        if (version !== undefined && version !== before.version) {
          decided = { type: 'other', one: before };
          return;
        }
        const one = act(batch, look);
        if (!one) return;
        if (one.state !== before.state) hiding.tellReporters(batch, one, reports, by);
        if (line) batch.write(actWrite(line));
        also?.(batch);
        decided = { type: 'done', one };
      },
    );
    return decided;
  }

  async #look(
    rooms: Rooms,
    id: ConversationId,
    target: EntryId,
    by: Decider,
  ): Promise<Look | null> {
    const { storage, reportsOf, clock, hiding } = this.#options;
    const room = await rooms.conversation(id);
    const { space } = room.state;
    const [known, reports] = await Promise.all([storage.reportCase(target), reportsOf(target)]);
    const fact = room.state.fact(target);
    // A start hides what `erased.log` says: a database from before knows no case of it.
    const author = fact?.author.member ?? (await hiding.authorOf(target));
    if (space === null) return null;
    const hidden = await storage.hidesSince(by, space, clock.now() - HOUR_MS);
    const written = room.state.known(known?.author ?? author ?? ('' as MemberId));
    const isOwn = written === by && (await canAnother(by, this.#options.isLastManager));
    if (known) return { room, before: known, reports, hidden, isOwn };
    if (author === undefined) return null;
    const state = fact ? 'open' : 'hidden';
    const nothing = { state, waits: false, reports: 0, cause: 0, by: '' } as const;
    const about = { target, conversation: id, space, author };
    const before = { ...about, ...nothing, decided: 0, since: room.state.lastAt, version: 0 };
    return { room, before, reports, hidden, isOwn };
  }

  async #conversationOf(target: EntryId): Promise<ConversationId | null> {
    const { rooms, hidden } = this.#options;
    const fate = (await rooms.fates([target])).get(target);
    if (fate?.type === 'hidden') return (await hidden.hiddenEntry(target))?.conversation ?? null;
    if (fate?.type !== 'numbered') return null;
    const room = parseRoom(fate.room);
    return room.kind === 'conversation' ? room.id : null;
  }
}

const verdictOf = ({ by, reason, guardian = false }: Deciding): Verdict => ({
  by,
  code: guardian ? 'guardian' : 'manager',
  reason,
  rule: 'office',
  // A manager looks at what a guardian decides.
  waits: guardian,
});
