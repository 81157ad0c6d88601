/**
 * A hidden frame of the page, in which the chat's code runs. Its builtins are the browser's own, whatever a
 * script of the page has replaced or adds later: `Array.from`, `Promise`, `Object.prototype`, `fetch`. What
 * the chat draws is made there and stands in the page.
 */
import type { ChatModule } from '../chat-module.ts';
import { listen } from '../launcher/plain.ts';

/** @param lang the language whose words are needed first */
type Load = (lang: string) => Promise<ChatModule>;

/** The frame's window, with what the page's script and the frame's tell each other. */
export interface FrameWindow extends Window {
  trustedTypes?: Policies;
  /** The page around the frame. */
  comptoirPage?: Window;
  /** The same script, run in the frame, gives what it can import there. */
  comptoirReady?: (load: Load) => void;
  Object: typeof Object;
  CSSStyleSheet: typeof CSSStyleSheet;
  URL: typeof URL;
}

interface Policies {
  readonly emptyScript: unknown;
  createPolicy(name: string, rules: object): { createScriptURL(url: string): string };
}

export interface ChatFrame {
  readonly load: Load;
  /** Whether the page has thrown it out, and with it all that ran there. */
  readonly isGone: boolean;
}

const same = (text: string): string => text;

/** Tells `lost` when the page has thrown a frame out. */
export const frames = new EventTarget();

/**
 * @param script the address of what runs in it
 * @param first what that imports first, seen from there
 */
export async function openFrame(script: string, first: string): Promise<ChatFrame> {
  const frame = document.createElement('iframe');
  frame.style.setProperty('display', 'none', 'important');
  let opened: ChatFrame | undefined;
  let left = false;
  const lost = (): void => void frames.dispatchEvent(new Event('lost'));
  // Waited for without `Promise`, which the page may have replaced.
  const ready: unknown = {
    // oxlint-disable-next-line unicorn/no-thenable
    then(resolve: (ready: ChatFrame) => void, reject: (error: unknown) => void) {
      // Firefox puts its blank document in late, and nothing put in before stays.
      frame.onload = () => {
        frame.onload = null;
        try {
          begin(frame, script, first, resolve, async (error) => {
            reject(error); // of no effect once it is ready
            // The page is still throwing it out; its timers and promises may be replaced.
            // oxlint-disable-next-line unicorn/no-unnecessary-await, typescript/await-thenable
            await 0;
            if (opened?.isGone && !left) lost();
          });
        } catch (error) {
          reject(error);
        }
      };
      // Beside the body: a site that swaps its body keeps it.
      document.documentElement.appendChild(frame);
    },
  };
  opened = (await ready) as ChatFrame;
  // A page with a socket or a lock is not kept for "back": they go with the frame, and come again with it.
  listen(window, ['pagehide'], (event) => {
    left = (event as PageTransitionEvent).persisted && !opened.isGone;
    if (left) frame.remove();
  });
  listen(window, ['pageshow'], () => left && lost());
  return opened;
}

/** @param over it failed, or the page throws the frame out */
function begin(
  frame: HTMLIFrameElement,
  script: string,
  first: string,
  ready: (frame: ChatFrame) => void,
  over: (error: unknown) => Promise<void>,
): void {
  const inner = frame.contentWindow as FrameWindow;
  // What belongs to the page that is looked at, and not to a frame without size.
  inner.comptoirPage = window;
  inner.CSSStyleSheet = CSSStyleSheet;
  inner.matchMedia = inner.matchMedia.bind(window);
  inner.requestAnimationFrame = inner.requestAnimationFrame.bind(window);
  inner.comptoirReady = (load) =>
    ready({
      load,
      get isGone() {
        return frame.contentWindow !== inner;
      },
    });
  const element = scriptIn(inner, script);
  element.onerror = inner.onpagehide = () => void over(script);
  // Both at once: on a slow line the second would wait for the first.
  const link = inner.document.createElement('link');
  link.rel = 'modulepreload';
  link.nonce = element.nonce;
  link.href = new inner.URL(first, script).href;
  inner.document.head.append(link, element);
}

/** One policy under the name that pages allow, for this script's address and for what Lit draws. */
function scriptIn(inner: FrameWindow, url: string): HTMLScriptElement {
  const script = inner.document.createElement('script');
  script.type = 'module';
  const types = inner.trustedTypes;
  const policy = types?.createPolicy('lit-html', { createHTML: same, createScriptURL: same });
  if (types && policy) {
    const value = { emptyScript: types.emptyScript, createPolicy: () => policy };
    inner.Object.defineProperty(inner, 'trustedTypes', { __proto__: null, value } as object);
  }
  script.src = policy?.createScriptURL(url) ?? url;
  const { scripts } = document;
  for (let at = 0; at < scripts.length; at++)
    if (scripts[at]!.src === url) script.nonce = scripts[at]!.nonce;
  return script;
}
