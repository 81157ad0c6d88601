/** Which messages are hidden: of the rows that hide a message or show it again, the one numbered last says. */
import type { Effect } from '../entry/schema/effect.ts';
import type { EntryId } from '../ids.ts';
import type { Fact } from './fact.ts';

/** What a row hides, or shows again. */
export const hideTarget = ({ hides, unhides }: Effect): EntryId | undefined =>
  hides?.target ?? unhides;

export class Hides {
  readonly #of = new Map<EntryId, Fact[]>();

  /** What hides a message; undefined while it may be seen. */
  by(id: EntryId): Fact | undefined {
    const last = this.#of.get(id)?.at(-1);
    return last?.effect?.hides && last;
  }

  /** Puts in a row that hides `target` or shows it again, or takes it out. */
  set(target: EntryId, fact: Fact, isIn: boolean): void {
    const others = (this.#of.get(target) ?? []).filter(({ id }) => id !== fact.id);
    if (isIn) others.push(fact);
    // Not by place: what hides a message stands where that was.
    if (others.length > 0)
      this.#of.set(
        target,
        others.sort((a, b) => a.seq - b.seq),
      );
    else this.#of.delete(target);
  }
}

/** A question that is hidden: all that is left of it. */
export function standInFor(fact: Fact): Fact | undefined {
  const hides = fact.effect?.hides;
  if (!hides?.question) return undefined;
  const { device, member, role, mode, received, time, space, lang } = hides.question;
  return {
    ...fact,
    id: hides.target,
    received,
    time,
    author: { device, member, role },
    mode,
    bytes: 0,
    effect: { asks: { space, page: { url: '', title: '' }, lang } },
  };
}
