/** What of a thread has the focus: it stays in the document, and keeps the focus where it is laid out anew. */
import type { ReactiveElement } from 'lit';
import type { ThreadScroll } from './thread-scroll.ts';

/** What in a block can have it. */
const STOPS = 'button, a, [tabindex]';

export class ThreadFocus {
  readonly #host: ReactiveElement;
  readonly #scroll: ThreadScroll;

  constructor(host: ReactiveElement, scroll: ThreadScroll) {
    this.#host = host;
    this.#scroll = scroll;
  }

  /** The message that has the focus, or the line between messages. */
  get id(): string | null {
    const active = this.#active;
    if (!active) return null;
    const bubble = active.closest('.line')?.querySelector<HTMLElement>('.bubble');
    return bubble?.dataset['message'] ?? this.#scroll.keyOf(active);
  }

  /** Remembers what has the focus. The returned function gives it back if another list has the message by now. */
  keep(): (() => void) | null {
    const { id } = this;
    const at = id === null ? -1 : this.#stops(id).indexOf(this.#active!);
    if (id === null || at < 0) return null;
    return () => {
      if (this.#active) return;
      this.#stops(id)[at]?.focus({ preventScroll: true });
    };
  }

  get #active(): HTMLElement | null {
    const { activeElement } = this.#host.renderRoot as ShadowRoot;
    return activeElement instanceof HTMLElement ? activeElement : null;
  }

  #stops(id: string): HTMLElement[] {
    const block = this.#scroll.elementOf(id)?.closest('li');
    return [...(block?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
  }
}
