/**
 * Titles of pages without the site's own name: "Plaque BA13 | Bricolux" is "Plaque BA13" where the other
 * pages of that site say "Bricolux" too, or its address does.
 */
import { plainWords } from './plain-words.ts';

interface Page {
  readonly url: string;
  readonly title: string;
}

/** What stands between a page's title and its site's name. */
const BETWEEN = /\s+[|–—·•»-]\s+|\s*[|»]\s*|\s*:\s+/gu;
/** Of a site's titles, so many must share a part that is to be its name. */
const MOST = 0.8;

/** Returns how to title a page, as the pages of its site teach. */
export function pageTitles(pages: Iterable<Page>): (page: Page) => string {
  const sites = new Map<string, Set<string>>();
  for (const { url, title } of pages) {
    const host = hostOf(url);
    const titles = sites.get(host) ?? new Set();
    sites.set(host, titles.add(title));
  }
  const names = new Map<string, ReadonlySet<string>>();
  for (const [host, titles] of sites) names.set(host, namesOf(host, titles));
  return ({ url, title }) => without(title, names.get(hostOf(url)) ?? new Set());
}

/**
 * The same, again and again. Only a page that was never there is learnt from; one that is gone has taught what it
 * could.
 */
export function keptTitles(): (pages: readonly Page[]) => (page: Page) => string {
  const known = new Map<string, Page>();
  let read = new WeakSet<Page>();
  let titleOf = pageTitles([]);
  const isNew = (page: Page): boolean => {
    if (read.has(page)) return false;
    read.add(page);
    const key = keyOf(page);
    return !known.has(key) && known.set(key, page) !== undefined;
  };
  return (pages) => {
    if (pages.filter(isNew).length === 0) return titleOf;
    if (known.size > MOST_PAGES) {
      known.clear();
      read = new WeakSet();
      pages.forEach(isNew);
    }
    const fresh = pageTitles(known.values());
    const titles = new Map<string, string>();
    titleOf = (page) => {
      const key = keyOf(page);
      const title = titles.get(key) ?? fresh(page);
      titles.set(key, title);
      return title;
    };
    return titleOf;
  };
}

/** Those that are gone are forgotten then. */
const MOST_PAGES = 10_000;

const keyOf = ({ url, title }: Page): string => `${url}\n${title}`;

function namesOf(host: string, titles: ReadonlySet<string>): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const title of titles)
    for (const part of new Set(endsOf(title))) counts.set(part, (counts.get(part) ?? 0) + 1);
  const plainHost = plain(host);
  const names = new Set<string>();
  for (const [part, count] of counts) {
    const shared = count > 1 && count >= titles.size * MOST;
    if (shared || (plain(part).length > 2 && plainHost.includes(plain(part)))) names.add(part);
  }
  return names;
}

/** First and last part of a title that has more than one. */
function endsOf(title: string): string[] {
  const parts = title.split(BETWEEN).map((part) => part.trim());
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  return parts.length < 2 ? [] : [first, last].filter((part) => part !== '');
}

function without(title: string, names: ReadonlySet<string>): string {
  if (names.size === 0) return title;
  for (const match of Array.from(title.matchAll(BETWEEN)).toReversed()) {
    const { 0: between, index } = match;
    const before = title.slice(0, index).trim();
    const after = title.slice(index + between.length).trim();
    if (before && names.has(after)) return without(before, names);
    if (after && names.has(before)) return without(after, names);
  }
  return title;
}

/** An inbox asks for the same addresses at each change: reading one costs more than all the rest here. */
const hosts = new Map<string, string>();
const MOST_HOSTS = 2_000;

function hostOf(url: string): string {
  let host = hosts.get(url);
  if (host === undefined) {
    host = URL.canParse(url) ? new URL(url).host : '';
    if (hosts.size >= MOST_HOSTS) hosts.clear();
    hosts.set(url, host);
  }
  return host;
}

/** Letters and digits alone: "Brico-Lux" is found in `www.bricolux.fr`. */
const plain = (text: string): string => plainWords(text).join('');
