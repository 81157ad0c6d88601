/** The widget's words for an open space, in the language of a BCP 47 tag. */
import { languageOf } from './language.ts';
import { openEn } from './open-en.ts';
import { type OpenWords, openFr } from './open-fr.ts';

export const openWords = (tag: string): OpenWords => (languageOf(tag) === 'fr' ? openFr : openEn);
