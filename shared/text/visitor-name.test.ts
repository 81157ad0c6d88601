import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesToText } from '../bytes.ts';
import type { MemberId } from '../ids.ts';
import { animals } from './animals.ts';
import { visitorName } from './visitor-name.ts';

const member = (...bytes: number[]): MemberId =>
  bytesToText(Uint8Array.from({ length: 16 }, (_, at) => bytes[at] ?? 0)) as MemberId;

describe('the name of somebody who gave none', () => {
  it('is the same everywhere and for ever, and the same animal in each language', () => {
    assert.equal(visitorName(member(7, 0, 0, 0, 11), 'fr'), 'Visiteur · écureuil 12');
    assert.equal(visitorName(member(7, 0, 0, 0, 11), 'en'), 'Visitor · squirrel 12');
    assert.equal(visitorName(member(0, 0, 96, 0, 99), 'fr'), 'Visiteur · écureuil 1');
    assert.equal(visitorName(member(0, 255, 255, 255, 255), 'en'), 'Visitor · chameleon 97');
  });

  it('has as many animals in each language, each once, and none by a capital or an article', () => {
    assert.equal(animals.fr.length, animals.en.length);
    for (const list of [animals.fr, animals.en]) {
      assert.equal(new Set(list).size, list.length);
      for (const animal of list) assert.match(animal, /^[a-zà-ÿ][a-zà-ÿ -]+$/);
    }
  });

  it('tells most of 500 people apart', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) & 255;
    const names = Array.from({ length: 500 }, () =>
      visitorName(member(...Array.from({ length: 16 }, random)), 'fr'),
    );
    assert.ok(new Set(names).size > 470, `${new Set(names).size} names`);
  });
});
