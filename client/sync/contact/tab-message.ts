/** What the tabs of a browser tell each other. Raise TABS_VERSION if an older tab could not follow. */
import type { ConversationId, EntryId } from '../../../shared/ids.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { OwnRecord } from '../private-records.ts';
import type { AskedConversation, DeviceEnd, LinkState } from '../../store/sync-port.ts';
import type { StoredItem } from '../outbox/outbox.ts';
import type { RoomTabMessage } from '../rooms/room-tab-message.ts';
import type { Heard, Said } from './said.ts';

export const TABS_VERSION = 1;

/** `leader`, `ping` and `pong` stay the same in every version: builds use them to settle who leads. */
export type TabMessage =
  | { readonly type: 'leader'; readonly build: number }
  | { readonly type: 'ping'; readonly build: number }
  | { readonly type: 'pong'; readonly build: number }
  | RoomTabMessage
  | { readonly type: 'link'; readonly link: LinkState; readonly offset: number }
  | {
      readonly type: 'outbox';
      readonly put: readonly StoredItem[];
      readonly drop: readonly EntryId[];
    }
  /** The grant or the relay's key changed: read them again. */
  | { readonly type: 'me' }
  | { readonly type: 'asked'; readonly asked: AskedConversation }
  | { readonly type: 'private'; readonly key: string; readonly record: OwnRecord }
  | { readonly type: 'typing'; readonly room: RoomName; readonly typing: boolean }
  | {
      readonly type: 'read';
      readonly conversation: ConversationId;
      readonly seq: number;
    }
  | { readonly type: 'retry' }
  /** `token`: who is signed in, from now on in every tab; left out: as before. */
  | { readonly type: 'redial'; readonly token?: string }
  /** What a page says of its visitor, from now on for every tab: the last that was said holds. */
  | { readonly type: 'attributes'; readonly json: string }
  /** Follower: something to send to the relay. */
  | { readonly type: 'say'; readonly message: Said }
  /** Leader: what the relay said to a part that every tab has; null, from any tab: it stored something. */
  | { readonly type: 'heard'; readonly message: Heard | null }
  /** Everything is being deleted. `why`: to start again as a new visitor; null if a person asked for it. */
  | { readonly type: 'erase'; readonly why: DeviceEnd | null };
