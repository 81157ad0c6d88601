/** What features are asked about each entry on its way. */
import type { ConversationId } from '../../../shared/ids.ts';
import type { RefusalCode } from '../../../shared/protocol/outcome.ts';
import type { Content } from '../../../shared/entry/content.ts';
import type { Role } from '../../../shared/grant/roles.ts';
import type { EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Holding } from '../held/holding.ts';
import type { Effect } from '../ports/decision-book.ts';
import type { BookEntry } from '../ports/book-storage.ts';
import type { Actor } from '../ports/people.ts';
import type { Batch } from '../rooms/batch.ts';

/** An entry that may be numbered, with what it says. */
export interface Weighed {
  readonly id: EntryId;
  readonly content: Content;
  readonly space: SpaceId;
  readonly member: MemberId;
  /** Its author's, there. */
  readonly role: Role;
}

/** What a policy says of an entry that not everybody may read. */
export interface Finding extends Holding {
  /** `refuse`: nobody else ever reads it. `hold`: nobody before somebody has read it. */
  readonly does: 'hold' | 'refuse';
}

/** A finding, and what it is about. */
export interface Found {
  readonly finding: Finding;
  readonly entry: Weighed;
  readonly conversation: ConversationId;
}

/** Synchronous: what it needs is in memory. */
export interface SubmitPolicy {
  /** Why the author may not write, or null. Asked before the rules of the conversation. */
  admit?(author: Actor): RefusalCode | null;
  /** Why not everybody may read what it says, or null. Asked last: after the author's limits. The strictest counts. */
  weigh?(entry: Weighed): Finding | null;
  /** An entry was held or refused because of a finding. What is written with it goes into the effect. */
  found?(effect: Effect, found: Found): void;
  /** An act goes to the books with this batch. */
  booked?(entry: BookEntry, batch: Batch): void;
  /** An entry was accepted, from that address. Nothing of it is on disk yet. */
  took?(author: Actor, entry: Weighed): void;
}
