/** What storage knows of entries by their ids: asked once at a time for all who want to know. */
import type { EntryId } from '../../../shared/ids.ts';
import type { EntryFate, RoomStorage } from '../ports/room-storage.ts';

export type Fates = ReadonlyMap<EntryId, EntryFate>;

export class EntryFates {
  readonly #storage: Pick<RoomStorage, 'fates'>;
  #asking: Promise<Fates> | null = null;
  #next: { readonly ids: Set<EntryId>; readonly fates: Promise<Fates> } | null = null;

  constructor(storage: Pick<RoomStorage, 'fates'>) {
    this.#storage = storage;
  }

  /** Fates of those ids that have one, and perhaps of others. */
  of(ids: readonly EntryId[]): Promise<Fates> {
    if (!this.#asking) return this.#ask(ids);
    if (!this.#next) {
      const gathered = new Set<EntryId>();
      const fates = this.#asking.then(
        () => this.#askNext(gathered),
        () => this.#askNext(gathered),
      );
      this.#next = { ids: gathered, fates };
    }
    for (const id of ids) this.#next.ids.add(id);
    return this.#next.fates;
  }

  #askNext(gathered: ReadonlySet<EntryId>): Promise<Fates> {
    this.#next = null;
    return this.#ask([...gathered]);
  }

  #ask(ids: readonly EntryId[]): Promise<Fates> {
    const asking = this.#storage.fates(ids);
    this.#asking = asking;
    const done = (): void => {
      if (this.#asking === asking) this.#asking = null;
    };
    asking.then(done, done);
    return asking;
  }
}
