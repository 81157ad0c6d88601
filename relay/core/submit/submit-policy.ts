/** What features are asked about each entry on its way. */
import type { RefusalCode } from '../../../shared/protocol/outcome.ts';
import type { Content } from '../../../shared/entry/content.ts';
import type { Role } from '../../../shared/grant/roles.ts';
import type { EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Actor } from '../ports/people.ts';

/** An entry that may be numbered, with what it says. */
export interface Weighed {
  readonly id: EntryId;
  readonly content: Content;
  readonly space: SpaceId;
  readonly member: MemberId;
  /** Its author's, there. */
  readonly role: Role;
}

/** Synchronous: what it needs is in memory. */
export interface SubmitPolicy {
  /** Why the author may not write, or null. Asked before the rules of the conversation. */
  admit?(author: Actor): RefusalCode | null;
  /** Why nobody else may read what it says, or null. Asked last: after the author's limits. */
  weigh?(entry: Weighed): RefusalCode | null;
  /** An entry was accepted, from that address. Nothing of it is on disk yet. */
  took?(author: Actor, entry: Weighed): void;
}
