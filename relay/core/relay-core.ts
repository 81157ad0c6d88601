/**
 * The relay without its skin: rooms, sessions, presence, time. Knows no socket, no disk and no HTTP;
 * give it a storage, a clock and an authority, and connect transports.
 */
import { randomBytes } from 'node:crypto';
import { SpaceMode } from '../../shared/space-mode.ts';
import { answersAtDesk } from '../../shared/grant/roles.ts';
import { Limits } from '../../shared/limits.ts';
import { MemberKey, type TalkRecord, questionKey } from '../../shared/protocol/records.ts';
import { inboxRoom, memberRoom, parseRoom, spaceRoom } from '../../shared/protocol/rooms.ts';
import type { Authority } from './ports/authority.ts';
import type { Batch } from './rooms/batch.ts';
import type { Clock } from './ports/clock.ts';
import { Committer } from './rooms/committer.ts';
import { ConversationTalk } from '../features/reading/conversation-talk.ts';
import { Devices } from '../features/linking/devices.ts';
import { RoomFollowers } from '../connections/followers.ts';
import { roleIn } from './submit/judge.ts';
import { Lapses } from '../features/claims/lapses.ts';
import type { Log } from './ports/log.ts';
import { Merges } from '../features/members/merges.ts';
import type { People } from './ports/people.ts';
import { PresenceBoard } from '../features/presence/presence.ts';
import { PrivateRecords } from '../features/private-records/private-records.ts';
import type { InboxProjection, QuestionProjection } from './rooms/projection.ts';
import { ReadPositions } from '../features/reading/read-positions.ts';
import type { ReadStorage } from '../features/reading/read-storage.ts';
import { RelayActs } from './submit/relay-acts.ts';
import type { ConversationRoom, HeldRoom, KeyedRoom } from './rooms/room.ts';
import { RoomCache } from './rooms/room-cache.ts';
import type { RoomChange, RoomStorage } from './ports/room-storage.ts';
import { RosterKeeper } from '../features/presence/roster.ts';
import type { Services } from '../connections/services.ts';
import { Session } from '../connections/session.ts';
import { Sessions } from '../connections/sessions.ts';
import { Spaces, spaceIn } from '../features/spaces/spaces.ts';
import { SubmitPath } from './submit/submit-path.ts';
import { TokenBuckets } from './limits/token-buckets.ts';
import type { Transport } from '../connections/transport.ts';
import { VisitorAttributes } from '../features/attributes/visitor-attributes.ts';

export interface RelayCoreOptions {
  readonly storage: RoomStorage & ReadStorage;
  readonly people: People;
  readonly authority: Authority;
  readonly inbox: InboxProjection;
  readonly questions: QuestionProjection;
  readonly clock: Clock;
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
  /** Random bytes; a simulation gives seeded ones. */
  readonly random?: (length: number) => Uint8Array;
}

export const coreDefaults = {
  entriesPerMinute: 300,
  questionsPerHour: 30,
  lapseAfterMs: 5 * 60_000,
  rosterEveryMs: 2_000,
  random: (length: number): Uint8Array => new Uint8Array(randomBytes(length)),
} satisfies Partial<RelayCoreOptions>;

/** A busy desk opens 64 channels at once and repeats typing every 3 s: far below this. */
const FRAMES = { burst: 3_000, perSecond: 200 };

export class RelayCore {
  readonly services: Services;
  readonly committer: Committer;
  readonly #options: RelayCoreOptions & typeof coreDefaults;
  readonly #reads: ReadPositions;
  readonly #roster: RosterKeeper;
  readonly lapses: Lapses;
  #connections = 0;

  private constructor(options: RelayCoreOptions) {
    const all = { ...coreDefaults, ...options };
    this.#options = all;
    const { storage, authority, clock, log, people, isOwnHost, random } = all;
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
    this.#reads = new ReadPositions(storage, clock, log);
    const talk = new ConversationTalk(
      presence,
      this.#reads,
      new VisitorAttributes(spaces.attributesOf),
      clock.now,
    );
    const acts = new RelayActs({ authority, modeOf: spaces.modeOf, clock, random });
    const devices = new Devices({ people, book, committer, sessions, clock, random });
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
      merges: new Merges({ people, book, committer, acts, devices, sessions, talk, clock, log }),
      isOwnHost,
      random,
      submitPath: new SubmitPath({
        storage,
        book,
        committer,
        people,
        authority,
        clock,
        limits: { entriesPerMinute, questionsPerHour },
        modeOf: spaces.modeOf,
      }),
      privateRecords: new PrivateRecords({ book, committer, clock }),
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

  /** Inbox records of the conversations a batch touches go into the same batch. */
  async #derive(batch: Batch): Promise<void> {
    for (const room of [...batch.rooms].filter(isConversation)) {
      await this.#deriveInbox(batch, room);
      await this.#deriveTalks(batch, room);
      await this.#deriveQuestion(batch, room);
    }
  }

  /** A visitor's conversations follow them to their other devices. */
  async #deriveTalks(batch: Batch, { id, state }: ConversationRoom): Promise<void> {
    const { ask, space } = state;
    if (ask === null || space === null) return;
    for (const member of [ask.member, ...state.visitorsWhoAnswered]) {
      const held = await this.services.book.keyed(memberRoom(member));
      const key = MemberKey.talk + id;
      if (held.records.has(key)) continue;
      const now = this.#options.clock.now();
      for (const oldest of overflowOfTalks(held)) batch.put(held, oldest, null, now);
      batch.put(held, key, JSON.stringify({ space, at: ask.received } satisfies TalkRecord), now);
    }
  }

  async #deriveInbox(batch: Batch, room: ConversationRoom): Promise<void> {
    const { inbox, clock } = this.#options;
    const record = inbox.recordOf(room);
    if (record === null || room.state.space === null) return;
    const held = await this.services.book.keyed(inboxRoom(room.state.space));
    for (const key of inbox.overflow(held, room.id)) batch.put(held, key, null, clock.now());
    batch.put(held, room.id, record, clock.now());
  }

  /** In an open space everyone present sees which questions wait for an answer. */
  async #deriveQuestion(batch: Batch, room: ConversationRoom): Promise<void> {
    const { questions, clock } = this.#options;
    const { spaces, book } = this.services;
    const { space } = room.state;
    // A question that is gone was listed in one of the spaces, if at all.
    for (const id of space === null ? spaces.ids : [space]) {
      const held = await book.keyed(spaceRoom(id));
      const isOpen = spaceIn(held)?.mode === SpaceMode.open; // as this batch leaves it
      const record = isOpen ? questions.recordOf(room) : null;
      const surplus = record === null ? [] : questions.overflow(held, room.id);
      for (const key of surplus) batch.put(held, key, null, clock.now());
      batch.put(held, questionKey(room.id), record, clock.now());
    }
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
      let held: ConversationRoom;
      await this.committer.write(
        async () => {
          held = await this.services.book.conversation(room.id);
        },
        (batch) => batch.touch(held),
      );
    }
  }
}

/** Keys of the talks that leave when one more comes. */
function overflowOfTalks(held: KeyedRoom): string[] {
  const talks = [...held.records].filter(([key]) => key.startsWith(MemberKey.talk));
  const surplus = talks.length + 1 - Limits.talkRecords;
  if (surplus <= 0) return [];
  const at = (value: string): number => (JSON.parse(value) as TalkRecord).at;
  return talks
    .toSorted(([, a], [, b]) => at(a.value) - at(b.value))
    .slice(0, surplus)
    .map(([key]) => key);
}

const isConversation = (room: HeldRoom): room is ConversationRoom => room.type === 'conversation';
