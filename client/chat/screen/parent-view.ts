/** Where "back" leads from a view; null from the first one. */
import type { ChatState, ChatView } from '../../store/chat/chat-state.ts';

/** Whether one of the visitor's own conversations shows. */
export const isOwn = ({ view, conversations }: ChatState): boolean =>
  view.type === 'thread' && conversations.some(({ id }) => id === view.id);

/** What is among the visitor's own was come to from there, a question of somebody else from the welcome. */
export function parentView(state: ChatState): ChatView | null {
  if (state.view.type === 'welcome') return null;
  return { type: isOwn(state) ? 'conversations' : 'welcome' };
}

/** How many views "back" closes, this one counted. */
export function viewDepth(state: ChatState): number {
  const parent = parentView(state);
  return parent === null ? 1 : 1 + viewDepth({ ...state, view: parent });
}
