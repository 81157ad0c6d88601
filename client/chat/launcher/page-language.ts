/** The language of the page around an element: the nearest `lang`, else the browser's. */
export function pageLanguage(start: Element): string {
  for (let at: Element | null = start; at;) {
    const tag = at.closest('[lang]')?.getAttribute('lang');
    if (tag) return tag;
    const root = at.getRootNode();
    at = (root as Partial<ShadowRoot>).host ?? null;
  }
  return navigator.language;
}

/** Calls back when a `lang` of the page changes. Returns its undo. */
export function watchLanguage(changed: () => void): () => void {
  try {
    const observer = new MutationObserver(changed);
    observer.observe(document, { subtree: true, attributeFilter: ['lang'] });
    return () => observer.disconnect();
  } catch {
    return () => {}; // the page replaced it: the language stays what it was
  }
}
