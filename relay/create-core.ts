/** All of the relay but its skin, from its ports: core, connections, and the list of features. */
import { Connections } from './connections/connections.ts';
import type { CloseCode } from '../shared/protocol/close-codes.ts';
import type { Feature } from './core/feature.ts';
import type { Authority } from './core/ports/authority.ts';
import type { RelayEvent } from './core/ports/events.ts';
import type { Log } from './core/ports/log.ts';
import type { MemberBook, People } from './core/ports/people.ts';
import type { Platform } from './core/ports/platform.ts';
import { ConversationReaders } from './core/readers.ts';
import { RelayCore } from './core/relay-core.ts';
import { attributesFeature } from './features/attributes/attributes-feature.ts';
import { Lapses } from './features/claims/lapses.ts';
import { inboxFeature } from './features/inbox/inbox-feature.ts';
import { Devices } from './features/linking/devices.ts';
import { linkingFeature } from './features/linking/linking-feature.ts';
import { letInBy } from './features/members/let-in.ts';
import { Merges } from './features/members/merges.ts';
import { presenceFeature } from './features/presence/presence-feature.ts';
import { PresenceBoard } from './features/presence/presence.ts';
import { privateRecordsFeature } from './features/private-records/private-records-feature.ts';
import { talksFeature } from './features/private-records/talks-feature.ts';
import { publicQuestionsFeature } from './features/public-questions/public-questions-feature.ts';
import { readingFeature } from './features/reading/reading-feature.ts';
import { Spaces } from './features/spaces/spaces.ts';
import { jobsFeature } from './jobs/jobs-feature.ts';
import type { Ports } from './storage/storage.ts';

export interface CoreOptions {
  readonly storage: Ports;
  readonly platform: Platform;
  readonly authority: Authority;
  readonly log: Log;
  readonly people: People & MemberBook;
  /** Features that the caller made, beside those that are always there. */
  readonly features?: readonly Feature[];
  /** Whether a device that dialled `host` dialled this relay. */
  readonly isOwnHost: (host: string) => boolean;
  /** Entries that one author may write in a minute. @default 300 */
  readonly entriesPerMinute?: number;
  /** Questions that one author may ask in an hour. @default 30 */
  readonly questionsPerHour?: number;
  /** A claim's holder out of reach this long loses it. @default 5 minutes */
  readonly lapseAfterMs?: number;
  /** Between two versions of a roster. @default 2 s */
  readonly rosterEveryMs?: number;
}

const defaults = {
  features: [],
  lapseAfterMs: 5 * 60_000,
  rosterEveryMs: 2_000,
} satisfies Partial<CoreOptions>;

/** What the skin is put over. */
export interface Composition {
  readonly core: RelayCore;
  readonly connections: Connections;
  readonly spaces: Spaces;
  readonly presence: PresenceBoard;
  readonly devices: Devices;
  readonly merges: Merges;
  readonly lapses: Lapses;
  /** Ends all connections, stops, writes what waits. Idempotent; storage is the caller's to close. */
  close(code: CloseCode, reason: string): Promise<void>;
}

/** Over what storage holds; resolves once devices may connect. */
export async function createCore(options: CoreOptions): Promise<Composition> {
  const { storage, platform, people, log, isOwnHost, features, lapseAfterMs, rosterEveryMs } = {
    ...defaults,
    ...options,
  };
  const { clock } = platform;
  const core = new RelayCore({
    ...options,
    storage: storage.rooms,
    checkpoints: storage.checkpoints,
    people: () => people,
    spaces: () => spaces,
  });
  const { rooms, committer, events, acts } = core;
  const spaces = new Spaces({ storage: storage.rooms, rooms, committer, clock, events });
  const presence = new PresenceBoard(clock.now);
  const readers = new ConversationReaders();
  const devices = new Devices({ people, committer, events, platform });
  const merges = new Merges({ people, committer, acts, devices, events, clock, log });
  const settle: Merges['settle'] = (merge) => merges.settle(merge);
  const lapses = new Lapses({
    acts,
    rooms,
    committer,
    presence,
    spaces,
    clock,
    afterMs: lapseAfterMs,
  });
  const list: readonly Feature[] = [
    spaces,
    ...features,
    merges,
    linkingFeature({ devices, settle, log }),
    privateRecordsFeature({ committer, clock }),
    inboxFeature({ storage: storage.lines, spaces, clock }),
    talksFeature(clock),
    publicQuestionsFeature({ storage: storage.lines, spaces, clock }),
    readers,
    presenceFeature({ spaces, presence, readers, clock, log, everyMs: rosterEveryMs }),
    attributesFeature({ readers, presence, allowedIn: spaces.attributesOf, now: clock.now }),
    readingFeature({ storage: storage.reading, rooms, readers, clock, log }),
    lapses,
  ];
  const tell = (event: RelayEvent): void => events.tell(event);
  const jobs = { storage: storage.jobs, rooms: storage.rooms, clock, log, tell };
  const all = [...list, jobsFeature(list, jobs)];
  const door: People = {
    membersOf: (keys) => people.membersOf(keys),
    greet: letInBy(people, settle),
    grantFor: (device, member) => people.grantFor(device, member),
    blockedUntil: (actor) => people.blockedUntil(actor),
  };
  const connections = new Connections({ core, people: door, spaces, features: all, isOwnHost });
  await core.start(all);
  return {
    core,
    connections,
    spaces,
    presence,
    devices,
    merges,
    lapses,
    async close(code, reason) {
      connections.closeAll(code, reason);
      await core.stop();
    },
  };
}
