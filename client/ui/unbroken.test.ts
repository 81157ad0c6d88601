import { expect } from '@open-wc/testing';
import { unbroken } from './unbroken.ts';

describe('unbroken', () => {
  it('keeps French marks with their word, and leaves the rest alone', () => {
    for (const [text, shown] of [
      ['Ça va ?', 'Ça va\u00a0?'],
      ['Quoi ?! Non ; si : oui', 'Quoi\u00a0?! Non\u00a0; si\u00a0: oui'],
      ['« Oui », dit-elle', '«\u00a0Oui\u00a0», dit-elle'],
      ['20 % à 5 €.', '20\u00a0% à 5\u00a0€.'],
      ['Ça va  ?', 'Ça va  ?'],
      ['a ?b :c', 'a ?b :c'],
      ['Ligne\n? x', 'Ligne\n? x'],
    ])
      expect(unbroken(text!)).to.equal(shown);
  });
});
