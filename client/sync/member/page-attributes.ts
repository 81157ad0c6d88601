/**
 * What the brand's page says of its visitor: kept in memory by every tab, and told to the relay on every contact
 * by the one that has the socket.
 */
import type { Contact } from '../contact/contact.ts';

/** As JSON: nothing to tell. */
const NOTHING = '{}';

export class PageAttributes {
  readonly #contact: Contact;
  /** What this tab's page says. */
  #own = NOTHING;
  /** What was said last, in any tab: the device has one line. */
  #json = NOTHING;

  constructor(contact: Contact) {
    this.#contact = contact;
  }

  tell(attributes: Readonly<Record<string, string>>): void {
    const json = JSON.stringify(attributes);
    if (json === this.#own) return;
    this.#own = json;
    this.heard(json);
    this.#post();
  }

  /** The tab that has the socket may be a new one, which has not heard what was said before. */
  remind(): void {
    if (this.#own !== NOTHING && this.#own === this.#json) this.#post();
  }

  /** A page has said this, here or in another tab. */
  heard(json: string): void {
    if (json === this.#json) return;
    this.#json = json;
    this.#say();
  }

  /** The relay has forgotten them: each contact begins anew. */
  again(): void {
    if (this.#json !== NOTHING) this.#say();
  }

  #post(): void {
    this.#contact.post({ type: 'attributes', json: this.#json });
  }

  #say(): void {
    this.#contact.send({ type: 'attributes', json: this.#json });
  }
}
