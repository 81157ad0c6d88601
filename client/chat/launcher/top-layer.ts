/**
 * The place of launcher and panel in the browser's top layer, where no box of the page holds, moves or covers
 * them. Browsers without it (Safari 16, Firefox before 125) show them where their style puts them.
 */

import { listen } from './plain.ts';

/** Puts something there, or back into the flow of the page. */
export function raise(what: HTMLElement, inline: boolean): void {
  if (inline || !what.showPopover) return what.removeAttribute('popover');
  what.popover = 'manual';
  if (what.isConnected && !what.matches(':popover-open')) what.showPopover();
}

/** The launcher stands there, and is away while the page shows a dialog of its own. */
export function stand(wrap: HTMLElement): void {
  const inline = wrap.matches('.inline');
  const dialog =
    document.querySelector('dialog:modal') ??
    document.activeElement?.closest('[aria-modal="true"]');
  wrap.hidden = !inline && !!dialog;
  raise(wrap, inline);
}

/** Calls back when a dialog of the page may have come or gone. Returns its undo. */
export const watchDialogs = (changed: () => void): (() => void) =>
  // A dialog's closing does not bubble.
  listen(document, ['focusin', 'pointerdown', 'close'], changed, true);
