/**
 * Withdraw one's own message. It is cancelable, because it destroys. It stays inside our shadow root: the
 * host page does not see it.
 */
export class WithdrawEvent extends Event {
  readonly messageId: string;
  constructor(messageId: string) {
    super('comptoir-withdraw', { bubbles: true, cancelable: true });
    this.messageId = messageId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-withdraw': WithdrawEvent;
  }
}
