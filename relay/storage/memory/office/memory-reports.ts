/** Reported and hidden messages in memory. */
import type { KeyedPage, PageRequest } from '../../../../shared/api/route/page.ts';
import type { EntryId, MemberId, SpaceId } from '../../../../shared/ids.ts';
import type { Decider } from '../../../core/ports/decisions.ts';
import type { Merge } from '../../../core/ports/people.ts';
import type { Sync } from '../../../core/ports/port.ts';
import {
  type ReportCase,
  type ReportStorage,
  placeOfCase,
} from '../../../features/reports/reports-storage.ts';
import { compareText, pageOf } from '../tables/page-of.ts';
import type { Table, Tables } from '../tables/table.ts';

interface Counted {
  readonly by: Decider;
  readonly space: SpaceId;
  readonly at: number;
}

export class MemoryReports implements Sync<ReportStorage> {
  readonly #cases: Table<EntryId, ReportCase>;
  readonly #hides: Table<number, Counted>;
  readonly #first: Table<MemberId, number>;
  #next = 0;

  constructor(tables: Tables) {
    this.#cases = tables.make();
    this.#hides = tables.make();
    this.#first = tables.make();
  }

  putCase(one: ReportCase): void {
    this.#cases.set(one.target, one);
  }

  endCase(target: EntryId): void {
    const one = this.#cases.get(target);
    if (one?.waits)
      this.#cases.set(target, { ...one, state: 'gone', waits: false, version: one.version + 1 });
  }

  reportCase(target: EntryId): ReportCase | undefined {
    return this.#cases.get(target);
  }

  waitingCases(
    spaces: readonly SpaceId[],
    page: PageRequest<number>,
  ): KeyedPage<ReportCase, number> {
    const waiting = this.#cases
      .values()
      .filter(({ waits, space }) => waits && (spaces.length === 0 || spaces.includes(space)));
    return pageOf(waiting, page, placeOfCase);
  }

  casesHiddenBy(by: MemberId, most: number): readonly ReportCase[] {
    return this.#cases
      .values()
      .filter((one) => one.state === 'hidden' && one.by === by)
      .toSorted((a, b) => b.decided - a.decided || compareText(a.target, b.target))
      .slice(0, most);
  }

  hidesSince(by: Decider, space: SpaceId, since: number): number {
    return this.#hides
      .values()
      .filter((one) => one.by === by && one.space === space && one.at > since).length;
  }

  countHide(by: Decider, space: SpaceId, at: number): void {
    this.#hides.set(this.#next++, { by, space, at });
  }

  forgetHides(before: number): void {
    for (const [key, { at }] of this.#hides.entries()) if (at < before) this.#hides.delete(key);
  }

  wroteFirst(member: MemberId, at: number): void {
    if (this.#first.get(member) === undefined) this.#first.set(member, at);
  }

  firstWrote(members: readonly MemberId[]): ReadonlyMap<MemberId, number> {
    const found = members.map((member) => [member, this.#first.get(member)] as const);
    return new Map(found.filter((one): one is [MemberId, number] => one[1] !== undefined));
  }

  /** What a merged member wrote is the other's. */
  moved({ from, to }: Merge): void {
    for (const one of this.#cases.values())
      if (one.author === from) this.#cases.set(one.target, { ...one, author: to });
    const at = this.#first.get(from);
    if (at !== undefined) this.#first.set(to, Math.min(at, this.#first.get(to) ?? at));
  }
}
