/** The words of decisions, appeals, reports and hidden messages, in the language of a BCP 47 tag. */
import { languageOf } from './language.ts';
import { moderationEn } from './moderation-en.ts';
import { type ModerationWords, moderationFr } from './moderation-fr.ts';

export const moderationWords = (tag: string): ModerationWords =>
  languageOf(tag) === 'fr' ? moderationFr : moderationEn;
