/**
 * The relay's books: signed acts that are counted and never become rows. The port that adapters implement.
 */
import type { ConversationId, DeviceKey, EntryId, MemberId } from '../../../shared/ids.ts';
import type { OpsOf } from './port.ts';

/** An act in the books. */
export interface BookEntry {
  readonly id: EntryId;
  /** The kind's number. */
  readonly kind: number;
  readonly conversation: ConversationId;
  /** What it is about; empty for the conversation. */
  readonly target: string;
  readonly member: MemberId;
  readonly device: DeviceKey;
  /** As its author signed it. */
  readonly bytes: Uint8Array;
  /** When the relay took it, ms. */
  readonly at: number;
}

export interface BookStorage {
  /** Adds it, unless one of that kind by that member is there about the same. */
  book(entry: BookEntry): Promise<void>;
  /** All acts of a kind about something, the oldest first. */
  booked(kind: number, target: string): Promise<readonly BookEntry[]>;
}

export const bookOps = { book: 'write', booked: 'read' } as const satisfies OpsOf<BookStorage>;
