/** The panel asks to be closed. Stays inside our shadow root. */
export class LeaveEvent extends Event {
  /** Whether everything on this device was erased. */
  readonly erased: boolean;
  constructor(erased: boolean) {
    super('comptoir-leave');
    this.erased = erased;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-leave': LeaveEvent;
  }
}
