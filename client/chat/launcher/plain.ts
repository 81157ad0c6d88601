/**
 * What the loader does itself instead of by the page's builtins: it runs among the page's own scripts, which
 * may have replaced any of them.
 */

/** For what the browser itself reads one by one: it asks a list of the page for the page's own iterator. */
export function listOf<T>(...all: T[]): T[] {
  let at = 0;
  const next = (): object => (at < all.length ? { value: all[at++] } : { done: true });
  // Where the page replaced `Symbol` too, this is a name that nobody asks for, and the list's own stays.
  all[Symbol.iterator] = (() => ({ next })) as never;
  return all;
}

/** Something to look up by name, in which nothing is inherited. */
export const table = <T>(): Record<string, T | undefined> =>
  ({ __proto__: null }) as unknown as Record<string, T | undefined>;

/** Whether all of a text is of a pattern, by the browser's own forms: no `RegExp` of the page is asked. */
export function matches(text: string, pattern: string): boolean {
  const field = document.createElement('input');
  field.required = true;
  field.pattern = pattern;
  field.value = text;
  return field.validity.valid;
}

/** As languageOf of locales/language.ts. */
export const isFrench = (tag: string): boolean => matches(tag, '[Ff][Rr](-.*)?');

/** Listens to events of these names. Returns its undo. A page that replaced this goes without. */
export function listen(
  to: EventTarget,
  names: readonly string[],
  heard: (event: Event) => unknown,
  capture = false,
): () => void {
  try {
    for (let at = 0; at < names.length; at++) to.addEventListener(names[at]!, heard, capture);
  } catch {}
  return () => {
    for (let at = 0; at < names.length; at++) to.removeEventListener(names[at]!, heard, capture);
  };
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
