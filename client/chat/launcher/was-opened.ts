/**
 * What the loader reads and keeps in the browser. It is a separate file, so that the loader shares no module
 * with the rest.
 */
const WEEK_MS = 7 * 86_400_000;

/**
 * By the flag that opened-flag.ts writes: whether there is a conversation of this week, worth connecting for
 * before anybody clicks.
 */
export function wasOpenedLately(space: string): boolean {
  try {
    const flags = JSON.parse(localStorage['comptoir-opened'] as string) as Record<string, number>;
    return Number(flags[space]) > Date.now() - WEEK_MS;
  } catch {
    return false; // storage blocked, or another's value: as on a first visit
  }
}

/**
 * Whether the chat was open in what this tab shows next: another element for that space, or another page.
 * Remembers it, if `open` is given. By names, which no page can replace as it can the storage's methods.
 */
export function keptOpen(space: string, open?: boolean): boolean {
  const key = `comptoir-open ${space}`;
  try {
    const kept = !!sessionStorage[key]; // the place with it, see kept-place.ts
    if (open !== undefined && open !== kept) sessionStorage[key] = open ? '1' : '';
    return kept;
  } catch {
    return false; // storage blocked: the next page starts closed
  }
}
