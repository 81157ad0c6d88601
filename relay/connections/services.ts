/** What sessions are given: one of each, made by createRelayCore. */
import type { Authority } from '../core/ports/authority.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { ConversationTalk } from '../features/reading/conversation-talk.ts';
import type { Devices } from '../features/linking/devices.ts';
import type { RoomFollowers } from './followers.ts';
import type { Log } from '../core/ports/log.ts';
import type { Merges } from '../features/members/merges.ts';
import type { People } from '../core/ports/people.ts';
import type { Platform } from '../core/ports/platform.ts';
import type { PresenceBoard } from '../features/presence/presence.ts';
import type { PrivateRecords } from '../features/private-records/private-records.ts';
import type { RoomCache } from '../core/rooms/room-cache.ts';
import type { RoomStorage } from '../core/ports/room-storage.ts';
import type { Sessions } from './sessions.ts';
import type { Spaces } from '../features/spaces/spaces.ts';
import type { SubmitPath } from '../core/submit/submit-path.ts';
import type { TokenBuckets } from '../core/limits/token-buckets.ts';

export interface Services {
  readonly authority: Authority;
  readonly clock: Clock;
  readonly log: Log;
  readonly storage: RoomStorage;
  readonly book: RoomCache;
  readonly hub: RoomFollowers;
  readonly people: People;
  readonly spaces: Spaces;
  readonly sessions: Sessions;
  readonly devices: Devices;
  readonly merges: Merges;
  readonly presence: PresenceBoard;
  readonly submitPath: SubmitPath;
  readonly privateRecords: PrivateRecords;
  readonly talk: ConversationTalk;
  /** Frames of any kind, by connection: a flood closes it. */
  readonly frames: TokenBuckets;
  /** Whether a device that dialled `host` dialled this relay. */
  readonly isOwnHost: (host: string) => boolean;
  readonly platform: Platform;
}
