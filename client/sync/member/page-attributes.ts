/** What the brand's page says of its visitor: kept in memory, told to the relay on every contact. */
import type { Contact } from '../contact/contact.ts';

/** As JSON: nothing to tell. */
const NOTHING = '{}';

export class PageAttributes {
  readonly #contact: Contact;
  #json = NOTHING;

  constructor(contact: Contact) {
    this.#contact = contact;
  }

  tell(attributes: Readonly<Record<string, string>>): void {
    const json = JSON.stringify(attributes);
    if (json === this.#json) return;
    this.#json = json;
    this.#say();
  }

  /** The relay has forgotten them: each contact begins anew. */
  again(): void {
    if (this.#json !== NOTHING) this.#say();
  }

  #say(): void {
    this.#contact.say({ type: 'attributes', json: this.#json });
  }
}
