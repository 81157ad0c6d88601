/** What this device keeps of a visitor's chat, besides entries and drafts. */
import { DeviceSettings } from '../device-settings.ts';
import type { AskedConversation, Sync } from '../sync-port.ts';
import type { ChatView } from './chat-state.ts';
import type { StoredSummaries } from './conversation-list.ts';

const defaults = {
  sound: true,
  lang: null as string | null,
  view: { type: 'welcome' } as ChatView,
  summaries: {} as StoredSummaries,
  /** Conversations of others in which the visitor said something. */
  answered: [] as readonly AskedConversation[],
};

export type ChatSettings = DeviceSettings<typeof defaults>;

export const createChatSettings = (sync: Sync, changed: () => void): ChatSettings =>
  new DeviceSettings(sync, defaults, changed);
