/**
 * What the visitor writes: one draft for each conversation and one for a new question, sent one after the
 * other.
 */
import type { ContentOf } from '../../../shared/entry/content.ts';
import { Kind } from '../../../shared/entry/kinds.ts';
import type { ConversationId, SpaceId } from '../../../shared/ids.ts';
import { ActionQueue } from '../action-queue.ts';
import type { SpaceSurroundings } from '../conversation/surroundings.ts';
import { type Draft, Drafts, NEW_DRAFT, draftOf, keptDraft } from '../drafts.ts';
import { pageOf, sayOf } from '../sayable.ts';
import type { Sync } from '../sync-port.ts';
import type { Composing } from '../conversation/unstored-draft.ts';
import type { ChatView } from './chat-state.ts';
import type { Conversations } from './conversations.ts';

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

const keyOf = (view: ChatView): string => (view.type === 'thread' ? view.id : NEW_DRAFT);

export class Composer implements Composing {
  readonly #options: ComposerOptions;
  readonly drafts: Drafts;
  readonly #queue = new ActionQueue();
  /** The last draft that a suggestion made, and what the visitor had written before it. */
  #suggested = { draft: '', own: '' };

  constructor(options: ComposerOptions) {
    this.#options = options;
    this.drafts = new Drafts(options.sync, options.changed);
  }

  /** What is being written where the visitor looks. */
  get draft(): Draft {
    return draftOf(this.drafts.get(this.key));
  }

  /** Reads what an earlier visit left of it. */
  load(): Promise<void> {
    return this.drafts.load(this.key);
  }

  setDraft(text: string, quotes = this.draft.quotes): void {
    this.drafts.set(this.key, keptDraft({ text, quotes }));
    this.#options.conversations.open?.typing(text.trim() !== '');
  }

  async suggest(text: string): Promise<void> {
    await this.load();
    const { text: draft } = this.draft;
    const own = draft === this.#suggested.draft ? this.#suggested.own : draft.trimEnd();
    this.#suggested = { draft: own === '' ? text : `${own}\n${text}`, own };
    this.setDraft(this.#suggested.draft);
  }

  /** Whether it was a new question, and is stored. */
  async send(text: string): Promise<boolean> {
    const draft = { text, quotes: this.draft.quotes };
    const say = sayOf(draft);
    if (!say) return false;
    let asked = false;
    await this.#queue.run(`${this.key} ${text}`, async () => {
      asked = await this.#send(keptDraft(draft), say);
    });
    return asked;
  }

  /** Withdraws one's own message: dismisses it if it never left, retracts it if it did. */
  async withdraw(messageId: string): Promise<void> {
    const { sync, conversations } = this.#options;
    const { part, open } = conversations;
    await part?.withdraw(sync, messageId, open?.id ?? null);
  }

  /** Takes a message that did not get through back into the composer. */
  async edit(messageId: string): Promise<void> {
    const { sync, conversations, show } = this.#options;
    const item = await conversations.part?.backToDraft(sync, messageId, this.drafts);
    if (item?.entry.kind === Kind.ask) show({ type: 'welcome' });
  }

  /** Of the draft where the visitor looks. */
  get key(): string {
    return keyOf(this.#options.view());
  }

  #send(draft: string, say: ContentOf<'say'>): Promise<boolean> {
    const { view, conversations } = this.#options;
    conversations.open?.typing(false);
    const now = view();
    return now.type === 'thread' && !this.#isFull
      ? this.#say(now.id, draft, say)
      : this.#ask(now, draft, say.text);
  }

  /** A full conversation goes on as a new one. */
  get #isFull(): boolean {
    const { conversations, surroundings } = this.#options;
    const { open } = conversations;
    return open?.view(surroundings.of(open.id)).full ?? false;
  }

  async #say(id: ConversationId, draft: string, say: ContentOf<'say'>): Promise<boolean> {
    const { sync, conversations } = this.#options;
    await this.drafts.send(id, draft, () => sync.write(id, [say], id));
    conversations.answered(id);
    return false;
  }

  async #ask(view: ChatView, draft: string, text: string): Promise<boolean> {
    const { sync, space, page, language, show } = this.#options;
    const key = keyOf(view);
    const question = { space, text, page: pageOf(page()), lang: language() };
    let asked: ConversationId | undefined;
    const done = await this.drafts.send(key, draft, async () => {
      asked = await sync.ask(question, key);
    });
    if (done && asked !== undefined && this.#options.view() === view)
      show({ type: 'thread', id: asked });
    return done;
  }
}
