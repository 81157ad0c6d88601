/** What the conversation screens get: the panel's context, with their words besides the first ones. */
import type { ChatWords } from '../../locales/chat-fr.ts';
import type { ConversationWords } from '../../locales/conversation-fr.ts';
import { conversationWords } from '../../locales/conversation-words.ts';
import type { PanelContext } from '../screen/panel-context.ts';

export interface ConversationContext extends PanelContext {
  readonly words: ChatWords & ConversationWords;
}

export const withConversationWords = (context: PanelContext): ConversationContext => ({
  ...context,
  words: { ...context.words, ...conversationWords(context.common.lang) },
});
