/** Take a refused message back into the composer. Stays inside our shadow root: the host page does not see it. */
export class EditEvent extends Event {
  readonly messageId: string;
  constructor(messageId: string) {
    super('comptoir-edit', { bubbles: true });
    this.messageId = messageId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-edit': EditEvent;
  }
}
