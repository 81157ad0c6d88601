/**
 * Whose entries were that have been erased. Every entry is looked for here, so what was never erased must
 * be known in memory: storage is asked only about the others, once at a time for all who want to know.
 */
import type { EntryId, MemberId } from '../../../shared/ids.ts';
import type { RoomStorage } from '../ports/room-storage.ts';
import { IdFilter } from './id-filter.ts';

export type Erased = ReadonlyMap<EntryId, MemberId>;

const NONE: Erased = new Map();
const IDS_AT_ONCE = 5_000;

export class ErasedEntries {
  readonly #storage: Pick<RoomStorage, 'fates' | 'erasedIds'>;
  readonly #filter = new IdFilter();
  /** Until all are read, any entry may have been erased. */
  #isLoaded = false;
  #asking: Promise<Erased> | null = null;
  #next: { readonly ids: Set<EntryId>; readonly erased: Promise<Erased> } | null = null;

  constructor(storage: Pick<RoomStorage, 'fates' | 'erasedIds'>) {
    this.#storage = storage;
  }

  /** Reads which there are. Rejects if storage does: then it goes on being asked. */
  async load(): Promise<void> {
    let after = '';
    for (;;) {
      const ids = await this.#storage.erasedIds(after, IDS_AT_ONCE);
      this.add(ids);
      if (ids.length < IDS_AT_ONCE) break;
      after = ids.at(-1) ?? '';
    }
    this.#isLoaded = true;
  }

  /** These are about to be erased. */
  add(ids: Iterable<EntryId>): void {
    for (const id of ids) this.#filter.add(id);
  }

  /** Whose these were, of those that were erased on disk; and perhaps of others. */
  of(ids: readonly EntryId[]): Erased | Promise<Erased> {
    const asked = this.#isLoaded ? ids.filter((id) => this.#filter.mayHave(id)) : ids;
    if (asked.length === 0) return NONE;
    if (!this.#asking) return this.#ask(asked);
    if (!this.#next) {
      const gathered = new Set<EntryId>();
      const erased = this.#asking.then(
        () => this.#askNext(gathered),
        () => this.#askNext(gathered),
      );
      this.#next = { ids: gathered, erased };
    }
    for (const id of asked) this.#next.ids.add(id);
    return this.#next.erased;
  }

  #askNext(gathered: ReadonlySet<EntryId>): Promise<Erased> {
    this.#next = null;
    return this.#ask([...gathered]);
  }

  #ask(ids: readonly EntryId[]): Promise<Erased> {
    const asking = this.#read(ids);
    this.#asking = asking;
    const done = (): void => {
      if (this.#asking === asking) this.#asking = null;
    };
    asking.then(done, done);
    return asking;
  }

  async #read(ids: readonly EntryId[]): Promise<Erased> {
    const erased = new Map<EntryId, MemberId>();
    for (const [id, fate] of await this.#storage.fates(ids))
      if (fate.type === 'erased') erased.set(id, fate.member);
    return erased;
  }
}
