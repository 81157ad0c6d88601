/** What is derived from a conversation for others to see: the port that relay/projections implements. */
import type { ConversationId } from '../../../shared/ids.ts';
import type { ConversationRoom, KeyedRoom } from './room.ts';

export interface InboxProjection {
  /** The conversation's inbox record; null while it has no question. */
  recordOf(room: ConversationRoom): string | null;
  /** Keys that must leave so that `incoming` fits. */
  overflow(inbox: KeyedRoom, incoming: string): readonly string[];
}

export interface QuestionProjection {
  /** The conversation's record among an open space's questions; null when it is not to be listed. */
  recordOf(room: ConversationRoom): string | null;
  /** Keys that must leave the space's room so that `incoming` fits. */
  overflow(space: KeyedRoom, incoming: ConversationId): readonly string[];
}
