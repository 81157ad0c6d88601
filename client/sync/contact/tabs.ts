/**
 * Which tab leads. A Web Lock decides: one tab has the socket and writes replicas, the others follow it
 * over a BroadcastChannel. If a leader does not answer a visible tab, that tab steals the lock, so a hung
 * or frozen tab never keeps the others from the relay.
 */
import { TABS_VERSION, type TabMessage } from './tab-message.ts';

const PING_EVERY_MS = 3_000;
const ANSWER_WITHIN_MS = 2_000;

interface Envelope {
  readonly version: number;
  readonly from: string;
  readonly message: TabMessage;
}

export interface TabsOptions {
  /** What these tabs share: the name of their database. */
  readonly name: string;
  /** Newer builds take over from older ones. */
  readonly build: number;
  lead(): void;
  /** This tab leads, and another asked whether it is there: tells it the current state. */
  asked(): void;
  follow(): void;
  /** From another tab; never `ping`, `pong` or `leader`. */
  message(message: TabMessage, from: string): void;
  /** A tab that watched rooms is gone. */
  gone(tab: string): void;
}

export class Tabs {
  readonly id = crypto.randomUUID();
  readonly #options: TabsOptions;
  readonly #channel: BroadcastChannel;
  readonly #lock: string;
  readonly #undo = new AbortController();
  readonly #watched = new Set<string>();
  #leads = false;
  #pinger: ReturnType<typeof setInterval> | undefined;
  #unanswered: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TabsOptions) {
    this.#options = options;
    this.#lock = options.name;
    this.#channel = new BroadcastChannel(this.#lock);
    this.#channel.onmessage = (event: MessageEvent<Envelope>) => this.#receive(event.data);
    // Held while this tab lives, so that the leader learns when it is gone.
    void this.#hold(`${this.#lock}-tab-${this.id}`, {}, () => new Promise<void>(() => {}));
    document.addEventListener('visibilitychange', () => this.#ping(), {
      signal: this.#undo.signal,
    });
  }

  /** Asks for the lead, and follows while it waits. */
  start(): void {
    void this.#request({});
    this.#pinger = setInterval(() => this.#ping(), PING_EVERY_MS);
    this.#ping();
  }

  get leads(): boolean {
    return this.#leads;
  }

  post(message: TabMessage): void {
    if (this.#undo.signal.aborted) return;
    const envelope: Envelope = { version: TABS_VERSION, from: this.id, message };
    this.#channel.postMessage(envelope);
  }

  /** Idempotent. */
  dispose(): void {
    if (this.#undo.signal.aborted) return;
    this.#undo.abort();
    clearInterval(this.#pinger);
    clearTimeout(this.#unanswered);
    this.#channel.close();
  }

  async #request(options: { readonly steal?: boolean }): Promise<void> {
    await this.#hold(this.#lock, options, () => {
      if (this.#undo.signal.aborted) return;
      this.#leads = true;
      clearTimeout(this.#unanswered);
      this.post({ type: 'leader', build: this.#options.build });
      this.#options.lead();
      return new Promise<void>(() => {});
    });
    if (!this.#leads || this.#undo.signal.aborted) return;
    // The lock was stolen: this tab did not answer, or a newer build took over.
    this.#leads = false;
    this.#options.follow();
    void this.#request({});
  }

  async #hold(
    name: string,
    options: { readonly steal?: boolean },
    work: () => Promise<void> | undefined,
  ): Promise<void> {
    // `steal` and `signal` exclude each other; a stolen lock needs no waiting to give up.
    const signal = options.steal ? {} : { signal: this.#undo.signal };
    const disposed = new Promise<void>((resolve) => {
      this.#undo.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      await navigator.locks.request(name, { ...options, ...signal }, () =>
        Promise.race([work(), disposed]),
      );
    } catch (error) {
      // Aborted at dispose, or stolen: the caller's state tells which.
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
    }
  }

  #ping(): void {
    if (this.#leads || document.visibilityState !== 'visible' || this.#undo.signal.aborted) return;
    this.post({ type: 'ping', build: this.#options.build });
    this.#unanswered ??= setTimeout(() => this.#steal(), ANSWER_WITHIN_MS);
  }

  #steal(): void {
    this.#unanswered = undefined;
    if (this.#leads || this.#undo.signal.aborted || document.visibilityState !== 'visible') return;
    void this.#request({ steal: true });
  }

  #receive({ version, from, message }: Envelope): void {
    switch (message.type) {
      case 'ping':
        if (!this.#leads) return;
        this.post({ type: 'pong', build: this.#options.build });
        this.#options.asked();
        return;
      case 'leader':
      case 'pong':
        this.#heardLeader(message.build);
        if (message.type === 'leader' && !this.#leads) this.#options.follow();
        return;
    }
    if (version !== TABS_VERSION) return; // an older or newer build: it syncs through IndexedDB and the relay
    if (message.type === 'watch') this.#watchTab(from);
    this.#options.message(message, from);
  }

  #heardLeader(build: number): void {
    if (this.#leads) return;
    clearTimeout(this.#unanswered);
    this.#unanswered = undefined;
    if (build < this.#options.build) void this.#request({ steal: true });
  }

  /** Waits for the lock that a tab holds while it lives. */
  #watchTab(tab: string): void {
    if (this.#watched.has(tab)) return;
    this.#watched.add(tab);
    void this.#hold(`${this.#lock}-tab-${tab}`, {}, () => {
      this.#watched.delete(tab);
      if (!this.#undo.signal.aborted) this.#options.gone(tab);
      return undefined;
    });
  }
}
