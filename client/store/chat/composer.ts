/**
 * What the visitor writes: one draft for each conversation and one for a new question, sent one after the
 * other.
 */
import { Kind } from '../../../shared/entry/kinds.ts';
import type { ConversationId, SpaceId } from '../../../shared/ids.ts';
import { ActionQueue } from '../action-queue.ts';
import type { SpaceSurroundings } from '../conversation/surroundings.ts';
import { Drafts } from '../drafts.ts';
import { kept } from '../kept.ts';
import { pageOf, sayable } from '../sayable.ts';
import type { Sync } from '../sync-port.ts';
import type { ChatView } from './chat-state.ts';
import type { Conversations } from './conversations.ts';

/** The draft of a question that is not asked yet. */
const NEW = 'new';

export interface ComposerOptions {
  readonly sync: Sync;
  readonly space: SpaceId;
  readonly conversations: Conversations;
  readonly surroundings: SpaceSurroundings;
  /** What the visitor looks at. */
  readonly view: () => ChatView;
  readonly show: (view: ChatView) => void;
  readonly language: () => string;
  /** The page a question is asked from. */
  readonly page: () => { readonly url: string; readonly title: string };
  readonly changed: () => void;
}

const keyOf = (view: ChatView): string => (view.type === 'thread' ? view.id : NEW);

export class Composer {
  readonly #options: ComposerOptions;
  readonly #drafts: Drafts;
  readonly #queue = new ActionQueue();
  /** The last draft that a suggestion made, and what the visitor had written before it. */
  #suggested = { draft: '', own: '' };

  constructor(options: ComposerOptions) {
    this.#options = options;
    this.#drafts = new Drafts(options.sync, options.changed);
  }

  /** The text of what the visitor looks at. */
  get draft(): string {
    return this.#drafts.get(this.#key);
  }

  /** Reads what an earlier visit left of it. */
  load(): Promise<void> {
    return this.#drafts.load(this.#key);
  }

  setDraft(text: string): void {
    this.#drafts.set(this.#key, text);
    this.#options.conversations.open?.typing(text.trim() !== '');
  }

  async suggest(text: string): Promise<void> {
    await this.load();
    const { draft } = this;
    const own = draft === this.#suggested.draft ? this.#suggested.own : draft.trimEnd();
    this.#suggested = { draft: own === '' ? text : `${own}\n${text}`, own };
    this.setDraft(this.#suggested.draft);
  }

  /** Whether it was a new question, and is stored. */
  async send(text: string): Promise<boolean> {
    const clean = sayable(text);
    if (clean === null) return false;
    let asked = false;
    await this.#queue.run(`${this.#key} ${clean}`, async () => {
      asked = await this.#send(text, clean);
    });
    return asked;
  }

  /** Withdraws one's own message: dismisses it if it never left, retracts it if it did. */
  async withdraw(messageId: string): Promise<void> {
    const { sync, conversations } = this.#options;
    const { part, open } = conversations;
    if (part) await kept(part.withdraw(sync, messageId, open?.id ?? null));
  }

  /** Takes a message that did not get through back into the composer. */
  async edit(messageId: string): Promise<void> {
    await kept(this.#edit(messageId));
  }

  async #edit(messageId: string): Promise<void> {
    const { sync, conversations, show } = this.#options;
    const key = (item: { entry: { conversation: string } }, asks: boolean): string =>
      asks ? NEW : item.entry.conversation;
    const item = await conversations.part?.backToDraft(sync, messageId, this.#drafts, key);
    if (item?.entry.kind === Kind.ask) show({ type: 'welcome' });
  }

  get #key(): string {
    return keyOf(this.#options.view());
  }

  #send(text: string, clean: string): Promise<boolean> {
    const { view, conversations } = this.#options;
    conversations.open?.typing(false);
    const now = view();
    return now.type === 'thread' && !this.#isFull
      ? this.#say(now.id, text, clean)
      : this.#ask(now, text, clean);
  }

  /** A full conversation goes on as a new one. */
  get #isFull(): boolean {
    const { conversations, surroundings } = this.#options;
    const { open } = conversations;
    return open?.view(surroundings.of(open.id)).full ?? false;
  }

  async #say(id: ConversationId, text: string, clean: string): Promise<boolean> {
    const { sync, conversations } = this.#options;
    const say = { kind: 'say', text: clean } as const;
    await this.#drafts.send(id, text, () => sync.write(id, [say], id));
    conversations.answered(id);
    return false;
  }

  async #ask(view: ChatView, text: string, clean: string): Promise<boolean> {
    const { sync, space, page, language, show } = this.#options;
    const key = keyOf(view);
    const question = { space, text: clean, page: pageOf(page()), lang: language() };
    let asked: ConversationId | undefined;
    const done = await this.#drafts.send(key, text, async () => {
      asked = await sync.ask(question, key);
    });
    if (done && asked !== undefined && this.#options.view() === view)
      show({ type: 'thread', id: asked });
    return done;
  }
}
