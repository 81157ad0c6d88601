/** What features are asked of each entry on its way. */
import type { RefusalCode } from '../../../shared/protocol/outcome.ts';
import type { Actor } from '../ports/people.ts';

/** Synchronous: what it needs is in memory. */
export interface SubmitPolicy {
  /** Before the rules of the conversation are looked at: why the author may not write, or null. */
  admit?(author: Actor): RefusalCode | null;
  /** An entry was taken, from there. Nothing of it is on disk yet. */
  took?(author: Actor): void;
}
