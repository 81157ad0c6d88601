/** The words of the visitor's conversations, in the language of a BCP 47 tag. */
import { conversationEn } from './conversation-en.ts';
import { type ConversationWords, conversationFr } from './conversation-fr.ts';

/** As `languageOf`: that one is in the first chunk, and shared with this one would get its own. */
export const conversationWords = (tag: string): ConversationWords =>
  /^fr\b/i.test(tag) ? conversationFr : conversationEn;
