/** Ask for another look at a decision. Stays inside our shadow root: the host page does not see it. */
import type { DecisionId } from '../../../shared/ids.ts';

export class AppealEvent extends Event {
  readonly reference: DecisionId;
  readonly text: string;
  constructor(reference: DecisionId, text: string) {
    super('comptoir-appeal', { bubbles: true });
    this.reference = reference;
    this.text = text;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-appeal': AppealEvent;
  }
}
