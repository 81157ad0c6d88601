/** Pages of lists: each is read from where the one before ended, and holds no more than was asked for. */

/** A page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Ask for what comes `after` it; null at the end. */
  readonly next: string | null;
}

/** Where an item stands in a list: by a time or a name, and by its id among equals. */
export interface PageKey<By extends string | number> {
  readonly by: By;
  readonly id: string;
}

/** Which page of a list is wanted. */
export interface PageRequest<By extends string | number> {
  /** The last item of the page before. Changes between pages do no harm: nothing comes twice. */
  readonly after?: PageKey<By> | undefined;
  readonly most: number;
}

/** A page as storage reads it. */
export interface KeyedPage<Item, By extends string | number> {
  readonly items: readonly Item[];
  /** Null at the end. */
  readonly next: PageKey<By> | null;
}

/** The page of what was found. One more item than it holds says that there is another page. */
export function pageOfFound<Item, By extends string | number>(
  found: readonly Item[],
  most: number,
  keyOf: (item: Item) => PageKey<By>,
): KeyedPage<Item, By> {
  const items = found.slice(0, most);
  const last = items.at(-1);
  return { items, next: found.length > most && last ? keyOf(last) : null };
}

/** The most of a page. */
const WHOLE_PAGE = 100;

/** A whole list, a page after the other. */
export async function wholeList<Item, By extends string | number>(
  read: (page: PageRequest<By>) => Promise<KeyedPage<Item, By>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let after: PageKey<By> | null | undefined;
  while (after !== null) {
    const page = await read({ after, most: WHOLE_PAGE });
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

/** The page after a key of a list that is in memory anyway. */
export function pageAfter<Item>(
  items: readonly Item[],
  { after, most }: { readonly after?: string | undefined; readonly most: number },
  keyOf: (item: Item) => string,
): Page<Item> {
  const keyed = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const page = keyed.slice(0, most);
  return {
    items: page.map(({ item }) => item),
    next: keyed.length > page.length ? (page.at(-1)?.key ?? null) : null,
  };
}

/** A key in a list by time, as the text that `next` is. */
export const timeKeyText = ({ by, id }: PageKey<number>): string => `${by}.${id}`;

/** @throws {Error} if it is no such text. */
export function parseTimeKey(text: string): PageKey<number> {
  const [, by, id = ''] = /^(\d{1,15})\.(.*)$/s.exec(text) ?? [];
  if (by === undefined) throw new Error('no time');
  return { by: Number(by), id };
}

/** A key in a list by name, as the text that `next` is. */
export const nameKeyText = ({ by, id }: PageKey<string>): string => `${by}\n${id}`;

/** @throws {Error} if it is no such text. */
export function parseNameKey(text: string): PageKey<string> {
  const end = text.lastIndexOf('\n');
  if (end < 0) throw new Error('no name');
  return { by: text.slice(0, end), id: text.slice(end + 1) };
}

/** A name as people look for it, without accents or case. It is stored: whoever changes this must store it anew. */
export const nameKey = (name: string): string =>
  name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
