/**
 * The relay's storage in memory, with the accidents of a machine: it can die before or after a write,
 * and be put back to an older backup (the list of erased entries stays, as the file does).
 */
import { bytesToText } from '../shared/bytes.ts';
import type { EntryId } from '../shared/ids.ts';
import type { RoomName } from '../shared/protocol/rooms.ts';
import { MemoryStorage } from '../relay/storage/memory/memory-storage.ts';
import type { Backup } from '../relay/storage/memory/tables/table.ts';
import { type Call, type Storage, ports, portsOver } from '../relay/storage/storage.ts';

/** When the machine dies: never, before the next write is on disk, or right after. */
export type Accident = 'none' | 'before-write' | 'after-write';

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** Resolves never: what a dead machine answers. */
const dead = new Promise<never>(() => {});

export class MortalStorage {
  accident: Accident = 'none';
  readonly #memory = new MemoryStorage();
  /** The machine that runs now. */
  #machine = {};

  /** Starts another machine over what is on disk; the one before hears nothing any more. */
  boot(): Storage {
    const inner = this.#memory.open();
    const machine = {};
    this.#machine = machine;
    this.accident = 'none';
    const call = async ({ port, op, args, line }: Call): Promise<unknown> => {
      const writes = (ports[port] as Readonly<Record<string, string>>)[op] !== 'read';
      if (this.#machine !== machine || (writes && this.accident === 'before-write')) return dead;
      const methods = line ? inner[port].with(line) : inner[port];
      const result = await (methods as unknown as Readonly<Record<string, Method>>)[op]?.(...args);
      return writes && this.accident === 'after-write' ? dead : result;
    };
    return { ...portsOver(call), copyTo: inner.copyTo, close: () => inner.close() };
  }

  backUp(): Backup {
    return this.#memory.backUp();
  }

  restore(backup: Backup): void {
    this.#memory.restore(backup);
  }

  isErased(id: EntryId): boolean {
    return this.#memory.rooms.fates([id]).get(id)?.type === 'erased';
  }

  /** Ids of live entries of a room, in order of seq. */
  entriesOf(room: RoomName): EntryId[] {
    return this.#memory.rooms
      .range(room, 0, Infinity)
      .rows.filter((row) => row.key === null)
      .map((row) => bytesToText(row.id) as EntryId);
  }
}
