/** Rights in the office in memory. */
import type { OfficeRight } from '../../../../shared/api/route/office-right.ts';
import type { MemberId } from '../../../../shared/ids.ts';
import type { Merge } from '../../../core/ports/people.ts';
import type { Sync } from '../../../core/ports/port.ts';
import {
  type RightStorage,
  type StoredRight,
  spacesOfBoth,
} from '../../../features/office-rights/rights-storage.ts';
import { compareText } from '../tables/page-of.ts';
import type { Table, Tables } from '../tables/table.ts';

const keyOf = (member: MemberId, right: OfficeRight): string => `${member} ${right}`;

export class MemoryRights implements Sync<RightStorage> {
  readonly #rights: Table<string, StoredRight>;
  readonly #knownAs: (member: MemberId) => MemberId;

  constructor(tables: Tables, knownAs: (member: MemberId) => MemberId) {
    this.#rights = tables.make();
    this.#knownAs = knownAs;
  }

  rights(): readonly StoredRight[] {
    return this.#rights
      .values()
      .toSorted((a, b) => compareText(a.member, b.member) || compareText(a.right, b.right));
  }

  putRight(right: StoredRight): void {
    const member = this.#knownAs(right.member);
    this.#rights.set(keyOf(member, right.right), { ...right, member });
  }

  dropRight(member: MemberId, right: OfficeRight): boolean {
    return this.#rights.delete(keyOf(member, right));
  }

  dropRightsOf(member: MemberId): void {
    for (const held of this.rights())
      if (held.member === member) this.dropRight(member, held.right);
  }

  /** What a merged member held is the other one's now. */
  moved({ from, to }: Merge): void {
    for (const held of this.rights()) {
      if (held.member !== from) continue;
      const theirs = this.#rights.get(keyOf(to, held.right));
      const spaces = theirs ? spacesOfBoth(held.spaces, theirs.spaces) : held.spaces;
      this.#rights.set(keyOf(to, held.right), { ...held, member: to, spaces });
    }
    this.dropRightsOf(from);
  }
}
