/**
 * What became of entries that are in no room: erased, in the books, held, hidden, refused. Every entry is looked
 * for here, so what has no such fate must be known in memory: storage is asked only about the others, once at a
 * time for all who want to know.
 */
import type { EntryId } from '../../../shared/ids.ts';
import type { OffRoomFate, RoomStorage } from '../ports/room-storage.ts';
import { IdFilter } from './id-filter.ts';

export type Fates = ReadonlyMap<EntryId, OffRoomFate>;

const NONE: Fates = new Map();
const IDS_AT_ONCE = 5_000;

export class EntryFates {
  readonly #storage: Pick<RoomStorage, 'fates' | 'fatedIds'>;
  readonly #filter = new IdFilter();
  /** Until all are read, any entry may have one. */
  #isLoaded = false;
  #asking: Promise<Fates> | null = null;
  #next: { readonly ids: Set<EntryId>; readonly fates: Promise<Fates> } | null = null;

  constructor(storage: Pick<RoomStorage, 'fates' | 'fatedIds'>) {
    this.#storage = storage;
  }

  /** Reads which there are. Rejects if storage does: then it goes on being asked. */
  async load(): Promise<void> {
    let after = '';
    for (;;) {
      const ids = await this.#storage.fatedIds(after, IDS_AT_ONCE);
      this.add(ids);
      if (ids.length < IDS_AT_ONCE) break;
      after = ids.at(-1) ?? '';
    }
    this.#isLoaded = true;
  }

  /** These are about to get one. */
  add(ids: Iterable<EntryId>): void {
    for (const id of ids) this.#filter.add(id);
  }

  /** Those of these that have one on disk; and perhaps of others. */
  of(ids: readonly EntryId[]): Fates | Promise<Fates> {
    const asked = this.#isLoaded ? ids.filter((id) => this.#filter.mayHave(id)) : ids;
    if (asked.length === 0) return NONE;
    if (!this.#asking) return this.#ask(asked);
    if (!this.#next) {
      const gathered = new Set<EntryId>();
      const fates = this.#asking.then(
        () => this.#askNext(gathered),
        () => this.#askNext(gathered),
      );
      this.#next = { ids: gathered, fates };
    }
    for (const id of asked) this.#next.ids.add(id);
    return this.#next.fates;
  }

  #askNext(gathered: ReadonlySet<EntryId>): Promise<Fates> {
    this.#next = null;
    return this.#ask([...gathered]);
  }

  #ask(ids: readonly EntryId[]): Promise<Fates> {
    const asking = this.#read(ids);
    this.#asking = asking;
    const done = (): void => {
      if (this.#asking === asking) this.#asking = null;
    };
    asking.then(done, done);
    return asking;
  }

  async #read(ids: readonly EntryId[]): Promise<Fates> {
    const found = new Map<EntryId, OffRoomFate>();
    for (const [id, fate] of await this.#storage.fates(ids))
      if (fate.type !== 'numbered') found.set(id, fate);
    return found;
  }
}
