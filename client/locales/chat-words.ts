/** The widget's words in the language of a BCP 47 tag. */
import type { ChatWords } from './chat-fr.ts';
import { packOf } from './packs.ts';

export const chatWords = (tag: string): ChatWords => packOf(tag).chat;
