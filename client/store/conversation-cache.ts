/** Folded conversations, made again only when something they are made of changed. */
import type { ConversationView } from '../../shared/conversation/view.ts';
import type { SpaceMode } from '../../shared/conversation/permissions.ts';
import type { ConversationId } from '../../shared/ids.ts';
import type { OutboxItem, RoomState, Sync } from './sync-port.ts';
import { foldRoom } from './thread.ts';

interface Cached {
  readonly rows: RoomState['rows'];
  readonly overlay: RoomState['overlay'];
  readonly outbox: readonly OutboxItem[];
  readonly grants: unknown;
  readonly mode: SpaceMode;
  readonly view: ConversationView;
}

export class ConversationCache {
  readonly #sync: Sync;
  readonly #cached = new Map<ConversationId, Cached>();

  constructor(sync: Sync) {
    this.#sync = sync;
  }

  fold(id: ConversationId, room: RoomState, mode: SpaceMode): ConversationView {
    const outbox = this.#sync.outbox.get().filter((item) => item.entry.conversation === id);
    const grants = this.#sync.grants.get();
    const { rows, overlay } = room;
    const cached = this.#cached.get(id);
    if (
      cached?.rows === rows &&
      cached.overlay.length === overlay.length &&
      cached.overlay.every((entry, index) => entry.id === overlay[index]?.id) &&
      cached.outbox.length === outbox.length &&
      cached.outbox.every((item, index) => item === outbox[index]) &&
      cached.grants === grants &&
      cached.mode === mode
    ) {
      return cached.view;
    }
    const view = foldRoom(this.#sync, id, room, outbox, mode);
    this.#cached.set(id, { rows, overlay, outbox, grants, mode, view });
    return view;
  }

  keep(ids: ReadonlySet<ConversationId>): void {
    for (const id of this.#cached.keys()) if (!ids.has(id)) this.#cached.delete(id);
  }
}
