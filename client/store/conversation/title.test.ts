import { expect } from '@open-wc/testing';
import { titleOf } from './title.ts';

describe('a conversation’s title', () => {
  it('is the question on one line', () => {
    expect(titleOf('  Quelle cheville\n pour du placo\u202f? ')).to.equal(
      'Quelle cheville pour du placo ?',
    );
  });

  it('leaves out a greeting, where something remains', () => {
    for (const greeting of [
      'Bonjour, ',
      'bonjour ',
      'Bonsoir\u00a0! ',
      'Salut à tous, ',
      'BONJOUR\n\n',
      'Hello there! ',
      'Good morning, ',
    ])
      expect(titleOf(`${greeting}cette cheville tient-elle`), greeting).to.equal(
        'Cette cheville tient-elle',
      );
    for (const whole of [
      'Bonjour',
      'Bonjour, une question',
      'Hi there',
      'Bonjourno est-il un mot',
      'Hip hop, où est le rayon',
    ])
      expect(titleOf(whole), whole).to.equal(
        whole === 'Bonjour, une question' ? 'Une question' : whole,
      );
  });

  it('is cut between words', () => {
    const title = titleOf('mot '.repeat(40));
    expect(title.length).to.be.at.most(81);
    expect(title.endsWith('mot…')).to.equal(true);
  });
});
