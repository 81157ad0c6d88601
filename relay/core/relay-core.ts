/**
 * The relay without its skin: rooms, sessions, presence, time. Knows no socket, no disk and no HTTP;
 * give it a storage, a clock and an authority, and connect transports.
 */
import { answersAtDesk } from '../../shared/grant/roles.ts';
import { parseRoom } from '../../shared/protocol/rooms.ts';
import { Events } from './ports/events.ts';
import type { Feature } from './feature.ts';
import type { Authority } from './ports/authority.ts';
import type { Batch } from './rooms/batch.ts';
import { Committer } from './rooms/committer.ts';
import { ConversationTalk } from '../features/reading/conversation-talk.ts';
import { Devices } from '../features/linking/devices.ts';
import { RoomFollowers } from '../connections/followers.ts';
import { roleIn } from './submit/judge.ts';
import { Lapses } from '../features/claims/lapses.ts';
import type { LineStorage } from './listing/line-storage.ts';
import type { Log } from './ports/log.ts';
import { Merges } from '../features/members/merges.ts';
import type { People } from './ports/people.ts';
import type { Platform } from './ports/platform.ts';
import { PresenceBoard } from '../features/presence/presence.ts';
import { PrivateRecords } from '../features/private-records/private-records.ts';
import { inboxFeature } from '../features/inbox/inbox-feature.ts';
import { publicQuestionsFeature } from '../features/public-questions/public-questions-feature.ts';
import { talksFeature } from '../features/private-records/talks-feature.ts';
import { ReadPositions } from '../features/reading/read-positions.ts';
import type { ReadStorage } from '../features/reading/reading-storage.ts';
import { RelayActs } from './submit/relay-acts.ts';
import { project } from './rooms/projection.ts';
import { RoomCache } from './rooms/room-cache.ts';
import type { RoomChange, RoomStorage } from './ports/room-storage.ts';
import { RosterKeeper } from '../features/presence/roster.ts';
import type { Services } from '../connections/services.ts';
import { Session } from '../connections/session.ts';
import { Sessions } from '../connections/sessions.ts';
import { Spaces } from '../features/spaces/spaces.ts';
import { SubmitPath } from './submit/submit-path.ts';
import { TokenBuckets } from './limits/token-buckets.ts';
import type { Transport } from '../connections/transport.ts';
import { VisitorAttributes } from '../features/attributes/visitor-attributes.ts';

export interface RelayCoreOptions {
  readonly storage: RoomStorage;
  readonly reading: ReadStorage;
  readonly lines: LineStorage;
  readonly people: People;
  readonly authority: Authority;
  readonly platform: Platform;
  readonly log: Log;
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

export const coreDefaults = {
  entriesPerMinute: 300,
  questionsPerHour: 30,
  lapseAfterMs: 5 * 60_000,
  rosterEveryMs: 2_000,
} satisfies Partial<RelayCoreOptions>;

/** A busy desk opens 64 channels at once and repeats typing every 3 s: far below this. */
const FRAMES = { burst: 3_000, perSecond: 200 };

export class RelayCore {
  readonly services: Services;
  readonly committer: Committer;
  readonly #options: RelayCoreOptions & typeof coreDefaults;
  readonly #features: readonly Feature[];
  readonly events: Events;
  readonly #reads: ReadPositions;
  readonly #roster: RosterKeeper;
  readonly lapses: Lapses;
  #connections = 0;

  private constructor(options: RelayCoreOptions) {
    const all = { ...coreDefaults, ...options };
    this.#options = all;
    const { storage, authority, platform, log, people, isOwnHost } = all;
    const { clock } = platform;
    const events = new Events(log);
    this.events = events;
    const { entriesPerMinute, questionsPerHour } = all;
    const book = new RoomCache(storage, authority.fingerprint);
    const hub = new RoomFollowers();
    const committer = new Committer({
      storage,
      book,
      community: authority.fingerprint,
      log,
      derive: (batch) => this.#derive(batch),
      publish: (change) => this.#publish(change),
      tell: (event) => events.tell(event),
    });
    const spaces = new Spaces({
      storage,
      book,
      committer,
      clock,
      closed: (space) => this.services.sessions.shutOut(space),
    });
    const presence = new PresenceBoard(clock.now);
    const sessions = new Sessions();
    this.#reads = new ReadPositions(all.reading, clock, log);
    const talk = new ConversationTalk(
      presence,
      this.#reads,
      new VisitorAttributes(spaces.attributesOf),
      clock.now,
    );
    const acts = new RelayActs({ authority, modeOf: spaces.modeOf, platform });
    const devices = new Devices({ people, committer, sessions, platform });
    this.#roster = new RosterKeeper({ spaces, presence, clock, log, everyMs: all.rosterEveryMs });
    this.lapses = new Lapses({
      acts,
      book,
      committer,
      presence,
      spaces,
      clock,
      log,
      afterMs: all.lapseAfterMs,
    });
    this.#features = [
      inboxFeature({ storage: all.lines, spaces, clock }),
      talksFeature(clock),
      publicQuestionsFeature({ storage: all.lines, spaces, clock }),
    ];
    this.committer = committer;
    this.services = {
      authority,
      clock,
      log,
      storage,
      book,
      hub,
      people,
      spaces,
      presence,
      sessions,
      devices,
      merges: new Merges({ people, committer, acts, devices, sessions, talk, clock, log }),
      isOwnHost,
      platform,
      submitPath: new SubmitPath({
        storage,
        book,
        committer,
        people,
        authority,
        platform,
        limits: { entriesPerMinute, questionsPerHour },
        modeOf: spaces.modeOf,
      }),
      privateRecords: new PrivateRecords({ committer, clock }),
      talk,
      frames: new TokenBuckets(FRAMES, clock.now),
    };
  }

  /** A core over what storage holds. */
  static async open(options: RelayCoreOptions): Promise<RelayCore> {
    const core = new RelayCore(options);
    await core.services.spaces.load();
    await core.#reconcile();
    await core.services.merges.resume();
    return core;
  }

  get sessions(): number {
    return this.services.sessions.size;
  }

  /** A device has connected from an address. */
  connect(transport: Transport, address: string): Session {
    const number = `s${++this.#connections}`;
    const session: Session = new Session(this.services, transport, address, number, () => {
      this.services.sessions.delete(session);
    });
    this.services.sessions.add(session);
    return session;
  }

  /** Ends all sessions, writes what waits. Idempotent; storage is the caller's to close. */
  async close(code: number, reason: string): Promise<void> {
    for (const session of Array.from(this.services.sessions)) session.close(code, reason);
    this.lapses.dispose();
    this.#roster.dispose();
    this.services.talk.dispose();
    await this.#roster.settled();
    await this.committer.idle();
    await this.#reads.flush();
  }

  /** What follows from the rooms that a batch changed goes into the same batch. */
  #derive(batch: Batch): Promise<void> {
    const projections = this.#features.flatMap(({ projection }) => projection ?? []);
    return project(batch, projections, (name) => this.services.book.keyed(name));
  }

  #publish(change: RoomChange): void {
    this.services.hub.publish(change);
    if (change.forget.length > 0) void this.#tellErased(change);
  }

  /** Those who may read the conversation may also keep copies of it elsewhere than in its room. */
  async #tellErased({ room: name, forget }: RoomChange): Promise<void> {
    const room = parseRoom(name);
    if (room.kind !== 'conversation') return;
    const { state } = await this.services.book.conversation(room.id);
    const ids = forget.map(({ id }) => id);
    for (const session of this.services.sessions) {
      const { member } = session;
      if (!member || state.space === null) continue;
      const mayHold =
        state.isPublic ||
        member.id === state.ask?.member ||
        answersAtDesk(roleIn(member, state.space));
      if (mayHold) session.tellErased(ids);
    }
  }

  /** After an older backup was cleaned by the erased list: what was derived before is derived again. */
  async #reconcile(): Promise<void> {
    for (const name of await this.#options.storage.reconciled()) {
      const room = parseRoom(name);
      if (room.kind !== 'conversation') continue;
      await this.committer.write(
        (rooms) => rooms.conversation(room.id),
        (batch, held) => batch.touch(held),
      );
    }
  }
}
