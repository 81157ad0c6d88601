/** Somebody answered while the visitor was not looking. */
export class ComptoirMessageEvent extends Event {
  readonly conversation: string;
  /** The shown name; empty when there is none. */
  readonly from: string;
  constructor(conversation: string, from: string) {
    super('comptoir-message', { bubbles: true, composed: true });
    this.conversation = conversation;
    this.from = from;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-message': ComptoirMessageEvent;
  }
}
