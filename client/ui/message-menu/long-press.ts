/**
 * A finger or a pen that rests on something. Where a browser has a gesture of its own for that, on a link
 * or for a mouse, it keeps it; whoever scrolls, or lifts the finger, presses nothing.
 */
import { page } from '../../signals/page.ts';

const AFTER_MS = 500;
/** How far a resting finger may tremble, px. */
const TREMBLE = 10;

/** Called for each `pointerdown`. */
export function longPress(event: PointerEvent, act: (at: DOMRect) => void): void {
  const { pointerType, isPrimary, clientX, clientY } = event;
  const pressed = event.currentTarget as HTMLElement;
  if (pointerType === 'mouse' || !isPrimary) return;
  if ((event.target as Element).closest('a, button')) return;
  const over = new AbortController();
  const { signal } = over;
  const end = (): void => over.abort();
  let told = false;
  const rested = (): void => {
    if (!told) act(new DOMRect(clientX, clientY));
    told = true;
  };
  const timer = setTimeout(rested, AFTER_MS);
  signal.addEventListener('abort', () => clearTimeout(timer));
  const listening = { signal, capture: true };
  for (const name of ['pointerup', 'pointercancel', 'scroll', 'blur'] as const)
    page.addEventListener(name, end, listening);
  page.addEventListener(
    'pointermove',
    (moved) => {
      if (Math.hypot(moved.clientX - clientX, moved.clientY - clientY) > TREMBLE) end();
    },
    listening,
  );
  // Android tells of the same gesture, and would select a word next.
  pressed.addEventListener(
    'contextmenu',
    (menu) => {
      menu.preventDefault();
      rested();
    },
    { signal, once: true },
  );
}
