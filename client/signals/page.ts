/**
 * The window of the page that somebody looks at. The chat's code runs in a hidden frame of that page, whose
 * own window has neither address, size nor title; everywhere else it is the window itself.
 */
interface FrameWindow extends Window {
  comptoirPage?: Window;
}

const { comptoirPage } = window as FrameWindow;

/** Where the chat runs in the page itself, an element there may have that name as its id. */
export const page: Window = comptoirPage?.document ? comptoirPage : window;

/**
 * A relay's whole address, without a slash at its end: a `<base>` of the page has no say in it.
 * @param relay its address, with its path if it has one; empty for the page's own origin
 */
export const relayAddress = (relay: string): string =>
  new URL(relay || '/', page.location.href).href.replace(/\/$/, '');

/** Listens to something of the page by this script's own means: the page may have replaced its own. */
export function listenTo<Heard extends Event>(
  target: EventTarget,
  name: string,
  heard: (event: Heard) => void,
  options: AddEventListenerOptions,
): void {
  EventTarget.prototype.addEventListener.call(target, name, heard as EventListener, options);
}
