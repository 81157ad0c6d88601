/**
 * "Back" on a phone closes one level of the sheet, and not the page under it. A browser that knows close
 * requests tells by those. Where "back" goes through the history, as in the browsers that other apps have
 * inside, each level has an entry of its own there: with the page's address and the page's own state, so
 * that a router which hears of one has nothing to do.
 */
import { listenTo, page } from '../../signals/page.ts';

interface CloseWatcher extends EventTarget {
  destroy(): void;
}
type WatchedPage = Window & { readonly CloseWatcher?: new () => CloseWatcher };

/** What marks an entry. A router may copy it to an entry of its own, for another address. */
interface Mark {
  readonly level: number;
  readonly address: string;
}

/** The level that the current entry stands for; 0 for the page's own. */
function levelHere(): number {
  const state = page.history.state as { readonly comptoir?: unknown } | null;
  const { level, address }: Partial<Record<keyof Mark, unknown>> = Object(state?.comptoir);
  return address === page.location.href ? Number(level) || 0 : 0;
}

export class BackSteps {
  readonly #back: () => void;
  readonly #undo = new AbortController();
  #steps = 0;
  #address = '';
  /** An entry is being left because its level was closed in another way. */
  #leaving = false;
  #watcher: CloseWatcher | null = null;

  /** @param back closes the innermost level; afterwards `show` is told what is left. */
  constructor(back: () => void) {
    this.#back = back;
    if (levelHere() > 0) this.#address = page.location.href; // of the page before it was loaded again
    const { signal } = this.#undo;
    listenTo<PopStateEvent>(page, 'popstate', (event) => this.#moved(event), {
      capture: true,
      signal,
    });
  }

  /** @param steps how many levels are open */
  show(steps: number): void {
    this.#steps = steps;
    if (steps === 0) this.#unwatch();
    else this.#watch();
    this.#settle();
  }

  /** Leaves the history alone: the next element finds its entries there. Idempotent. */
  dispose(): void {
    this.#unwatch();
    this.#undo.abort();
  }

  /** Makes the history have as many levels as are open. */
  #settle(): void {
    if (this.#leaving) return;
    const here = levelHere();
    if (here > this.#steps) {
      this.#leaving = true;
      page.history.go(this.#steps - here);
    }
    // By the browser's own function: a page counts its views by calls of its own.
    for (let level = here + 1; level <= this.#steps; level++) {
      const mark: Mark = { level, address: (this.#address = page.location.href) };
      const state: unknown = page.history.state;
      const own = typeof state === 'object' ? state : {};
      History.prototype.pushState.call(page.history, { ...own, comptoir: mark }, '');
    }
  }

  #moved(event: PopStateEvent): void {
    const leaving = this.#leaving;
    this.#leaving = false;
    // Elsewhere it is the page's own move.
    if (this.#address !== '' && page.location.href !== this.#address) return;
    const here = levelHere();
    if (!leaving && here === this.#steps) return;
    event.stopImmediatePropagation();
    // The entries of what is closed now are left already.
    this.#leaving = true;
    if (!leaving) for (let left = this.#steps - here; left > 0; left--) this.#back();
    this.#leaving = false;
    this.#settle();
  }

  #watch(): void {
    const { CloseWatcher } = page as WatchedPage;
    if (this.#watcher || !CloseWatcher) return;
    try {
      const watcher = new CloseWatcher();
      watcher.addEventListener('close', () => {
        this.#watcher = null;
        this.#back();
      });
      this.#watcher = watcher;
    } catch {
      // the page replaced it: the history is left
    }
  }

  #unwatch(): void {
    this.#watcher?.destroy();
    this.#watcher = null;
  }
}
