/** What the later screens are given: the panel's context, with their words beside the first ones. */
import type { ChatWords } from '../../locales/chat-fr.ts';
import type { LaterWords } from '../../locales/later-fr.ts';
import { laterWords } from '../../locales/later-words.ts';
import type { PanelContext } from './panel-context.ts';

export interface LaterContext extends PanelContext {
  readonly words: ChatWords & LaterWords;
}

export const withLaterWords = (context: PanelContext): LaterContext => ({
  ...context,
  words: { ...context.words, ...laterWords(context.common.lang) },
});
