/** Decisions and appeals in memory. */
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import type { DecisionId, EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Decider, MadeDecision } from '../../core/ports/decisions.ts';
import type { Merge } from '../../core/ports/people.ts';
import type { Sync } from '../../core/ports/port.ts';
import {
  type AppealRequest,
  type DecisionStorage,
  MOST_OF_MEMBER,
  type StoredDecision,
  placeOfAppeal,
} from '../../features/decisions/decisions-storage.ts';
import { compareText, pageOf } from './tables/page-of.ts';
import type { Table, Tables } from './tables/table.ts';

export class MemoryDecisions implements Sync<DecisionStorage> {
  readonly #decisions: Table<DecisionId, StoredDecision>;
  readonly #knownAs: (member: MemberId) => MemberId;

  constructor(tables: Tables, knownAs: (member: MemberId) => MemberId) {
    this.#decisions = tables.make();
    this.#knownAs = knownAs;
  }

  addDecision(decision: MadeDecision): void {
    const member = this.#knownAs(decision.member);
    if (!this.#decisions.get(decision.reference)) {
      const kept = { ...decision, member, seen: false, appeal: null };
      this.#decisions.set(decision.reference, kept);
    }
    const theirs = this.#oldestFirst((one) => one.member === member && !isOpen(one));
    for (const { reference } of theirs.slice(0, -MOST_OF_MEMBER)) this.#decisions.delete(reference);
  }

  unseenDecisions(member: MemberId, most: number): readonly StoredDecision[] {
    return this.#oldestFirst((one) => one.member === member && !one.seen).slice(0, most);
  }

  decisionsSeen(member: MemberId, references: readonly DecisionId[]): void {
    for (const reference of references) {
      const known = this.#decisions.get(reference);
      if (known?.member === member) this.#decisions.set(reference, { ...known, seen: true });
    }
  }

  decision(reference: DecisionId): StoredDecision | undefined {
    return this.#decisions.get(reference);
  }

  decisionsAbout(id: EntryId): readonly StoredDecision[] {
    return this.#oldestFirst((one) => one.id === id);
  }

  appealDecision({ reference, member, text, at }: AppealRequest): boolean {
    const known = this.#decisions.get(reference);
    if (known?.member !== member || known.appeal) return false;
    this.#decisions.set(reference, { ...known, appeal: { text, at, by: null } });
    return true;
  }

  openAppeals(
    spaces: readonly SpaceId[],
    page: PageRequest<number>,
  ): KeyedPage<StoredDecision, number> {
    const isIn = ({ space }: StoredDecision): boolean =>
      spaces.length === 0 || (space !== null && spaces.includes(space));
    const open = this.#decisions.values().filter((one) => isOpen(one) && isIn(one));
    return pageOf(open, page, placeOfAppeal);
  }

  closeAppeal(reference: DecisionId, by: Decider): void {
    const known = this.#decisions.get(reference);
    if (known?.appeal)
      this.#decisions.set(reference, { ...known, appeal: { ...known.appeal, by } });
  }

  forgetDecisions(before: number): void {
    for (const one of this.#decisions.values())
      if (one.at < before && !isOpen(one)) this.#decisions.delete(one.reference);
  }

  /** What was decided about a merged member passes to the other one. */
  moved({ from, to }: Merge): void {
    for (const one of this.#decisions.values())
      if (one.member === from) this.#decisions.set(one.reference, { ...one, member: to });
  }

  #oldestFirst(which: (decision: StoredDecision) => boolean): StoredDecision[] {
    return this.#decisions
      .values()
      .filter(which)
      .toSorted((a, b) => a.at - b.at || compareText(a.reference, b.reference));
  }
}

const isOpen = ({ appeal }: StoredDecision): boolean => appeal !== null && appeal.by === null;
