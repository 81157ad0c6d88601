/**
 * The words that are loaded, by language. A surface brings what it shows: the widget the reader's
 * language first and the other with its later screens, the desk both.
 */
import type { ChatWords } from './chat-fr.ts';
import type { CommonWords } from './common-fr.ts';
import { type Language, languageOf } from './language.ts';

export interface WordPack {
  readonly common: CommonWords;
  readonly chat: ChatWords;
}

const packs = new Map<Language, WordPack>();

export const addPack = (language: Language, pack: WordPack): unknown => packs.set(language, pack);

/** The words in the language of a BCP 47 tag, else in the one there is. */
export function packOf(tag: string): WordPack {
  const pack = packs.get(languageOf(tag)) ?? packs.values().next().value;
  if (!pack) throw new Error('no words are loaded');
  return pack;
}
