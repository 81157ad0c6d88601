/** What tabs tell each other about rooms. */
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { LeaderUpdate } from '../../../shared/replica/replica-events.ts';
import type { PresenceState } from './room-presence.ts';

/** What the leading tab tells about a room besides its rows. */
export type SharedState = PresenceState & Pick<LeaderUpdate, 'status' | 'epoch' | 'aside'>;

export type RoomTabMessage =
  /** Follower: wants a room's rows from this state vector on, and what changes. */
  | { readonly type: 'watch'; readonly room: RoomName; readonly vector: Uint8Array }
  | { readonly type: 'unwatch'; readonly room: RoomName }
  /** Leader: a room changed. `to`: only for the tab that asked for all of it. */
  | {
      readonly type: 'room';
      readonly room: RoomName;
      readonly generation: number;
      readonly update: Uint8Array | null;
      readonly shared: SharedState;
      readonly to?: string;
    };
