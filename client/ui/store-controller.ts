/** Ties an element to a store: requests an update whenever the value changes, while connected. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Readable } from '../signals/readable.ts';

export class StoreController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #changed: (() => void) | undefined;
  #source: Readable<T> | null = null;
  #undo: (() => void) | null = null;
  #connected = false;

  /** @param changed called on every change, before the update is requested */
  constructor(host: ReactiveControllerHost, changed?: () => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  /** The value now, or null while there is no store. */
  get value(): T | null {
    return this.#source?.get() ?? null;
  }

  /** Watches another store from now on. */
  watch(source: Readable<T> | null): void {
    if (this.#source === source) return;
    this.#leave();
    this.#source = source;
    if (this.#connected) this.#join();
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#join();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#leave();
  }

  #join(): void {
    if (this.#undo) return;
    this.#undo =
      this.#source?.subscribe(() => {
        this.#changed?.();
        this.#host.requestUpdate();
      }) ?? null;
  }

  #leave(): void {
    this.#undo?.();
    this.#undo = null;
  }
}
