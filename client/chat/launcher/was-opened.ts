/**
 * What the loader reads and keeps in the browser. It is a separate file, so that the loader shares no module
 * with the rest.
 */

const WEEK_MS = 7 * 86_400_000;

/** By the flag that opened-flag.ts writes: whether there is a conversation of this week, worth connecting for before anybody clicks. */
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

/** Whether the chat is open on the page that this tab shows next. Says so first, if `open` is given. */
export function keptOpen(space: string, open?: boolean): boolean {
  const key = `comptoir-open ${space}`;
  try {
    if (open !== undefined) sessionStorage.setItem(key, open ? '1' : '');
    return !!sessionStorage.getItem(key);
  } catch {
    return false; // storage blocked: the next page starts closed
  }
}
