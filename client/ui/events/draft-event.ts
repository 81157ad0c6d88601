/** The composer's text changed and should be kept. Stays inside our shadow root: the host page does not see it. */
export class DraftEvent extends Event {
  readonly text: string;
  constructor(text: string) {
    super('comptoir-draft', { bubbles: true });
    this.text = text;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-draft': DraftEvent;
  }
}
