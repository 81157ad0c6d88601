/** The shared words in the language of a BCP 47 tag. */
import type { CommonWords } from './common-fr.ts';
import { packOf } from './packs.ts';

export const commonWords = (tag: string): CommonWords => packOf(tag).common;
