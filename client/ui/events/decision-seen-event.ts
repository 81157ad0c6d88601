/** Somebody has seen a decision about their words. Stays inside our shadow root: the host page does not see it. */
import type { DecisionView } from '../../store/moderation/moderation-state.ts';

export class DecisionSeenEvent extends Event {
  readonly decision: DecisionView;
  constructor(decision: DecisionView) {
    super('comptoir-decision-seen', { bubbles: true });
    this.decision = decision;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-decision-seen': DecisionSeenEvent;
  }
}
