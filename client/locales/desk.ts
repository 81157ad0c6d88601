/** The desk's words in the language of a BCP 47 tag. */
import { deskEn } from './desk-en.ts';
import { deskFr } from './desk-fr.ts';
import type { DeskWords } from './desk-words.ts';
import { languageOf } from './language.ts';

export const deskWords = (tag: string): DeskWords => (languageOf(tag) === 'fr' ? deskFr : deskEn);
