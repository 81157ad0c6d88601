/** How much of a long list is drawn: as much as was scrolled to, and some more. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Drawn at first, and added each time the end comes near. */
const PORTION = 40;
/** How near, in pixels. */
const NEAR = '800px';

export class GrowsOnScroll implements ReactiveController {
  /** How many may be drawn now. */
  most = PORTION;
  readonly #host: ReactiveControllerHost & { readonly renderRoot: ParentNode };
  #of = '';
  #observer: IntersectionObserver | null = null;
  #watched: Element | null = null;

  constructor(host: ReactiveControllerHost & { readonly renderRoot: ParentNode }) {
    this.#host = host;
    host.addController(this);
  }

  /** What is listed; another list begins anew. */
  list(of: string): void {
    if (of === this.#of) return;
    this.#of = of;
    this.most = PORTION;
  }

  hostUpdated(): void {
    const end = this.#host.renderRoot.querySelector('.more-below');
    if (end === this.#watched) return;
    this.#observer?.disconnect();
    this.#watched = end;
    if (!end) return;
    this.#observer = new IntersectionObserver(
      (entries) => entries.at(-1)?.isIntersecting && this.#grow(),
      { root: this.#host.renderRoot.querySelector('.scroll'), rootMargin: NEAR },
    );
    this.#observer.observe(end);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#watched = null;
  }

  #grow(): void {
    this.most += PORTION;
    this.#watched = null; // looked at again once more is drawn
    this.#host.requestUpdate();
  }
}
