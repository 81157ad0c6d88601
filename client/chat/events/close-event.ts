/** The chat was closed. */
export class ComptoirCloseEvent extends Event {
  constructor() {
    super('comptoir-close', { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-close': ComptoirCloseEvent;
  }
}
