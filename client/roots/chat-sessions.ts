/**
 * Opened chats by space. A page that swaps its body takes the element out and puts another in: both
 * must find the same store and the same socket, and nothing may stay when the last is gone.
 */
import type { ChatLease, ChatOptions } from '../chat/chat-module.ts';
import type { ChatStore } from '../store/chat/chat-state.ts';

interface Session {
  readonly store: Promise<ChatStore>;
  options: ChatOptions;
  leases: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export interface SessionsOptions {
  /** Opens a chat. `latest` gives the options of whoever took a share last. */
  readonly open: (latest: () => ChatOptions) => Promise<ChatStore>;
  /** How long a chat that nobody shows stays open. @default 10000 */
  readonly graceMs?: number;
}

export class ChatSessions {
  readonly #open: SessionsOptions['open'];
  readonly #graceMs: number;
  readonly #sessions = new Map<string, Session>();

  constructor({ open, graceMs = 10_000 }: SessionsOptions) {
    this.#open = open;
    this.#graceMs = graceMs;
  }

  /** How many are open. */
  get size(): number {
    return this.#sessions.size;
  }

  async lease(options: ChatOptions): Promise<ChatLease> {
    const key = `${options.relay} ${options.community} ${options.space}`;
    const session = this.#sessions.get(key) ?? this.#start(key, options);
    session.options = options;
    session.leases++;
    clearTimeout(session.timer);
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      session.leases--;
      if (session.leases === 0) this.#close(key, session);
    };
    try {
      const store = await session.store;
      const forget = (): void => {
        released = true;
        if (this.#sessions.get(key) === session) this.#sessions.delete(key);
      };
      return { store, release, forget };
    } catch (error) {
      released = true;
      if (this.#sessions.get(key) === session) this.#sessions.delete(key);
      throw error;
    }
  }

  #start(key: string, options: ChatOptions): Session {
    const session: Session = {
      // Not in this turn: opening asks for the options, which stand only after this literal.
      store: Promise.resolve().then(() => this.#open(() => session.options)),
      options,
      leases: 0,
      timer: undefined,
    };
    this.#sessions.set(key, session);
    return session;
  }

  #close(key: string, session: Session): void {
    session.timer = setTimeout(() => {
      if (this.#sessions.get(key) !== session) return;
      this.#sessions.delete(key);
      void session.store.then((store) => store.dispose());
    }, this.#graceMs);
  }
}
