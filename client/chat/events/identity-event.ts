import type { IdentityOutcome } from '../../../shared/protocol/control.ts';

/** The relay has looked at the brand's token: `accepted`, `expired` or `refused`. */
export class ComptoirIdentityEvent extends Event {
  readonly outcome: IdentityOutcome;
  constructor(outcome: IdentityOutcome) {
    super('comptoir-identity', { bubbles: true, composed: true });
    this.outcome = outcome;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-identity': ComptoirIdentityEvent;
  }
}
