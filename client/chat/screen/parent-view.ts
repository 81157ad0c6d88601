/** Where "back" leads from a view; null from the first one. */
import type { ChatState, ChatView } from '../../store/chat/chat-state.ts';

/** What is among the visitor's own was come to from there, a question of somebody else from the welcome. */
export function parentView({ view, conversations }: ChatState): ChatView | null {
  if (view.type === 'welcome') return null;
  const own = view.type === 'thread' && conversations.some(({ id }) => id === view.id);
  return { type: own ? 'conversations' : 'welcome' };
}

/** How many views "back" closes, this one counted. */
export function viewDepth(state: ChatState): number {
  const parent = parentView(state);
  return parent === null ? 1 : 1 + viewDepth({ ...state, view: parent });
}
