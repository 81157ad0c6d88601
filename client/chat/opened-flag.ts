/**
 * Whether this browser ever opened the chat, and when its newest conversation last changed. A page must know
 * that without opening a database, which would store something on a first visit. The loader reads it in
 * launcher/was-opened.ts, where it keeps the only other thing outside IndexedDB: whether the chat is open.
 */
const KEY = 'comptoir-opened';

type Flags = Record<string, number>;

function read(): Flags {
  try {
    const flags: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof flags === 'object' && flags !== null ? (flags as Flags) : {};
  } catch {
    return {}; // storage blocked, or another's value: as on a first visit
  }
}

function write(flags: Flags): void {
  try {
    if (Object.keys(flags).length > 0) localStorage.setItem(KEY, JSON.stringify(flags));
    else localStorage.removeItem(KEY);
  } catch {
    // Storage blocked or full: the next page simply waits for a click again.
  }
}

/** @param lastAt when the newest conversation last moved; 0 for none yet */
export function setOpened(space: string, lastAt: number): void {
  const flags = read();
  if (flags[space] === lastAt || (lastAt === 0 && flags[space] !== undefined)) return;
  write({ ...flags, [space]: lastAt });
}

/** Whether this browser has a conversation here. */
export const hasConversations = (space: string): boolean => Number(read()[space]) > 0;

export function forgetOpened(space: string): void {
  const { [space]: _gone, ...rest } = read();
  write(rest);
}
