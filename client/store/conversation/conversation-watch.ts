/** One conversation that a store follows: its room, its state, and the line above the unread messages. */
import { ConversationReader } from '../../../shared/conversation/conversation-reader.ts';
import type { SpaceMode } from '../../../shared/space-mode.ts';
import type { Row } from '../../../shared/conversation/row.ts';
import type { ConversationView, Message, TimelineItem } from '../../../shared/conversation/view.ts';
import type { SignedGrant } from '../../../shared/grant/grant.ts';
import type { ConversationId, DeviceKey } from '../../../shared/ids.ts';
import type { Side } from '../../../shared/protocol/channel.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { ModerationView, Reporting } from '../moderation/moderation-state.ts';
import type { People } from '../people.ts';
import { until } from '../../signals/readable.ts';
import { memo, reuse } from '../../signals/reuse.ts';
import { spaceMode } from '../space.ts';
import type { LinkState, Me, OutboxItem, RoomHandle, RoomState, Sync } from '../sync-port.ts';
import type { Surroundings } from './surroundings.ts';
import { isMine, overlayOf, threadOf, unreadOf } from './thread.ts';
import type { ThreadState } from './thread-state.ts';

/** How often typing is sent while somebody writes. */
const TYPING_EVERY_MS = 3_000;

export interface ConversationWatchOptions {
  readonly sync: Sync;
  readonly moderation: Moderation;
  readonly id: ConversationId;
  /** Which side this device reads on. */
  readonly side: Side;
  readonly changed: () => void;
}

export class ConversationWatch {
  readonly id: ConversationId;
  readonly handle: RoomHandle;
  readonly #sync: Sync;
  readonly #moderation: Moderation;
  readonly #side: Side;
  readonly #stop: () => void;
  readonly #reader: ConversationReader;
  #thread: ThreadState | undefined;
  /** What was unread when the reader came, by number: after one, to another. */
  #unread: { readonly after: number; readonly to: number } | null = null;
  #unreadFixed = false;
  #typingSentAt = -Infinity;
  readonly #disposed = Promise.withResolvers<void>();

  constructor({ sync, moderation, id, side, changed }: ConversationWatchOptions) {
    this.#sync = sync;
    this.#moderation = moderation;
    this.id = id;
    this.#side = side;
    this.handle = sync.openRoom(conversationRoom(id));
    this.#reader = new ConversationReader(id, sync.community);
    this.#stop = this.handle.state.subscribe(changed);
  }

  /** Whether this device's part of the room is still being read. */
  get loading(): boolean {
    return this.handle.state.get().status === 'loading';
  }

  /** The conversation as folded, with what this device wrote. */
  view({ outbox, grants, space, me }: Surroundings): ConversationView {
    const room = this.handle.state.get();
    const { leaving } = this.#moderation;
    return this.#fold(room.rows, room.overlay, outbox, leaving, grants, spaceMode(space), me);
  }

  thread(around: Surroundings): ThreadState {
    const { outbox, me, people, link, space } = around;
    const view = this.view(around);
    const next = this.#read(
      view,
      this.handle.state.get(),
      outbox,
      me,
      people,
      link,
      this.#unreadFrom(view, me),
      space?.contacts === true,
      this.#moderation.view,
    );
    this.#thread = this.#thread ? reuse(this.#thread, next) : next;
    return this.#thread;
  }

  /**
   * The reader sees it: fixes which messages were unread, once this device knows, and tells how far was read.
   *
   * @param sure whether what their side has read, they have read themselves
   * @returns false while the device still lacks what there is to see
   */
  seen(around: Surroundings, sure = true): boolean {
    const room = this.handle.state.get();
    const { status } = around.link;
    const cut = status !== 'online' && status !== 'connecting';
    if (room.status === 'loading' || (room.status === 'local' && !cut)) return false;
    const view = this.view(around);
    if (!this.#unreadFixed) {
      const after = room.read[this.#side];
      const [first] = unreadOf(view, { me: around.me, room, side: this.#side });
      // No line stands above what is read for the first time as a whole.
      const known = (item: TimelineItem): boolean =>
        item.type === 'message' && (sure || isMine(item.author, around.me));
      const before = first ? view.timeline.slice(0, view.timeline.indexOf(first)) : [];
      if (first) this.#unread = before.some(known) ? { after, to: view.lastSeq } : null;
      this.#unreadFixed = true;
    }
    if (view.lastSeq > room.read[this.#side]) this.handle.read(view.lastSeq);
    if (cut) this.unseen(); // what comes with the network is new, wherever it stands
    return true;
  }

  /** The reader looks away: the line moves once they are back, if there is something new. */
  unseen(): void {
    this.#unreadFixed = false;
  }

  /** The reader opens it again. */
  opened(): void {
    this.#unread = null;
    this.#unreadFixed = false;
  }

  /** The first of what was unread that is still there: the line stands above it. */
  #unreadFrom({ timeline }: ConversationView, me: Me): string | null {
    if (!this.#unread) return null;
    const { after, to } = this.#unread;
    const first = timeline.find(
      (item): item is Message =>
        item.type === 'message' &&
        item.seq !== null &&
        item.seq > after &&
        item.seq <= to &&
        !isMine(item.author, me),
    );
    return first?.id ?? null;
  }

  /** The reader reports a message. Resolves once the device has stored it, or `storage` says why not. */
  report(report: Reporting): Promise<void> {
    return this.#moderation.report(this.id, report);
  }

  /** The reader writes, or has stopped. */
  typing(writing: boolean): void {
    const now = performance.now();
    if (writing && now - this.#typingSentAt < TYPING_EVERY_MS) return;
    if (!writing && this.#typingSentAt === -Infinity) return;
    this.#typingSentAt = writing ? now : -Infinity;
    this.handle.typing(writing);
  }

  /**
   * Resolves once this device's part of the room was read, or is not followed any more: whatever waits for
   * it must not wait for ever.
   */
  async loaded(): Promise<void> {
    const read = until(this.handle.state, ({ status }) => status !== 'loading');
    await Promise.race([read, this.#disposed.promise]);
  }

  /** Idempotent. */
  dispose(): void {
    this.typing(false);
    this.#stop();
    this.handle.close();
    this.#disposed.resolve();
  }

  readonly #fold = memo(
    (
      rows: readonly Row[],
      overlay: RoomState['overlay'],
      outbox: readonly OutboxItem[],
      leaving: readonly OutboxItem[],
      grants: ReadonlyMap<DeviceKey, SignedGrant>,
      mode: SpaceMode,
      me: Me,
    ): ConversationView => {
      this.#reader.read(rows);
      return this.#reader.view(overlayOf({ overlay }, [...outbox, ...leaving]), {
        now: this.#sync.now(),
        grants: withOwn(grants, me),
        mode,
      });
    },
  );

  readonly #read = memo(
    (
      view: ConversationView,
      room: RoomState,
      outbox: readonly OutboxItem[],
      me: Me,
      people: People,
      link: LinkState,
      unreadFrom: string | null,
      contacts: boolean,
      moderation: ModerationView,
    ): ThreadState =>
      threadOf({
        community: this.#sync.community,
        view,
        room,
        outbox,
        me,
        people,
        link,
        side: this.#side,
        unreadFrom,
        contacts,
        moderation,
      }),
  );
}

/** On its own screen an expired grant still says who wrote what waits: the relay judges it. */
function withOwn(
  grants: ReadonlyMap<DeviceKey, SignedGrant>,
  { device, grant }: Me,
): ReadonlyMap<DeviceKey, SignedGrant> {
  if (!grant) return grants;
  return new Map(grants).set(device, { ...grant, expires: Infinity });
}
