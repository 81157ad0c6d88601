/**
 * What of sync no first screen needs, fetched when something asks for it: linking devices, and what was decided about
 * this member's words.
 */
import type { Contact } from '../contact/contact.ts';
import type { Heard } from '../contact/said.ts';
import type { KeyValueStore } from '../storage/key-value-store.ts';
import { DecisionBook } from './decision-book.ts';
import { MemberDevices } from './member-devices.ts';

export interface LateHost {
  readonly database: KeyValueStore;
  readonly contact: Contact;
}

export class LateParts {
  readonly decisions: DecisionBook;
  readonly devices: MemberDevices;

  private constructor(host: LateHost) {
    this.decisions = new DecisionBook(host);
    this.devices = new MemberDevices(host.contact);
  }

  /** With what earlier visits left. */
  static async open(host: LateHost): Promise<LateParts> {
    const parts = new LateParts(host);
    await parts.decisions.load();
    return parts;
  }

  /** The relay said something of theirs, to this tab or another; null: another tab stored something. */
  heard(message: Heard | null): void {
    if (!message)
      void this.decisions.load().catch(() => {}); // storage says so
    else if (message.type === 'unread') this.decisions.heard(message.bytes);
    else this.devices.heard(message);
  }
}
