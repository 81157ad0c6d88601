/** The conversation that the helper has open: its thread, its draft, and how far it was read. */
import type { Author } from '../../../shared/conversation/fact.ts';
import type { ConversationId, EntryId } from '../../../shared/ids.ts';
import { memo, reuse } from '../../signals/reuse.ts';
import { ConversationWatch } from '../conversation/conversation-watch.ts';
import type { ThreadState } from '../conversation/thread-state.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { Reporting } from '../moderation/moderation-state.ts';
import { titleOf } from '../conversation/title.ts';
import { type Draft, Drafts, draftOf, keptDraft } from '../drafts.ts';
import type { DeskSync } from '../sync-port.ts';
import { attributesIn } from './attributes.ts';
import type { DeskRooms } from './desk-rooms.ts';
import type { DeskSettings, SeenTimes } from './desk-settings.ts';
import type { AskSummary } from './desk-state.ts';
import type { InboxLists } from './inbox.ts';

export interface OpenConversationOptions {
  readonly sync: DeskSync;
  readonly rooms: DeskRooms;
  readonly settings: DeskSettings;
  readonly moderation: Moderation;
  readonly lists: () => InboxLists;
  readonly changed: () => void;
}

export class OpenConversation {
  readonly drafts: Drafts;
  readonly #options: OpenConversationOptions;
  #watch: ConversationWatch | null = null;
  #visible = false;

  constructor(options: OpenConversationOptions) {
    this.#options = options;
    this.drafts = new Drafts(options.sync, options.changed);
  }

  get watch(): ConversationWatch | null {
    return this.#watch;
  }

  get id(): ConversationId | null {
    return this.#watch?.id ?? null;
  }

  /** The one that can be seen. */
  get seenId(): ConversationId | null {
    return this.#visible ? this.id : null;
  }

  get draft(): string {
    return this.#draft.text;
  }

  /** Which message it answers. */
  get quotes(): EntryId | '' {
    return this.#draft.quotes;
  }

  get #draft(): Draft {
    return draftOf(this.id === null ? '' : this.drafts.get(this.id));
  }

  /** What the brand's page says about its asker. */
  get attributes(): Readonly<Record<string, string>> {
    return this.#attributes(this.#watch?.handle.state.get().attributes ?? '');
  }

  /** Who asked it, and the device on which they wrote last. */
  get asker(): Pick<Author, 'member' | 'device'> | null {
    const view = this.#watch?.view(this.#options.rooms.around(this.#watch.id));
    const asker = view?.asker;
    if (!asker) return null;
    const last = view.timeline.findLast(
      (item) => item.type === 'message' && item.author.member === asker.member,
    );
    return last?.type === 'message' ? last.author : asker;
  }

  get thread(): ThreadState | null {
    return this.#watch?.thread(this.#options.rooms.around(this.#watch.id)) ?? null;
  }

  /** Until its rows are here, its header shows what the inbox says. */
  headed(ask: AskSummary | undefined): ThreadState | null {
    return this.#headed(this.thread, ask);
  }

  show(id: ConversationId | null): void {
    if (id === this.id) return;
    const { sync, moderation, changed } = this.#options;
    this.#watch?.dispose();
    this.#watch =
      id === null ? null : new ConversationWatch({ sync, moderation, id, side: 'desk', changed });
    if (id !== null) void this.drafts.load(id);
    this.see();
    changed();
  }

  setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    if (visible) this.see();
    else this.#watch?.unseen();
    this.#options.changed();
  }

  setDraft(text: string): void {
    if (!this.#watch) return;
    this.drafts.set(this.#watch.id, keptDraft({ ...this.#draft, text }));
    this.#watch.typing(text.trim() !== '');
  }

  async quote(quotes: EntryId | ''): Promise<void> {
    const { id } = this;
    if (id === null) return;
    await this.drafts.load(id);
    this.drafts.set(id, keptDraft({ ...draftOf(this.drafts.get(id)), quotes }));
  }

  /** The helper reports a message of it. */
  async report(report: Reporting): Promise<void> {
    await this.#watch?.report(report);
  }

  /** Marks what is on the screen as read, if it can be seen. */
  see(): void {
    const watch = this.#watch;
    if (!watch || !this.#visible) return;
    const { rooms, settings, lists } = this.#options;
    const seen = settings.get('desk-seen');
    // Its side is all of the desk: others may have read what this helper never saw.
    if (!watch.seen(rooms.around(watch.id), watch.id in seen)) return;
    const { all } = lists();
    const ask = all.find(({ id }) => id === watch.id);
    if (!ask || ask.toldAt <= (seen[watch.id] ?? 0)) return;
    void settings.set('desk-seen', withTime(seen, ask, all));
  }

  /** The helper answers or closes one: without a network they do not see what comes meanwhile. */
  acted(id: ConversationId): void {
    const { sync, settings, lists } = this.#options;
    const { all } = lists();
    const ask = all.find((one) => one.id === id);
    const blind = settings.get('desk-blind');
    if (ask && sync.link.get().status !== 'online')
      void settings.set('desk-blind', withTime(blind, ask, all));
    else if (id in blind) {
      const { [id]: _known, ...left } = blind;
      void settings.set('desk-blind', left);
    }
  }

  /** Idempotent. */
  dispose(): void {
    this.#watch?.dispose();
    this.#watch = null;
  }

  readonly #attributes = memo(attributesIn);
  readonly #headed = memo((thread: ThreadState | null, ask: AskSummary | undefined) => {
    if (!thread || !ask) return thread;
    const { page, asker } = ask;
    if (thread.asker) return reuse(thread, { ...thread, page });
    return reuse(thread, { ...thread, title: titleOf(ask.text), page, asker });
  });
}

/** What is known of a conversation now; of those that are listed no more, nothing is kept. */
function withTime(
  times: SeenTimes,
  { id, toldAt }: AskSummary,
  all: readonly AskSummary[],
): SeenTimes {
  const listed = new Set<string>(all.map((one) => one.id));
  const left = Object.entries(times).filter(([one]) => listed.has(one));
  return { ...Object.fromEntries(left), [id]: toldAt };
}
