/** Turns the parts of the visitor's store into what the panel shows. */
import { clockAhead, networkOf } from '../network.ts';
import { devicesOf } from '../devices.ts';
import { type UiLanguage, recordOf, spaceView } from '../space.ts';
import type { SpaceSurroundings } from '../conversation/surroundings.ts';
import type { Draft } from '../drafts.ts';
import type { RoomState, Sync } from '../sync-port.ts';
import type { ChatSettings } from './chat-settings.ts';
import type { ChatState, ChatView } from './chat-state.ts';
import type { Unread } from './summaries.ts';
import type { Conversations } from './conversations.ts';
import type { OpenSpaceView } from './open-space.ts';

export interface ChatSources {
  readonly sync: Sync;
  /** The rows of the space's room. */
  readonly rows: RoomState['rows'];
  readonly surroundings: SpaceSurroundings;
  readonly conversations: Conversations;
  readonly settings: ChatSettings;
  readonly language: UiLanguage;
  readonly ready: boolean;
  readonly view: ChatView;
  readonly open: OpenSpaceView | null;
  readonly draft: Draft;
  readonly news: Unread | null;
  readonly attributes: ChatState['attributes'];
}

export function chatStateOf(sources: ChatSources): ChatState {
  const { sync, rows, conversations, settings, view, open, draft, news, attributes } = sources;
  const { people } = sources.surroundings;
  const link = sync.link.get();
  const ahead = clockAhead(sync.now());
  const threads = conversations.threads();
  const list = conversations.list(threads);
  return {
    status: sources.ready ? 'ready' : 'loading',
    view,
    space: spaceView(recordOf(rows, 'space'), sources.language),
    network: networkOf(link, sync.outbox.get(), Date.now(), ahead, navigator.onLine),
    ahead,
    storage: sync.storage.get(),
    people: people.shown,
    here: people.here,
    conversations: list,
    notices: conversations.moderation?.view.notices ?? [],
    open,
    thread: (view.type === 'thread' && threads.get(view.id)) || null,
    draft: draft.text,
    quotes: draft.quotes,
    unread: list.reduce((sum, one) => sum + one.unread, 0),
    latestUnread: conversations.part?.latestOf(threads.values()) ?? null,
    news,
    devices: devicesOf(sync),
    attributes,
    identity: (link.status === 'online' && link.identity) || 'none',
    sound: settings.get('sound'),
    lang: settings.get('lang'),
  };
}
