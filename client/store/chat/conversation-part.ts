/**
 * How the visitor's store reads conversations: the reducer, the thread, withdrawing and taking back. It
 * comes with the conversation screens. Until then a conversation is listed as last seen.
 */
import {
  ConversationWatch,
  type ConversationWatchOptions,
} from '../conversation/conversation-watch.ts';
import { backToDraft, withdraw } from '../conversation/own-entries.ts';
import { Moderation } from '../moderation/moderation.ts';
import { latestOf, storedOf, summaryOf } from './thread-summary.ts';
import type { Sync } from '../sync-port.ts';

export const conversationPart = {
  moderation: (sync: Sync, changed: () => void): Moderation => new Moderation(sync, changed),
  watch: (options: Omit<ConversationWatchOptions, 'side'>): ConversationWatch =>
    new ConversationWatch({ ...options, side: 'asker' }),
  summaryOf,
  latestOf,
  storedOf,
  backToDraft,
  withdraw,
};

export type ConversationPart = typeof conversationPart;
