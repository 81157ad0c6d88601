/** What the later screens are given: the panel's context, with all words. */
import { type LaterWords, laterWords } from '../../locales/later-words.ts';
import type { PanelContext } from './panel-context.ts';

export interface LaterContext extends PanelContext {
  readonly words: LaterWords;
}

export const withLaterWords = (context: PanelContext): LaterContext => ({
  ...context,
  words: laterWords(context.common.lang),
});
