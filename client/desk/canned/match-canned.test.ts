import { assert } from '@open-wc/testing';
import { cannedQuery, matchCanned } from './match-canned.ts';

const replies = [
  { shortcut: 'photo', text: 'Une photo du mur aiderait.' },
  { shortcut: 'bonjour', text: 'Bonjour et bienvenue.' },
  { shortcut: 'étage', text: 'À quel étage ?' },
  { shortcut: 'mag', text: 'Passez au magasin, avec une photo.' },
];
const found = (query: string): string[] =>
  matchCanned(replies, query).map(({ shortcut }) => shortcut);

describe('ready replies by slash', () => {
  it('is asked for by a slash at the start and nothing else', () => {
    assert.equal(cannedQuery('/'), '');
    assert.equal(cannedQuery('/bon'), 'bon');
    for (const text of ['', 'a/b', '/bon jour', ' /bon', 'et/ou']) assert.isNull(cannedQuery(text));
  });

  it('finds by shortcut first, then by text, whatever the accents', () => {
    assert.deepEqual(found('photo'), ['photo', 'mag']);
    assert.deepEqual(found('ETA'), ['étage']);
    assert.deepEqual(found('zzz'), []);
    assert.lengthOf(found(''), 4);
  });
});
