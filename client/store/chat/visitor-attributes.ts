/** What the brand's page says about its visitor. Only what the space allows leaves the page. */
import { recordOf } from '../space.ts';
import type { RoomHandle, Sync } from '../sync-port.ts';

export class VisitorAttributes {
  readonly #sync: Sync;
  readonly #space: RoomHandle;
  #given: Readonly<Record<string, string>> = {};

  constructor(sync: Sync, space: RoomHandle) {
    this.#sync = sync;
    this.#space = space;
  }

  /** What the page gives, by name. */
  set(given: Readonly<Record<string, string>>): void {
    this.#given = given;
    this.tell();
  }

  /** What this space allows of it. */
  get allowed(): Readonly<Record<string, string>> {
    const allowed = recordOf(this.#space.state.get().rows, 'space')?.attributes ?? [];
    return Object.fromEntries(
      Object.entries(this.#given).filter(
        ([name, text]) => allowed.includes(name) && typeof text === 'string',
      ),
    );
  }

  /** Tells the relay, if what is allowed may have changed. */
  tell(): void {
    this.#sync.tellAttributes(this.allowed);
  }
}
