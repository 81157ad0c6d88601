import { listenTo, page } from '../../signals/page.ts';

/** What covers less than this is one of the browser's bars, px. */
const KEYBOARD = 100;

/**
 * Tells a shadow root how much of the window the on-screen keyboard leaves, as --comptoir-viewport, and how much
 * of its foot the keyboard covers, as --comptoir-covered.
 * Through a sheet of its own: a style attribute would break a strict content security policy's spirit
 * and show in the host's inspector.
 */
export class ViewportHeight {
  readonly #sheet = new CSSStyleSheet();
  readonly #undo = new AbortController();
  readonly #root: ShadowRoot;

  constructor(root: ShadowRoot) {
    this.#root = root;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
    const viewport = page.visualViewport;
    const tell = (): void => {
      // Zoomed in, the visual viewport is a window onto the page, not what the keyboard leaves.
      if (!viewport || viewport.scale > 1.01) return;
      const { height, offsetTop } = viewport;
      const below = page.innerHeight - height - offsetTop;
      this.#sheet.replaceSync(
        `:host{--comptoir-viewport:${height}px;--comptoir-viewport-top:${offsetTop}px;--comptoir-covered:${below > KEYBOARD ? below : 0}px}`,
      );
    };
    tell();
    const { signal } = this.#undo;
    if (viewport)
      for (const name of ['resize', 'scroll']) listenTo(viewport, name, tell, { signal });
  }

  dispose(): void {
    this.#undo.abort();
    this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter(
      (sheet) => sheet !== this.#sheet,
    );
  }
}
