/** A person's card was opened or closed. Stays inside our shadow root: the host page does not see it. */
export class CardEvent extends Event {
  constructor() {
    super('comptoir-card', { bubbles: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-card': CardEvent;
  }
}
