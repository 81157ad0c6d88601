/** What every feature that decides about somebody's words asks the feature that keeps decisions. */
import type { Deciding, MadeDecision } from './decisions.ts';
import type { RelayEvent } from './events.ts';
import type { Write } from './port.ts';

/** What a decision is written into: the batch of its effect. */
export interface Effect {
  write(write: Write): void;
  tell(event: RelayEvent): void;
}

export interface DecisionBook {
  /**
   * Writes a decision in the transaction of its effect. Once that is on disk, the author's devices are told,
   * again and again until they say that it was seen.
   */
  decide(effect: Effect, deciding: Deciding): MadeDecision;
}
