/** The shared words in the language of a BCP 47 tag. */
import { commonEn } from './common-en.ts';
import { type CommonWords, commonFr } from './common-fr.ts';
import { languageOf } from './language.ts';

export const commonWords = (tag: string): CommonWords =>
  languageOf(tag) === 'fr' ? commonFr : commonEn;
