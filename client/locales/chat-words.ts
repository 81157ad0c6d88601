/** The widget's words in the language of a BCP 47 tag. */
import { chatEn } from './chat-en.ts';
import { type ChatWords, chatFr } from './chat-fr.ts';
import { languageOf } from './language.ts';

export const chatWords = (tag: string): ChatWords => (languageOf(tag) === 'fr' ? chatFr : chatEn);
