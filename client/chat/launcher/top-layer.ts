/** The launcher's place in the browser's top layer, where no box of the page holds, moves or covers it. */

/** Puts it there; away while the page shows a dialog of its own. */
export function stand(wrap: HTMLElement, inline: boolean): void {
  if (inline) return wrap.removeAttribute('popover');
  wrap.popover = 'manual';
  const dialog =
    document.querySelector('dialog:modal') ??
    document.activeElement?.closest('[aria-modal="true"]');
  const shown = wrap.isConnected && !dialog;
  if (shown !== wrap.matches(':popover-open')) wrap.togglePopover(shown);
}

/** Calls back when a dialog of the page may have come or gone. Returns its undo. */
export function watchDialogs(changed: () => void): () => void {
  // A dialog's closing does not bubble.
  const names = ['focusin', 'pointerdown', 'close'];
  for (let at = 0; at < 3; at++) document.addEventListener(names[at]!, changed, true);
  return () => {
    for (let at = 0; at < 3; at++) document.removeEventListener(names[at]!, changed, true);
  };
}
