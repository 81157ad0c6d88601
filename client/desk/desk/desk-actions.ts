/** What each intent and command does: calls on the store, and what is told afterwards. */
import type { ConversationId } from '../../../shared/ids.ts';
import { unreachable } from '../unreachable.ts';
import type { DeskWords } from '../../locales/desk-words.ts';
import type { DeskState, DeskStore, LostClaim } from '../../store/desk/desk-state.ts';
import type { BlockDraft } from '../../store/desk/office/blocking.ts';
import type { DeskIntent, Side } from '../desk-intent.ts';
import type { DeskCommand } from '../keys/desk-command.ts';
import type { Toast } from './toast.ts';

export interface DeskActionsOptions {
  readonly store: () => DeskStore | null;
  readonly words: () => DeskWords;
  readonly tell: (toast: Toast | null) => void;
  readonly sending: (sending: boolean) => void;
  readonly reload: () => void;
  readonly invitation: () => string | null;
  readonly setSingleKeys: (on: boolean) => void;
  readonly opened: () => void;
  readonly closed: () => void;
  readonly show: (side: Side) => void;
  readonly hideSide: () => void;
  readonly help: () => void;
  /** Opens the dialog of a block, or closes it. */
  readonly showBlock: (open: boolean) => void;
  readonly insert: (text: string) => void;
  /** @default 10000 */
  readonly toastMs?: number;
}

type Tell = (text: string, undo: DeskIntent | null) => void;
type RemainingCommand = Exclude<DeskCommand, 'back' | 'next' | 'previous' | 'canned'>;

export class DeskActions {
  readonly #options: DeskActionsOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DeskActionsOptions) {
    this.#options = options;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** Never throws: what the device could not keep shows as `storage` in the state, the text stays. */
  async do(intent: DeskIntent, { quiet = false } = {}): Promise<void> {
    try {
      await this.#do(intent, quiet);
    } catch (error) {
      console.warn(`Comptoir: ${intent.do} was not kept`, error);
    }
  }

  async command(
    command: RemainingCommand,
    state: DeskState,
    focused: ConversationId | null,
  ): Promise<void> {
    const target = focused ?? state.selected;
    switch (command) {
      case 'tab-waiting':
        return this.do({ do: 'tab', tab: 'waiting' });
      case 'tab-mine':
        return this.do({ do: 'tab', tab: 'mine' });
      case 'tab-closed':
        return this.do({ do: 'tab', tab: 'closed' });
      case 'help':
        return this.do({ do: 'help' });
      case 'next-waiting': {
        const [first] = state.waiting;
        return first ? this.do({ do: 'select', id: first.id }) : undefined;
      }
      case 'claim':
        return target ? this.do({ do: 'claim', id: target }) : undefined;
      case 'release': {
        const mine = state.mine.some(({ id }) => id === target);
        return target && mine ? this.do({ do: 'release', id: target }) : undefined;
      }
      case 'close': {
        if (!state.thread) return undefined;
        const { id, closed } = state.thread;
        return this.do({ do: closed ? 'reopen' : 'close', id });
      }
      default:
        return unreachable(command);
    }
  }

  async #do(intent: DeskIntent, quiet: boolean): Promise<void> {
    const { store: storeOf, words: wordsOf } = this.#options;
    const store = storeOf();
    if (!store) return;
    const words = wordsOf();
    const tell: Tell = (text, undo) => {
      if (!quiet) this.#tell({ text, undo });
    };
    switch (intent.do) {
      case 'select':
        store.select(intent.id);
        return intent.id === null ? this.#options.closed() : this.#options.opened();
      case 'tab':
        return store.setTab(intent.tab);
      case 'choose':
        return store.choose(intent.choice);
      case 'search':
        return store.search(intent.text);
      case 'claim': {
        if (!(await store.claim(intent.id))) return this.#tellLimit(store, words);
        return this.#options.opened();
      }
      case 'release':
        await store.release(intent.id);
        return tell(words.undo.released, { do: 'claim', id: intent.id });
      case 'close':
        return this.#close(store, intent.id, tell);
      case 'reopen':
        await store.setClosed(intent.id, false);
        // What was mine is mine again, unless there are enough others by now.
        if (intent.claim && !(await store.claim(intent.id))) this.#tellLimit(store, words);
        return tell(words.undo.reopened, null);
      case 'available':
        return store.setAvailable(intent.available);
      case 'draft':
        return store.setDraft(intent.text);
      case 'quote':
        return store.quote(intent.message);
      case 'send':
        return this.#send(store, intent.text, words);
      case 'withdraw':
        return this.#withdraw(store, intent.message, tell);
      case 'restore':
        store.select(intent.id);
        this.#options.opened();
        return this.#options.insert(intent.text);
      case 'edit':
        if (intent.id && intent.id !== store.state.get().selected) store.select(intent.id);
        this.#options.opened();
        return store.edit(intent.message);
      case 'report':
        return store.report(intent.report);
      case 'unreport':
        return store.moderation.takeBack(intent.message);
      case 'appeal':
        return store.moderation.appeal(intent.reference, intent.text);
      case 'decision-seen':
        return store.moderation.seen(intent.references, intent.listed);
      case 'dismiss-decision':
        return store.moderation.dismiss(intent.reference);
      case 'insert':
        return this.#options.insert(intent.text);
      case 'save-canned':
        return store.saveCanned(intent.id, intent.reply);
      case 'remove-canned':
        return this.#removeCanned(store, intent.id, tell);
      case 'welcome':
        return store.setWelcome(intent.step);
      case 'retry':
        return store.retry();
      case 'show':
        return this.#options.show(intent.side);
      case 'hide-side':
        return this.#options.hideSide();
      case 'help':
        return this.#options.help();
      case 'sound':
        return store.setSound(intent.on);
      case 'notify':
        return this.#notify(store, intent.on);
      case 'single-keys':
        return this.#options.setSingleKeys(intent.on);
      case 'lang':
        return store.setLang(intent.lang);
      case 'open-card':
        return store.card.open();
      case 'edit-card':
        return store.card.edit(intent.fields);
      case 'save-card':
        return store.card.save();
      case 'photo':
        return store.card.setPhoto(intent.file);
      case 'remove-photo':
        return store.card.removePhoto();
      case 'redeem':
        return store.redeem(intent.name);
      case 'look-again': {
        const code = this.#options.invitation();
        return code === null ? undefined : store.present(code);
      }
      case 'ask-block':
        this.#options.showBlock(true);
        return store.blocking.look(intent.person);
      case 'block':
        return this.#block(store, intent.draft, tell);
      case 'lift':
        return this.#lift(store, intent.blocks);
      case 'erase':
        await store.erase();
        return this.#options.reload();
      case 'reload':
        return this.#options.reload();
      default:
        return unreachable(intent);
    }
  }

  /** Tells, for as long as somebody needs to read it, that a claim came second. */
  lost({ id, title, by }: LostClaim): void {
    const words = this.#options.words();
    const text = words.conversation.contested(by.name || words.visitor, title);
    this.#tell({ text, undo: null, stays: true });
    void this.#options.store()?.told(id);
  }

  #tellLimit(store: DeskStore, words: DeskWords): void {
    this.#tell({ text: words.inbox.limit(store.state.get().limit), undo: null });
  }

  async #close(store: DeskStore, id: ConversationId, tell: Tell): Promise<void> {
    const claim = store.state.get().mine.some((one) => one.id === id);
    await store.setClosed(id, true);
    tell(this.#options.words().undo.closed, { do: 'reopen', id, claim });
  }

  /** The dialog stays open with the reason where it could not be done. */
  async #block(store: DeskStore, draft: BlockDraft, tell: Tell): Promise<void> {
    const blocks = await store.blocking.block(draft);
    if (!blocks) return;
    this.#options.showBlock(false);
    const { done } = this.#options.words().block;
    const { whom } = draft;
    const what = 'member' in whom ? 'member' : 'device' in whom ? 'device' : 'network';
    tell(done[what], { do: 'lift', blocks });
  }

  async #lift(store: DeskStore, blocks: readonly string[]): Promise<void> {
    await store.blocking.lift(blocks);
    const problem = store.state.get().blocking?.problem ?? null;
    const { block } = this.#options.words();
    const text = problem === null ? block.lifted : (block.problems[problem] ?? block.problemElse);
    this.#tell({ text, undo: null });
  }

  async #withdraw(store: DeskStore, message: string, tell: Tell): Promise<void> {
    const { unsent, thread } = store.state.get();
    const waiting = unsent.find(({ id }) => id === message);
    const said = thread?.items.find(({ id }) => id === message);
    const text = waiting?.text ?? (said?.type === 'message' ? said.text : '');
    const id = waiting?.conversation ?? thread?.id;
    await store.withdraw(message);
    if (text && id) tell(this.#options.words().undo.withdrawn, { do: 'restore', id, text });
  }

  async #removeCanned(store: DeskStore, id: string, tell: Tell): Promise<void> {
    const removed = store.state.get().canned.find((reply) => reply.id === id);
    await store.removeCanned(id);
    if (!removed) return;
    const { shortcut, text } = removed;
    const undo = { do: 'save-canned', id: null, reply: { shortcut, text } } as const;
    tell(this.#options.words().canned.removed(shortcut), undo);
  }

  async #send(store: DeskStore, text: string, words: DeskWords): Promise<void> {
    this.#options.sending(true);
    try {
      if (!(await store.send(text)))
        this.#tell({ text: words.inbox.saidOnly(store.state.get().limit), undo: null });
    } finally {
      this.#options.sending(false);
    }
  }

  /** Browsers ask once, and only on a press: never before the helper wants it. */
  async #notify(store: DeskStore, on: boolean): Promise<void> {
    if (!on) return store.setNotify(false);
    const answer =
      Notification.permission === 'default'
        ? await Notification.requestPermission()
        : Notification.permission;
    return store.setNotify(answer === 'granted');
  }

  #tell(toast: Toast): void {
    clearTimeout(this.#timer);
    this.#options.tell(toast);
    if (toast.stays) return;
    this.#timer = setTimeout(() => this.#options.tell(null), this.#options.toastMs ?? 10_000);
  }
}
