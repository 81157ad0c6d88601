/**
 * Reads the flag that opened-flag.ts writes. It is a separate file, so that the loader shares no module
 * with the rest.
 */

const WEEK_MS = 7 * 86_400_000;

/** Whether there is a conversation of this week, worth connecting for before anybody clicks. */
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
