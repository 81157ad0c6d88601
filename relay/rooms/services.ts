/** What sessions are given: one of each, made by createRelayCore. */
import type { Authority } from './authority.ts';
import type { Clock } from './clock.ts';
import type { ConversationTalk } from './conversation-talk.ts';
import type { Devices } from './devices.ts';
import type { Hub } from './hub.ts';
import type { Log } from './log.ts';
import type { Merges } from './merges.ts';
import type { People } from './people.ts';
import type { PresenceBoard } from './presence.ts';
import type { PrivateRecords } from './private-records.ts';
import type { RoomBook } from './room-book.ts';
import type { RoomStorage } from './room-storage.ts';
import type { Sessions } from './sessions.ts';
import type { Spaces } from './spaces.ts';
import type { SubmitPath } from './submit-path.ts';
import type { TokenBuckets } from './token-buckets.ts';

export interface Services {
  readonly authority: Authority;
  readonly clock: Clock;
  readonly log: Log;
  readonly storage: RoomStorage;
  readonly book: RoomBook;
  readonly hub: Hub;
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
  readonly random: (length: number) => Uint8Array;
}
