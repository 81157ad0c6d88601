/** The visitor's conversations: which are followed, and what the list says about each. */
import type { ConversationId, SpaceId } from '../../../shared/ids.ts';
import type { ConversationWatch } from '../conversation/conversation-watch.ts';
import type { SpaceSurroundings } from '../conversation/surroundings.ts';
import type { ThreadState } from '../conversation/thread-state.ts';
import { FetchedPart } from '../fetched-part.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { Reporting } from '../moderation/moderation-state.ts';
import type { AskedConversation, Sync } from '../sync-port.ts';
import type { ConversationSummary } from './summaries.ts';
import type { ChatSettings } from './chat-settings.ts';
import { followedOf, storedSummary } from './conversation-list.ts';
import type { ConversationPart } from './conversation-part.ts';

/** How many conversations of others in which the visitor said something are remembered. */
const MOST_ANSWERED = 200;

export interface ConversationsOptions {
  readonly sync: Sync;
  readonly space: SpaceId;
  readonly surroundings: SpaceSurroundings;
  readonly settings: ChatSettings;
  /** Fetches the code that reads conversations. */
  readonly load: () => Promise<ConversationPart>;
  readonly changed: () => void;
}

export class Conversations {
  readonly #options: ConversationsOptions;
  readonly #watches = new Map<ConversationId, ConversationWatch>();
  readonly #part: FetchedPart<ConversationPart>;
  /** Decisions and reports, once their code has loaded. */
  moderation: Moderation | undefined;
  #openId: ConversationId | null = null;
  #begun = false;
  #disposed = false;

  constructor(options: ConversationsOptions) {
    this.#options = options;
    this.#part = new FetchedPart(options.load, (part) => {
      if (this.#disposed) return;
      this.moderation = part.moderation(options.sync, options.changed);
      this.follow();
      options.changed();
    });
  }

  /** The code that reads conversations, once it has loaded. */
  get part(): ConversationPart | undefined {
    return this.#part.value;
  }

  /** The open one, once it can be read. */
  get open(): ConversationWatch | undefined {
    return this.#openId === null ? undefined : this.#watches.get(this.#openId);
  }

  /** Whether part of what this device holds of them is still being read. */
  get loading(): boolean {
    if (!this.part) return this.asked().length > 0;
    return [...this.#watches.values()].some(({ loading }) => loading);
  }

  /** The visitor opens one again, or looks at none. */
  show(id: ConversationId | null): void {
    this.open?.typing(false);
    this.#openId = id;
    if (id !== null && this.part) this.#watch(this.part, id).opened();
    this.follow();
  }

  /** This device's storage has been read: from now on the others are followed too. */
  begin(): void {
    this.#begun = true;
    this.follow();
  }

  /** Resolves once this device's part of the open one has been read, or cannot be for now. */
  async loaded(): Promise<void> {
    if (this.#openId === null) return;
    await this.#part.need();
    await this.open?.loaded();
  }

  /** Follows those that changed last, and the open one. */
  follow(): void {
    if (this.#disposed) return;
    const { settings } = this.#options;
    const listed = this.#begun ? followedOf(this.asked(), settings.get('summaries')) : [];
    const wanted = new Set(listed);
    if (this.#openId !== null) wanted.add(this.#openId);
    if (wanted.size > 0) void this.#part.need();
    if (!this.part) return;
    this.moderation?.need();
    for (const [id, watch] of this.#watches) {
      if (wanted.has(id)) continue;
      watch.dispose();
      this.#watches.delete(id);
    }
    for (const id of wanted) this.#watch(this.part, id);
  }

  /** What this member asked in this space, and where they answered others. */
  asked(): readonly AskedConversation[] {
    const { sync, space, settings } = this.#options;
    const inSpace = (one: AskedConversation): boolean => one.space === space;
    const own = sync.asked.get();
    const known = new Set(own.map(({ id }) => id));
    const answered = settings.get('answered').filter(({ id }) => !known.has(id));
    return [...own, ...answered].filter(inSpace);
  }

  isAsked(id: ConversationId): boolean {
    return this.asked().some((one) => one.id === id);
  }

  /** The visitor said something in a conversation: from now on it is one of their own. */
  answered(id: ConversationId): void {
    if (this.isAsked(id)) return;
    const { sync, space, settings } = this.#options;
    const others = settings.get('answered');
    const next = [...others, { id, space, askedAt: sync.now() }].slice(-MOST_ANSWERED);
    void settings.set('answered', next);
    this.follow();
  }

  /** Those that are followed, as a screen shows them. */
  threads(): ReadonlyMap<ConversationId, ThreadState> {
    const { surroundings } = this.#options;
    const threads = new Map<ConversationId, ThreadState>();
    for (const [id, watch] of this.#watches) threads.set(id, watch.thread(surroundings.of(id)));
    return threads;
  }

  /** All of them, the last changed first. */
  list(threads: ReadonlyMap<ConversationId, ThreadState>): readonly ConversationSummary[] {
    const { surroundings, settings } = this.#options;
    const stored = settings.get('summaries');
    return this.asked()
      .flatMap((asked): ConversationSummary[] => {
        const thread = threads.get(asked.id);
        if (!this.part || !thread || thread.status === 'loading')
          return [storedSummary(asked, stored[asked.id], surroundings.people)];
        // A question withdrawn before it left leaves nothing to list.
        const gone = thread.status === 'ready' && thread.items.length === 0;
        return gone ? [] : [this.part.summaryOf(thread, asked.askedAt)];
      })
      .toSorted((a, b) => b.lastAt - a.lastAt);
  }

  /** Stores summaries, so that conversations can be listed without reading their rooms. */
  keep(list: readonly ConversationSummary[]): void {
    if (!this.#begun || !this.part) return;
    const { settings } = this.#options;
    const stored = settings.get('summaries');
    const next = this.part.storedOf(stored, list);
    if (next === stored) return;
    void settings.set('summaries', next);
    this.follow();
  }

  /** The visitor reports a message of the open one. */
  async report(report: Reporting): Promise<void> {
    await this.open?.report(report);
  }

  /** The visitor sees the open one. */
  see(): void {
    const { open } = this;
    if (this.#begun && open) open.seen(this.#options.surroundings.of(open.id));
  }

  /** Idempotent. */
  dispose(): void {
    this.#disposed = true;
    this.moderation?.dispose();
    for (const watch of this.#watches.values()) watch.dispose();
    this.#watches.clear();
  }

  #watch(part: ConversationPart, id: ConversationId): ConversationWatch {
    let watch = this.#watches.get(id);
    if (!watch) {
      const { sync, changed } = this.#options;
      const moderation = this.moderation as Moderation;
      watch = part.watch({ sync, moderation, id, changed });
      this.#watches.set(id, watch);
    }
    return watch;
  }
}
