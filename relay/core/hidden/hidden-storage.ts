/** Rows that are hidden: out of their room until they are shown again. The port that adapters implement. */
import type { ConversationId, EntryId } from '../../../shared/ids.ts';
import type { OpsOf } from '../ports/port.ts';

export interface HiddenEntry {
  readonly id: EntryId;
  readonly conversation: ConversationId;
  /** The row as it was. */
  readonly bytes: Uint8Array;
}

/** An entry that is erased leaves it too: `RoomChange.forget`. */
export interface HiddenStorage {
  putHidden(entry: HiddenEntry): Promise<void>;
  dropHidden(id: EntryId): Promise<void>;
  hiddenEntry(id: EntryId): Promise<HiddenEntry | undefined>;
}

export const hiddenOps = {
  putHidden: 'write',
  dropHidden: 'write',
  hiddenEntry: 'read',
} as const satisfies OpsOf<HiddenStorage>;
