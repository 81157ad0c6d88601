/** The words of a person's card: with the later screens, so not in the pack of the first one. */
import { type Language, languageOf } from '../../locales/language.ts';

export interface CardWords {
  /** The label of the button that opens it. It begins with the name, because people see the name. */
  readonly meet: (name: string) => string;
  readonly close: string;
  readonly since: (when: string) => string;
  readonly topics: string;
  readonly store: string;
  readonly owns: string;
}

const words: Readonly<Record<Language, CardWords>> = {
  fr: {
    meet: (name) => `${name}, voir sa carte`,
    close: 'Fermer la carte',
    since: (when) => `Répond ici depuis ${when}`,
    topics: 'S’y connaît en',
    store: 'Magasin ou ville',
    owns: 'Utilise',
  },
  en: {
    meet: (name) => `${name}, see their card`,
    close: 'Close the card',
    since: (when) => `Answering here since ${when}`,
    topics: 'Knows about',
    store: 'Store or town',
    owns: 'Uses',
  },
};

export const cardWords = (tag: string): CardWords => words[languageOf(tag)];
