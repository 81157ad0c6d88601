/** Pages of lists in memory, in SQLite's order. */
import {
  type KeyedPage,
  type PageKey,
  type PageRequest,
  pageOfFound,
} from '../../../../shared/api/route/page.ts';

/** The page after a key, of items in any order. */
export function pageOf<Item, By extends string | number>(
  items: readonly Item[],
  { after, most }: PageRequest<By>,
  keyOf: (item: Item) => PageKey<By>,
  order: 'ascending' | 'descending' = 'ascending',
): KeyedPage<Item, By> {
  const sign = order === 'ascending' ? 1 : -1;
  const found = items
    .filter((item) => after === undefined || sign * compareKeys(keyOf(item), after) > 0)
    .toSorted((a, b) => sign * compareKeys(keyOf(a), keyOf(b)))
    .slice(0, most + 1);
  return pageOfFound(found, most, keyOf);
}

function compareKeys<By extends string | number>(a: PageKey<By>, b: PageKey<By>): number {
  const [one, other] = [a.by, b.by];
  const byFirst = typeof one === 'number' ? one - Number(other) : compareText(one, String(other));
  return byFirst || compareText(a.id, b.id);
}

/** SQLite compares texts by their characters, JavaScript by halves of them. */
export function compareText(a: string, b: string): number {
  const [one, other] = [Array.from(a), Array.from(b)];
  const differs = one.findIndex((character, index) => character !== other[index]);
  if (differs < 0) return one.length - other.length;
  return (one[differs]?.codePointAt(0) ?? 0) - (other[differs]?.codePointAt(0) ?? -1);
}
