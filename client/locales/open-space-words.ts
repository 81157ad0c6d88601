/** The words of an open space, in the language of a BCP 47 tag. */
import { openSpaceEn } from './open-space-en.ts';
import { type OpenSpaceWords, openSpaceFr } from './open-space-fr.ts';

/** As `languageOf`: that one is in the first chunk, and shared with this one would get its own. */
export const openSpaceWords = (tag: string): OpenSpaceWords =>
  /^fr\b/i.test(tag) ? openSpaceFr : openSpaceEn;
