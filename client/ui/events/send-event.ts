/** A text to send, from the composer. Stays inside our shadow root: the host page does not see it. */
export class SendEvent extends Event {
  readonly text: string;
  constructor(text: string) {
    super('comptoir-send', { bubbles: true });
    this.text = text;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-send': SendEvent;
  }
}
