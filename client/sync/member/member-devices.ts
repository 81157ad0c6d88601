/** Linking another device to this member, joining another's, and removing one: by the relay, at once. */
import type { DeviceKey } from '../../../shared/ids.ts';
import type { FromDevice, FromRelay, LinkOutcome } from '../../../shared/protocol/control.ts';
import type { LinkCode } from '../../store/sync-port.ts';
import type { Contact } from '../contact/contact.ts';
import type { Heard } from '../contact/said.ts';
import { RelayAnswers } from './relay-answers.ts';

export class MemberDevices {
  readonly #contact: Contact;
  readonly #answers = new RelayAnswers();

  constructor(contact: Contact) {
    this.#contact = contact;
  }

  linkCode(label: string): Promise<LinkCode> {
    return this.#exchange({ type: 'linkWanted', label }, 'linkCode');
  }

  async join(code: string, label: string): Promise<LinkOutcome> {
    return (await this.#exchange({ type: 'link', code, label }, 'linked')).outcome;
  }

  async remove(device: DeviceKey): Promise<void> {
    this.#mustBeOnline();
    this.#contact.say({ type: 'removeDevice', device });
  }

  /** The relay answers, to this tab or another. */
  heard(message: Heard): void {
    this.#answers.resolve(message);
  }

  /** There is no link any more: nobody waits for an answer. */
  giveUp(): void {
    this.#answers.giveUp();
  }

  async #exchange<T extends 'linkCode' | 'linked'>(
    message: FromDevice,
    type: T,
  ): Promise<Extract<FromRelay, { type: T }>> {
    this.#mustBeOnline();
    const answer = this.#answers.wait(type);
    this.#contact.say(message);
    return answer;
  }

  #mustBeOnline(): void {
    if (this.#contact.link.get().status !== 'online') throw new Error('offline');
  }
}
