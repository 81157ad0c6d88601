/**
 * How the visitor's store reads conversations: the reducer, the thread, withdrawing and taking back. It
 * comes with the conversation screens. Until then a conversation is listed as last seen.
 */
import type { ConversationId } from '../../../shared/ids.ts';
import { ConversationWatch } from '../conversation/conversation-watch.ts';
import { backToDraft, withdraw } from '../conversation/own-entries.ts';
import { latestOf, storedOf, summaryOf } from './thread-summary.ts';
import type { Sync } from '../sync-port.ts';

export const conversationPart = {
  watch: (sync: Sync, id: ConversationId, changed: () => void): ConversationWatch =>
    new ConversationWatch(sync, id, 'asker', changed),
  summaryOf,
  latestOf,
  storedOf,
  backToDraft,
  withdraw,
};

export type ConversationPart = typeof conversationPart;
