/** All of the widget's words in the language of a BCP 47 tag, those of the later screens too. */
import type { ChatWords } from './chat-fr.ts';
import { chatWords } from './chat-words.ts';
import { laterEn } from './later-en.ts';
import { type LaterCatalogue, laterFr } from './later-fr.ts';

export type LaterWords = ChatWords & LaterCatalogue;

export function laterWords(tag: string): LaterWords {
  const words = chatWords(tag);
  return { ...words, ...(words.lang === 'fr' ? laterFr : laterEn) };
}
