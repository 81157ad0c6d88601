/**
 * What is done in the chat stays in it. A page's shortcuts look at an event's target, which for them is the
 * chat's element and not the field inside it; its focus traps call the focus back; its own scrolling takes
 * the wheel. Clicks and pointers go on to the page, which closes its menus by them.
 */
import { listenTo, page } from '../signals/page.ts';

const KEYS = ['keydown', 'keyup', 'keypress'] as const;
const OTHERS = [
  'beforeinput',
  'input',
  'change',
  'compositionstart',
  'compositionend',
  'copy',
  'cut',
  'paste',
  'focusin',
  'focusout',
  'wheel',
  'touchmove',
  'dragenter',
  'dragover',
  'drop',
] as const;

/** Keeps inside what is done in the shadow root of `host`. Returns its undo. */
export function keepInside(host: HTMLElement): () => void {
  const undo = new AbortController();
  const { signal } = undo;
  const stop = (event: Event): void => event.stopPropagation();
  const { shadowRoot } = host;
  if (shadowRoot) for (const name of OTHERS) listenTo(shadowRoot, name, stop, { signal });
  // Before the page's own listeners on their way down. Fields get theirs as copies that leave no shadow root.
  const capture = { capture: true, signal };
  for (const name of KEYS) {
    listenTo<KeyboardEvent>(
      page,
      name,
      (event) => {
        const inside = event.isTrusted ? wayInside(event, host) : [];
        if (inside.length === 0) return;
        event.stopImmediatePropagation();
        if (inside.some((each) => !each.dispatchEvent(copyOf(event)))) event.preventDefault();
      },
      capture,
    );
  }
  for (const name of ['focusin', 'focusout'] as const) {
    listenTo(
      page,
      name,
      (event) => void (wayInside(event, host).length > 0 && event.stopImmediatePropagation()),
      capture,
    );
  }
  return () => undo.abort();
}

function copyOf(event: KeyboardEvent): KeyboardEvent {
  const { type, key, code, location, repeat, isComposing, keyCode } = event;
  const { ctrlKey, shiftKey, altKey, metaKey } = event;
  return new KeyboardEvent(type, {
    key,
    code,
    location,
    repeat,
    isComposing,
    keyCode,
    ctrlKey,
    shiftKey,
    altKey,
    metaKey,
    cancelable: true,
  });
}

/** Where an event passes inside `host`, innermost first; empty if it comes from outside. */
function wayInside(event: Event, host: EventTarget): EventTarget[] {
  const inside: EventTarget[] = [];
  const way = event.composedPath(); // a list of the page's, with the methods that the page may have replaced
  for (let at = 0; at < way.length; at++) {
    if (way[at] === host) return inside;
    inside.push(way[at]!);
  }
  return [];
}
