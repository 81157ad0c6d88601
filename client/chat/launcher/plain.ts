/**
 * What the loader does itself instead of by the page's builtins: it runs among the page's own scripts, which
 * may have replaced any of them.
 */

/** For what the browser itself reads one by one: it asks a list of the page for the page's own iterator. */
export function listOf<T>(...all: T[]): Iterable<T> & T[] {
  let at = 0;
  const next = (): object => (at < all.length ? { value: all[at++] } : { done: true });
  return { [Symbol.iterator]: () => ({ next }) } as unknown as Iterable<T> & T[];
}

/** Something to look up by name, in which nothing is inherited. */
export const table = <T>(): Record<string, T | undefined> =>
  ({ __proto__: null }) as unknown as Record<string, T | undefined>;

export function startsWith(text: string, start: string): boolean {
  for (let at = 0; at < start.length; at++) if (text[at] !== start[at]) return false;
  return true;
}

/** Where the page replaced the test, the relay says what does not fit. */
export function fits(pattern: RegExp, text: string): boolean {
  try {
    return pattern.test(text);
  } catch {
    return true;
  }
}

/** An address as the page's own, whatever `<base>` the page has; null if it is none. */
export function addressOf(relay: string): string | null {
  const link = document.createElement('a');
  link.href = relay || '/';
  if (link.protocol === ':') return null;
  try {
    return new URL(relay || '/', location.href).href;
  } catch {
    return link.href; // the page replaced URL
  }
}
