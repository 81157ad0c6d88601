/** Answer one message. Stays inside our shadow root: the host page does not see it. */
export class QuoteEvent extends Event {
  readonly messageId: string;
  constructor(messageId: string) {
    super('comptoir-quote', { bubbles: true });
    this.messageId = messageId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-quote': QuoteEvent;
  }
}
