/** The words of the widget's later screens, in the language of a BCP 47 tag. */
import { laterEn } from './later-en.ts';
import { type LaterWords, laterFr } from './later-fr.ts';

/** As `languageOf`: that one is in the first chunk, and shared with this one would get its own. */
export const laterWords = (tag: string): LaterWords => (/^fr\b/i.test(tag) ? laterFr : laterEn);
