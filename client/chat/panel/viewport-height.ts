import { page } from '../../signals/page.ts';

/**
 * Tells a shadow root how much of the window the on-screen keyboard leaves, as --comptoir-viewport.
 * Through a sheet of its own: a style attribute would break a strict content security policy's spirit
 * and show in the host's inspector.
 */
export class ViewportHeight {
  readonly #sheet = new CSSStyleSheet();
  readonly #undo: () => void;
  readonly #root: ShadowRoot;

  constructor(root: ShadowRoot) {
    this.#root = root;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
    const viewport = page.visualViewport;
    const tell = (): void => {
      // Zoomed in, the visual viewport is a window onto the page, not what the keyboard leaves.
      if (!viewport || viewport.scale > 1.01) return;
      this.#sheet.replaceSync(
        `:host{--comptoir-viewport:${viewport.height}px;--comptoir-viewport-top:${viewport.offsetTop}px}`,
      );
    };
    tell();
    viewport?.addEventListener('resize', tell);
    viewport?.addEventListener('scroll', tell);
    this.#undo = () => {
      viewport?.removeEventListener('resize', tell);
      viewport?.removeEventListener('scroll', tell);
    };
  }

  dispose(): void {
    this.#undo();
    this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter(
      (sheet) => sheet !== this.#sheet,
    );
  }
}
