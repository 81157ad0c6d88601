/**
 * What the loader reads and keeps in the browser. It is a separate file, so that the loader shares no module
 * with the rest.
 */
import { table } from './plain.ts';

const WEEK_MS = 7 * 86_400_000;

/**
 * By the flag that opened-flag.ts writes: whether there is a conversation of this week, worth connecting for
 * before anybody clicks.
 */
export function wasOpenedLately(space: string): boolean {
  try {
    const flags = JSON.parse(localStorage.getItem('comptoir-opened') ?? '{}') as Record<
      string,
      number
    >;
    return Number(flags[space]) > Date.now() - WEEK_MS;
  } catch {
    return false; // storage blocked, or another's value: as on a first visit
  }
}

/** For a page that swaps its body, where storage is blocked too. */
const openSpaces = table<boolean>();

/**
 * Whether the chat is open in what this tab shows next: another element for that space, or another page. Says
 * so first, if `open` is given.
 */
export function keptOpen(space: string, open?: boolean): boolean {
  const key = `comptoir-open ${space}`;
  openSpaces[space] = open ?? openSpaces[space];
  try {
    if (open !== undefined) sessionStorage.setItem(key, open ? '1' : '');
    return !!(openSpaces[space] || sessionStorage.getItem(key));
  } catch {
    return !!openSpaces[space]; // the next page starts closed
  }
}
