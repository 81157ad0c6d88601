/**
 * The menu of one message, over the thread. Its button, a long press or the menu key opens it; arrows move in
 * it, Escape and a press beside it close it.
 */
import {
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
  html,
  nothing,
} from 'lit';
import { page } from '../../signals/page.ts';
import type { ThreadMessage } from '../../store/conversation/thread-state.ts';

export interface MenuItem {
  readonly name: string;
  readonly icon: TemplateResult;
  readonly label: string;
  /** What the same item says once it was chosen: then it must be chosen again. */
  readonly sure?: string;
  act(): void;
}

interface OpenMenu {
  readonly messageId: string;
  /** Beside what it opens, in the window's pixels. */
  readonly at: DOMRect;
  /** The item that was chosen once. */
  readonly chosen: string | null;
}

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

/** Between the menu and what it belongs to, or the thread's edge, px. */
const GAP = 4;

export class MessageMenu implements ReactiveController {
  readonly #host: Host;
  /** Its place, through a sheet: a strict policy forbids style attributes. */
  readonly #place = new CSSStyleSheet();
  #open: OpenMenu | null = null;
  #opener: HTMLElement | null = null;
  #watching = new AbortController();

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /** Whose menu is open. */
  get messageId(): string | null {
    return this.#open?.messageId ?? null;
  }

  /** @param opener gets the focus back */
  show(messageId: string, at: DOMRect, opener: HTMLElement | null): void {
    this.close();
    this.#open = { messageId, at, chosen: null };
    this.#opener = opener;
    this.#watch();
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#focus(0));
  }

  /** @param back whether the focus goes back to where it was */
  close(back = false): void {
    if (!this.#open) return;
    this.#open = null;
    this.#watching.abort();
    if (back) this.#opener?.focus({ preventScroll: true });
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.close();
  }

  hostUpdated(): void {
    this.#put();
  }

  /** @param message whose menu it is; undefined if that is gone */
  render(
    message: ThreadMessage | undefined,
    label: string,
    itemsOf: (message: ThreadMessage) => readonly MenuItem[],
  ): TemplateResult | typeof nothing {
    if (!this.#open || !message) return nothing;
    const { chosen } = this.#open;
    return html`<div
      class="menu"
      part="menu"
      role="menu"
      aria-label=${label}
      @keydown=${(event: KeyboardEvent) => this.#key(event)}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      ${itemsOf(message).map(
        (item) =>
          html`<button
            type="button"
            role="menuitem"
            tabindex="-1"
            data-item=${item.name}
            class=${chosen === item.name ? 'sure' : ''}
            @click=${() => this.#choose(item)}
          >
            ${item.icon}${chosen === item.name ? item.sure : item.label}
          </button>`,
      )}
    </div>`;
  }

  #choose(item: MenuItem): void {
    if (this.#open && item.sure !== undefined && this.#open.chosen !== item.name) {
      this.#open = { ...this.#open, chosen: item.name };
      this.#host.requestUpdate();
      return;
    }
    this.close(true);
    item.act();
  }

  get #menu(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('.menu');
  }

  get #items(): HTMLElement[] {
    return [...(this.#menu?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  }

  #focus(at: number): void {
    this.#items.at(at)?.focus({ preventScroll: true });
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation(); // the desk has keys of its own
    const items = this.#items;
    const at = items.findIndex((item) => item.matches(':focus'));
    if (event.key === 'Tab') return this.close(true); // and on from there
    if (event.key === 'Escape') this.close(true);
    else if (event.key === 'ArrowDown') this.#focus((at + 1) % items.length);
    else if (event.key === 'ArrowUp') this.#focus(at <= 0 ? -1 : at - 1);
    else if (event.key === 'Home') this.#focus(0);
    else if (event.key === 'End') this.#focus(-1);
    else return;
    event.preventDefault();
  }

  #watch(): void {
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    const listening = { signal, capture: true };
    page.addEventListener(
      'pointerdown',
      (event) => {
        const path = event.composedPath();
        // Its own button closes it by its click.
        if (![this.#menu, this.#opener].some((each) => each && path.includes(each))) this.close();
      },
      listening,
    );
    this.#host.renderRoot.addEventListener('scroll', () => this.close(), listening);
    // A keyboard on the screen goes away as the menu takes the focus.
    page.visualViewport?.addEventListener('resize', () => this.#put(), { signal });
  }

  /** Below what it belongs to, above where there is no room, and never beyond the thread's edges. */
  #put(): void {
    const menu = this.#menu;
    if (!this.#open || !menu) return;
    const root = menu.getRootNode() as ShadowRoot;
    if (!root.adoptedStyleSheets.includes(this.#place))
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#place];
    const { at } = this.#open;
    const box = this.#host.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = menu;
    const within = (value: number, most: number): number =>
      Math.max(GAP, Math.min(value, most - GAP));
    const below = at.bottom - box.top + GAP;
    const above = at.top - box.top - GAP - height;
    const top = below + height <= box.height - GAP || above < GAP ? below : above;
    const rtl = this.#host.matches(':dir(rtl)');
    const left = (rtl ? at.right - width : at.left) - box.left;
    this.#place.replaceSync(
      `.menu{left:${within(left, box.width - width)}px;top:${within(top, box.height - height)}px}`,
    );
  }
}
