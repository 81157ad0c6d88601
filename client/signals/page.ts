/**
 * The window of the page that somebody looks at. The chat's code runs in a hidden frame of that page, whose
 * own window has neither address, size nor title; everywhere else it is the window itself.
 */
interface FrameWindow extends Window {
  comptoirPage?: Window;
}

export const page: Window = (window as FrameWindow).comptoirPage ?? window;
