/** A page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Ask for what comes `after` it; null at the end. */
  readonly next: string | null;
}

/**
 * The page of `items` after a key. Changes between pages do no harm: deleted items are skipped, and
 * nothing comes twice.
 * @param keyOf the key that the list is sorted by; each key occurs once
 */
export function pageAfter<Item>(
  items: readonly Item[],
  { after, most }: { readonly after?: string | undefined; readonly most: number },
  keyOf: (item: Item) => string,
  order: 'ascending' | 'descending' = 'ascending',
): Page<Item> {
  const sign = order === 'ascending' ? 1 : -1;
  const keyed = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || sign * compare(key, after) > 0)
    .sort((one, other) => sign * compare(one.key, other.key));
  const page = keyed.slice(0, most);
  return {
    items: page.map(({ item }) => item),
    next: keyed.length > page.length ? (page.at(-1)?.key ?? null) : null,
  };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** A time as text that sorts in the order of time. */
export const timeKey = (at: number): string => String(Math.max(0, at)).padStart(15, '0');

/** A name as people look for it: without accents or case. */
export const nameKey = (name: string): string =>
  name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
