/** What features are asked about each entry on its way. */
import type { RefusalCode } from '../../../shared/protocol/outcome.ts';
import type { Actor } from '../ports/people.ts';

/** Synchronous: what it needs is in memory. */
export interface SubmitPolicy {
  /** Why the author may not write, or null. Asked before the rules of the conversation. */
  admit?(author: Actor): RefusalCode | null;
  /** An entry was accepted, from that address. Nothing of it is on disk yet. */
  took?(author: Actor): void;
}
