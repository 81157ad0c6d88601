/**
 * Hides messages and shows them again: the relay's own row, and the target's row out of its room or back in its
 * place, with what is known of the case and what its author is told, all in one batch.
 */
import type { HiddenQuestion } from '../../../shared/entry/schema/field.ts';
import type { HideCause } from '../../../shared/entry/hide-cause.ts';
import { type Entry, contentOf, decodeEntry } from '../../../shared/entry/entry.ts';
import { type EntryRow, decodeRow } from '../../../shared/conversation/row.ts';
import type { Fact } from '../../../shared/conversation/fact.ts';
import type { ConversationId, EntryId, MemberId } from '../../../shared/ids.ts';
import type { HiddenStorage } from '../../core/hidden/hidden-storage.ts';
import type { BookEntry } from '../../core/ports/book-storage.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DecisionBook } from '../../core/ports/decision-book.ts';
import type { Decider } from '../../core/ports/decisions.ts';
import { writesOf } from '../../core/ports/port.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';
import type { Batch, NewEntry } from '../../core/rooms/batch.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { ConversationRoom } from '../../core/rooms/room.ts';
import type { Rooms } from '../../core/rooms/room-cache.ts';
import type { RelayActs, SignedAct } from '../../core/submit/relay-acts.ts';
import type { ReportCase, ReportStorage, reportOps } from './reports-storage.ts';

export interface HidingOptions {
  readonly storage: ReportStorage;
  readonly hidden: Pick<HiddenStorage, 'hiddenEntry'>;
  readonly rooms: Pick<RoomStorage, 'range'>;
  readonly committer: Committer;
  readonly acts: RelayActs;
  readonly decisions: DecisionBook;
  readonly fingerprint: Parameters<typeof decodeEntry>[1];
  readonly clock: Pick<Clock, 'now'>;
}

/** Who decides, and what the author is told. */
export interface Verdict {
  readonly by: Decider;
  readonly code: string;
  readonly reason: string;
  /** For the office alone. */
  readonly rule: string;
  /** Whether somebody has still to look at it. */
  readonly waits: boolean;
}

export interface Hide extends Verdict {
  readonly cause: HideCause;
}

/** A message that may be hidden, as it was found. */
export interface Seen {
  readonly room: ConversationRoom;
  readonly fact: Fact;
  readonly bytes: Uint8Array;
  readonly act: SignedAct<'hide'>;
}

/** A hidden one. */
export interface Unseen {
  readonly room: ConversationRoom;
  readonly row: EntryRow;
  readonly entry: Entry;
  readonly act: SignedAct<'unhide'>;
}

export const reportWrite = writesOf<ReportStorage, typeof reportOps>('reports');

export class Hiding {
  readonly #options: HidingOptions;

  constructor(options: HidingOptions) {
    this.#options = options;
  }

  /** What `hide` needs; null when there is no such message in the room. */
  async find(
    rooms: Rooms,
    id: ConversationId,
    target: EntryId,
    cause: HideCause,
  ): Promise<Seen | null> {
    const { acts, rooms: storage } = this.#options;
    const room = await rooms.conversation(id);
    const fact = room.state.fact(target);
    if (fact?.effect?.says === undefined) return null;
    const { rows } = await storage.range(room.name, fact.seq, 1);
    const row = rows.find(({ seq }) => seq === fact.seq);
    // It is numbered in memory, and on its way to the disk: whoever asks tries again.
    if (!row) throw new Error('the message is not on disk yet');
    const question = questionOf(fact);
    const content = { kind: 'hide', target, cause, ...(question && { question }) } as const;
    return { room, fact, bytes: row.bytes, act: await acts.sign(id, content) };
  }

  /** Whether it could: it may be gone by now. */
  hide(
    batch: Batch,
    { room, fact, bytes, act }: Seen,
    before: ReportCase,
    hide: Hide,
  ): ReportCase | null {
    const { acts, decisions, clock } = this.#options;
    const { id: target, place } = fact;
    if (room.state.fact(target)?.seq !== fact.seq) return null;
    acts.append(batch, room, act, place);
    batch.hide(room, target, bytes);
    const { by, cause, waits } = hide;
    const decided = clock.now();
    const after = { ...before, state: 'hidden', waits, cause, by, decided } as const;
    batch.write(reportWrite('countHide', by, before.space, decided));
    decisions.decide(batch, { ...aboutOf(before), ...told(hide), what: 'hidden' });
    return this.put(batch, after);
  }

  /** Whose a hidden message is; undefined if it is not hidden. */
  async authorOf(target: EntryId): Promise<MemberId | undefined> {
    const kept = await this.#options.hidden.hiddenEntry(target);
    const row = kept && decodeRow(kept.bytes);
    return row?.type === 'entry' ? row.verdict.member : undefined;
  }

  /** What `unhide` needs; null when there is nothing to show again. */
  async findHidden(rooms: Rooms, id: ConversationId, target: EntryId): Promise<Unseen | null> {
    const { acts, hidden, fingerprint } = this.#options;
    const room = await rooms.conversation(id);
    const kept = await hidden.hiddenEntry(target);
    if (kept?.conversation !== id) return null;
    const row = decodeRow(kept.bytes);
    if (row.type !== 'entry') return null;
    const entry = decodeEntry(row.entry, fingerprint);
    return { room, row, entry, act: await acts.sign(id, { kind: 'unhide', target }) };
  }

  /** Whether it could: it may be gone by now, or shown again. */
  unhide(
    batch: Batch,
    { room, row, entry, act }: Unseen,
    before: ReportCase,
    verdict: Verdict,
  ): ReportCase | null {
    const { acts, decisions } = this.#options;
    const { state } = room;
    if (state.fact(entry.id) || state.isWithdrawn(entry.id)) return null;
    acts.append(batch, room, act);
    const kept: NewEntry = { entry, content: contentOf(entry), rowAt: (seq) => ({ ...row, seq }) };
    batch.unhide(room, kept);
    decisions.decide(batch, { ...aboutOf(before), ...told(verdict), what: 'unhidden' });
    return this.keep(batch, before, verdict);
  }

  /** Somebody decided that it may be seen: reports never hide it by themselves again. */
  keep(batch: Batch, before: ReportCase, { by, waits }: Verdict): ReportCase {
    const decided = this.#options.clock.now();
    return this.put(batch, { ...before, state: 'kept', waits, by, decided });
  }

  /** Keeps what a case is now. */
  put(batch: Batch, one: ReportCase): ReportCase {
    const after = { ...one, version: one.version + 1 };
    batch.write(reportWrite('putCase', after));
    return after;
  }

  /** Tells those who reported a message what came of it: a decision about their report. */
  tellReporters(batch: Batch, one: ReportCase, reports: readonly BookEntry[], by: Decider): void {
    const what = one.state === 'hidden' ? 'hidden' : 'unhidden';
    for (const { id, member, conversation } of reports) {
      const about = { id, member, conversation, space: one.space };
      this.#options.decisions.decide(batch, { ...about, what, code: 'report', by });
    }
  }
}

const aboutOf = ({ target: id, conversation, space, author: member }: ReportCase) => ({
  id,
  conversation,
  space,
  member,
});

const told = ({ by, code, reason, rule }: Verdict) => ({ by, code, reason, rule });

/** What is left of a message while it is hidden, if it is the question. */
function questionOf({ effect, author, mode, received, time }: Fact): HiddenQuestion | undefined {
  const asks = effect?.asks;
  if (!asks) return undefined;
  const { space, lang } = asks;
  return { ...author, mode, received, time, space, lang };
}
