/** The number of unread messages changed. */
export class ComptoirUnreadEvent extends Event {
  readonly count: number;
  constructor(count: number) {
    super('comptoir-unread', { bubbles: true, composed: true });
    this.count = count;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-unread': ComptoirUnreadEvent;
  }
}
