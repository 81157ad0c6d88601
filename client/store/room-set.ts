/** Rooms that a store watches, opened and closed as the wanted set changes. */
import type { RoomName } from '../../shared/protocol/rooms.ts';
import type { RoomHandle, Sync } from './sync-port.ts';

export class RoomSet {
  readonly #sync: Sync;
  readonly #changed: (name: RoomName) => void;
  readonly #open = new Map<RoomName, { handle: RoomHandle; undo: () => void }>();

  constructor(sync: Sync, changed: (name: RoomName) => void) {
    this.#sync = sync;
    this.#changed = changed;
  }

  /** Opens what is wanted and not open, closes the rest. */
  want(names: Iterable<RoomName>): void {
    const wanted = new Set(names);
    for (const [name, { handle, undo }] of this.#open) {
      if (wanted.has(name)) continue;
      undo();
      handle.close();
      this.#open.delete(name);
    }
    for (const name of wanted) {
      if (this.#open.has(name)) continue;
      const handle = this.#sync.openRoom(name);
      const undo = handle.state.subscribe(() => this.#changed(name));
      this.#open.set(name, { handle, undo });
    }
  }

  get(name: RoomName): RoomHandle | undefined {
    return this.#open.get(name)?.handle;
  }

  get size(): number {
    return this.#open.size;
  }

  dispose(): void {
    this.want([]);
  }
}
