/**
 * What to call somebody who gave no name, so that people can be told apart: from their key alone, hence the
 * same on every desk and after every restart. It is no identity: two people may share one.
 */
import { textToBytes } from '../bytes.ts';
import type { MemberId } from '../ids.ts';
import { animals } from './animals.ts';

const visitor = { fr: 'Visiteur', en: 'Visitor' };
const NUMBERS = 99;

/** Such as "Visiteur · écureuil 12". */
export function visitorName(member: MemberId, lang: 'fr' | 'en'): string {
  // The first byte chooses the hue: the next ones are apart from it.
  const [, a = 0, b = 0, c = 0, d = 0] = textToBytes(member, 16);
  const animal = animals[lang][((a << 8) | b) % animals[lang].length] ?? '';
  return `${visitor[lang]} · ${animal} ${(((c << 8) | d) % NUMBERS) + 1}`;
}
