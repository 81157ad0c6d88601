/** Questions of others, from when their code has been fetched: until then there is nothing to show of them. */
import type { ConversationId } from '../../../shared/ids.ts';
import { FetchedPart } from '../fetched-part.ts';
import type { RoomHandle, Sync } from '../sync-port.ts';
import type { OpenSpace, OpenSpacePart, OpenSpaceView } from './open-space.ts';

export interface FetchedOpenSpaceOptions {
  readonly load: () => Promise<OpenSpacePart>;
  readonly sync: Sync;
  readonly room: RoomHandle;
  readonly changed: () => void;
}

export class FetchedOpenSpace {
  readonly #part: FetchedPart<OpenSpacePart>;
  #openSpace: OpenSpace | undefined;
  #openId: ConversationId | null = null;
  #disposed = false;

  constructor({ load, ...options }: FetchedOpenSpaceOptions) {
    this.#part = new FetchedPart(load, (create) => {
      if (this.#disposed) return;
      this.#openSpace = create(options);
      this.show(this.#openId);
      options.changed();
    });
  }

  get view(): OpenSpaceView | null {
    return this.#openSpace?.view ?? null;
  }

  /** Fetches the code, if it is not there. */
  need(): void {
    void this.#part.need();
  }

  /** The visitor looks at a conversation, or at none. */
  show(id: ConversationId | null): void {
    this.#openId = id;
    if (id !== null) this.#openSpace?.opened(id);
  }

  dismiss(): void {
    this.#openSpace?.dismiss();
  }

  /** Idempotent. */
  dispose(): void {
    this.#disposed = true;
    this.#openSpace?.dispose();
  }
}
