/** The words of a conversation's messages in the language of a BCP 47 tag, with the shared ones. */
import type { CommonWords } from './common-fr.ts';
import { commonWords } from './common-words.ts';
import { threadEn } from './thread-en.ts';
import { threadFr, type ThreadWords } from './thread-fr.ts';

export type MessageWords = CommonWords & ThreadWords;

export function threadWords(tag: string): MessageWords {
  const common = commonWords(tag);
  return { ...common, ...(common.lang === 'fr' ? threadFr : threadEn) };
}
