/**
 * Opened chats by space. A page that swaps its body takes the element out and puts another in: both
 * must find the same store and the same socket, and nothing may stay when the last is gone.
 */
import type { ChatLease, ChatOptions } from './chat-module.ts';
import type { ChatStore } from '../store/chat/chat-state.ts';

interface PooledChat {
  readonly store: Promise<ChatStore>;
  options: ChatOptions;
  leases: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export interface ChatPoolOptions {
  /** Opens a chat. `latest` gives the options of whoever took a share last. */
  readonly open: (latest: () => ChatOptions) => Promise<ChatStore>;
  /** How long a chat that nobody shows stays open. @default 10000 */
  readonly graceMs?: number;
}

export class ChatPool {
  readonly #open: ChatPoolOptions['open'];
  readonly #graceMs: number;
  readonly #chats = new Map<string, PooledChat>();

  constructor({ open, graceMs = 10_000 }: ChatPoolOptions) {
    this.#open = open;
    this.#graceMs = graceMs;
  }

  /** How many are open. */
  get size(): number {
    return this.#chats.size;
  }

  async lease(options: ChatOptions): Promise<ChatLease> {
    const key = `${options.relay} ${options.community} ${options.space}`;
    const chat = this.#chats.get(key) ?? this.#start(key, options);
    chat.options = options;
    chat.leases++;
    clearTimeout(chat.timer);
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      chat.leases--;
      if (chat.leases === 0) this.#close(key, chat);
    };
    try {
      const store = await chat.store;
      const forget = (): void => {
        released = true;
        if (this.#chats.get(key) === chat) this.#chats.delete(key);
      };
      return { store, release, forget };
    } catch (error) {
      released = true;
      if (this.#chats.get(key) === chat) this.#chats.delete(key);
      throw error;
    }
  }

  #start(key: string, options: ChatOptions): PooledChat {
    const chat: PooledChat = {
      // Not in this turn: opening asks for the options, which stand only after this literal.
      store: Promise.resolve().then(() => this.#open(() => chat.options)),
      options,
      leases: 0,
      timer: undefined,
    };
    this.#chats.set(key, chat);
    return chat;
  }

  #close(key: string, chat: PooledChat): void {
    chat.timer = setTimeout(() => {
      if (this.#chats.get(key) !== chat) return;
      this.#chats.delete(key);
      void chat.store.then((store) => store.dispose());
    }, this.#graceMs);
  }
}
