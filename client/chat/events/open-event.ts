/** The chat was opened. */
export class ComptoirOpenEvent extends Event {
  constructor() {
    super('comptoir-open', { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-open': ComptoirOpenEvent;
  }
}
