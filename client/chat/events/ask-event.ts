/** The visitor asked a new question, and it is kept on this device. Its text stays private. */
export class ComptoirAskEvent extends Event {
  constructor() {
    super('comptoir-ask', { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-ask': ComptoirAskEvent;
  }
}
