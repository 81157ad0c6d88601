/**
 * Where the states of long rooms are kept, so that opening one does not read its whole history: the port
 * that adapters implement. A checkpoint is only a shortcut: without one, the rows are read.
 */
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { OpsOf } from './port.ts';

export interface Checkpoint {
  /** The room's generation and `rev` when the state was taken. */
  readonly generation: number;
  readonly rev: number;
  /** The seq of the first row that the state has not seen. */
  readonly next: number;
  /** The version of the reducer that made it; another version ignores it. */
  readonly version: number;
  readonly bytes: Uint8Array;
}

export interface CheckpointStorage {
  /** The state of a room by this version of the reducer, if there is one and nothing was erased since. */
  checkpoint(room: RoomName, version: number): Promise<Checkpoint | undefined>;
  /**
   * Stores a state instead of the previous one. It is ignored if the room lost a row since it was taken:
   * what was erased must not come back this way. Storage drops a room's state when it erases in the room.
   */
  putCheckpoint(room: RoomName, checkpoint: Checkpoint): Promise<void>;
}

export const checkpointOps = {
  checkpoint: 'read',
  putCheckpoint: 'behind',
} as const satisfies OpsOf<CheckpointStorage>;
