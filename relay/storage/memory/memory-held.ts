/** Entries that are in no room and may come into one, in memory. */
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import type { ConversationId, EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import {
  type HeldEntry,
  type HeldMark,
  type HeldStorage,
  type NewHeld,
  placeOfHeld,
} from '../../core/held/held-storage.ts';
import type { Decider } from '../../core/ports/decisions.ts';
import type { Merge } from '../../core/ports/people.ts';
import type { Sync } from '../../core/ports/port.ts';
import { compareText, pageOf } from './tables/page-of.ts';
import type { Table, Tables } from './tables/table.ts';

export class MemoryHeld implements Sync<HeldStorage> {
  readonly #held: Table<EntryId, HeldEntry>;
  readonly #knownAs: (member: MemberId) => MemberId;

  constructor(tables: Tables, knownAs: (member: MemberId) => MemberId) {
    this.#held = tables.make();
    this.#knownAs = knownAs;
  }

  putHeld(entry: NewHeld): void {
    if (this.#held.get(entry.id)) return;
    const member = this.#knownAs(entry.member);
    const open = { lockedBy: null, lockedUntil: 0, version: 0, until: 0 };
    this.#held.set(entry.id, { ...entry, member, ...open });
  }

  dropHeld(id: EntryId): void {
    this.#held.delete(id);
  }

  refuseHeld(id: EntryId, until: number): void {
    this.#change(id, { state: 'refused', until, lockedBy: null, lockedUntil: 0 });
  }

  lockHeld(id: EntryId, by: Decider | null, until: number): void {
    this.#change(id, { lockedBy: by, lockedUntil: until });
  }

  heldEntry(id: EntryId): HeldEntry | undefined {
    return this.#held.get(id);
  }

  heldMarks(after: string, most: number): readonly HeldMark[] {
    return this.#waiting()
      .filter(({ id }) => id > after)
      .toSorted((a, b) => compareText(a.id, b.id))
      .slice(0, most)
      .map(markOf);
  }

  heldIn(spaces: readonly SpaceId[], page: PageRequest<number>): KeyedPage<HeldEntry, number> {
    const isIn = ({ space }: HeldEntry): boolean => spaces.length === 0 || spaces.includes(space);
    return pageOf(this.#waiting().filter(isIn), page, placeOfHeld);
  }

  heldWith(conversation: ConversationId): readonly HeldEntry[] {
    return this.#waiting()
      .filter((one) => one.conversation === conversation)
      .toSorted((a, b) => a.since - b.since || compareText(a.id, b.id));
  }

  heldUntil(now: number, most: number): readonly HeldMark[] {
    return this.#held
      .values()
      .filter(({ until }) => until > 0 && until <= now)
      .toSorted((a, b) => a.until - b.until)
      .slice(0, most)
      .map(markOf);
  }

  /** What a merged member wrote passes to the other one. */
  moved({ from, to }: Merge): void {
    for (const one of this.#held.values())
      if (one.member === from) this.#held.set(one.id, { ...one, member: to });
  }

  #waiting(): HeldEntry[] {
    return this.#held.values().filter(({ state }) => state === 'held');
  }

  #change(id: EntryId, change: Partial<HeldEntry>): void {
    const known = this.#held.get(id);
    if (known) this.#held.set(id, { ...known, ...change, version: known.version + 1 });
  }
}

const markOf = (entry: HeldEntry): HeldMark => {
  const { id, conversation, space, member, device, kind, size, rule, since } = entry;
  return { id, conversation, space, member, device, kind, size, rule, since };
};
