/** What a helper does to conversations, one act after the other. */
import type { ConversationId } from '../../../shared/ids.ts';
import { ActionQueue } from '../action-queue.ts';
import type { ConversationWatch } from '../conversation/conversation-watch.ts';
import { backToDraft, withdraw } from '../conversation/own-entries.ts';
import { keptDraft } from '../drafts.ts';
import { kept } from '../kept.ts';
import { sayOf } from '../sayable.ts';
import type { DeskSync } from '../sync-port.ts';
import { type ActContext, claimEntries, sayEntries } from './act-entries.ts';
import type { DeskRooms } from './desk-rooms.ts';
import type { InboxLists } from './inbox.ts';
import type { OpenConversation } from './open-conversation.ts';

export interface HelperActsOptions {
  readonly sync: DeskSync;
  readonly rooms: DeskRooms;
  readonly open: OpenConversation;
  readonly lists: () => InboxLists;
  /** Opens a conversation. */
  readonly select: (id: ConversationId) => void;
  /** How many conversations one helper claims at once. */
  readonly limit: number;
}

export class HelperActs {
  readonly #options: HelperActsOptions;
  readonly #queue = new ActionQueue();

  constructor(options: HelperActsOptions) {
    this.#options = options;
  }

  /** Whether one more may be claimed. */
  get canClaim(): boolean {
    const { rooms, lists, limit } = this.#options;
    return rooms.isOpen && lists().mine.length < limit;
  }

  /** False at the limit. */
  async claim(id: ConversationId): Promise<boolean> {
    if (this.#has(id)) {
      this.#options.select(id);
      return true;
    }
    if (!this.canClaim) return false;
    const { sync, rooms, open, select } = this.#options;
    select(id);
    const { watch } = open;
    if (watch?.id !== id) return true;
    let taken = true;
    await this.#run(`claim ${id}`, async () => {
      await watch.loaded();
      taken = this.canClaim; // unless the act before used it up
      if (!taken) return;
      for (const { entry, state } of rooms.outboxOf(id)) {
        if (state.type === 'claimed') await sync.dismiss(entry.id); // known by now
      }
      const contents = claimEntries(this.#context(watch));
      if (contents.length > 0) await sync.write(id, contents);
    });
    return taken;
  }

  async release(id: ConversationId): Promise<void> {
    const { sync } = this.#options;
    if (!this.#has(id)) return;
    await this.#run(`release ${id}`, () => sync.write(id, [{ kind: 'release' }]));
  }

  setClosed(id: ConversationId, closed: boolean): Promise<void> {
    const kind = closed ? 'close' : 'reopen';
    const { sync, open } = this.#options;
    if (closed) open.acted(id);
    return this.#run(`${kind} ${id}`, () => sync.write(id, [{ kind }]));
  }

  /** At the limit an answer does not take the conversation: false then. */
  async send(text: string): Promise<boolean> {
    const { sync, open } = this.#options;
    const { watch, drafts } = open;
    const draft = { text, quotes: open.quotes };
    const say = sayOf(draft);
    if (!watch || !say) return true;
    watch.typing(false);
    let whole = true;
    await this.#queue.run(`say ${watch.id} ${text}`, async () => {
      await watch.loaded();
      const all = sayEntries(this.#context(watch), say);
      const contents = this.canClaim ? all : all.filter(({ kind }) => kind !== 'claim');
      whole = contents.length === all.length;
      await drafts.send(watch.id, keptDraft(draft), () => sync.write(watch.id, contents, watch.id));
      open.acted(watch.id);
    });
    return whole;
  }

  #has(id: ConversationId): boolean {
    return this.#options.lists().mine.some((one) => one.id === id);
  }

  async withdraw(messageId: string): Promise<void> {
    const { sync, open } = this.#options;
    await withdraw(sync, messageId, open.id);
  }

  async edit(messageId: string): Promise<void> {
    const { sync, open, select } = this.#options;
    const item = await backToDraft(sync, messageId, open.drafts);
    if (item) select(item.entry.conversation);
  }

  #run(name: string, act: () => Promise<unknown>): Promise<void> {
    return this.#queue.run(name, () => kept(act()));
  }

  #context(watch: ConversationWatch): ActContext {
    const { sync, rooms, lists } = this.#options;
    const around = rooms.around(watch.id);
    return {
      community: sync.community,
      me: around.me,
      view: watch.view(around),
      rows: watch.handle.state.get().rows,
      outbox: around.outbox,
      claimed: lists().all.some(({ id, claim }) => id === watch.id && claim !== null),
    };
  }
}
