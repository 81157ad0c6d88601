/**
 * The relay without its skin: rooms, sessions, presence, time. Knows no socket, no disk and no HTTP;
 * give it a storage, a clock and an authority, and connect transports.
 */
import { randomBytes } from 'node:crypto';
import { answersAtDesk } from '../../shared/grant/roles.ts';
import { inboxRoom, parseRoom } from '../../shared/protocol/rooms.ts';
import type { Authority } from './authority.ts';
import type { Batch } from './batch.ts';
import type { Clock } from './clock.ts';
import { Committer } from './committer.ts';
import { ConversationTalk } from './conversation-talk.ts';
import { Hub } from './hub.ts';
import { roleIn } from './judge.ts';
import { Lapses } from './lapses.ts';
import type { Log } from './log.ts';
import type { People } from './people.ts';
import { PresenceBoard } from './presence.ts';
import { PrivateRecords } from './private-records.ts';
import type { InboxProjection } from './projection.ts';
import { ReadPositions } from './read-positions.ts';
import type { ReadStorage } from './read-storage.ts';
import type { ConversationRoom, HeldRoom } from './room.ts';
import { RoomBook } from './room-book.ts';
import type { RoomChange, RoomStorage } from './room-storage.ts';
import { RosterKeeper } from './roster.ts';
import type { Services } from './services.ts';
import { Session } from './session.ts';
import { Spaces } from './spaces.ts';
import { SubmitPath } from './submit-path.ts';
import { TokenBuckets } from './token-buckets.ts';
import type { Transport } from './transport.ts';

export interface RelayCoreOptions {
  readonly storage: RoomStorage & ReadStorage;
  readonly people: People;
  readonly authority: Authority;
  readonly inbox: InboxProjection;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether a device that dialled `host` dialled this relay. */
  readonly isOwnHost: (host: string) => boolean;
  /** Entries that one author may write in a minute. @default 300 */
  readonly entriesPerMinute?: number;
  /** A claim's holder out of reach this long loses it. @default 5 minutes */
  readonly lapseAfterMs?: number;
  /** Between two versions of a roster. @default 2 s */
  readonly rosterEveryMs?: number;
  /** Random bytes; a simulation gives seeded ones. */
  readonly random?: (length: number) => Uint8Array;
}

export const coreDefaults = {
  entriesPerMinute: 300,
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
  readonly #sessions = new Set<Session>();
  readonly #reads: ReadPositions;
  readonly #roster: RosterKeeper;
  readonly #lapses: Lapses;
  #connections = 0;

  private constructor(options: RelayCoreOptions) {
    const all = { ...coreDefaults, ...options };
    this.#options = all;
    const { storage, authority, clock, log, people, isOwnHost, random, entriesPerMinute } = all;
    const book = new RoomBook(storage, authority.fingerprint);
    const hub = new Hub();
    const committer = new Committer({
      storage,
      book,
      community: authority.fingerprint,
      log,
      derive: (batch) => this.#derive(batch),
      publish: (change) => this.#publish(change),
    });
    const spaces = new Spaces({ storage, book, committer, clock });
    const presence = new PresenceBoard(clock.now);
    this.#reads = new ReadPositions(storage, clock, log);
    this.#roster = new RosterKeeper({ spaces, presence, clock, log, everyMs: all.rosterEveryMs });
    this.#lapses = new Lapses({
      authority,
      book,
      committer,
      presence,
      spaces,
      clock,
      log,
      random,
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
      isOwnHost,
      random,
      submitPath: new SubmitPath({
        storage,
        book,
        committer,
        people,
        authority,
        clock,
        limits: { entriesPerMinute },
        modeOf: spaces.modeOf,
      }),
      privateRecords: new PrivateRecords({ book, committer, clock }),
      talk: new ConversationTalk(presence, this.#reads),
      frames: new TokenBuckets(FRAMES, clock.now),
    };
  }

  /** A core over what storage holds. */
  static async open(options: RelayCoreOptions): Promise<RelayCore> {
    const core = new RelayCore(options);
    await core.services.spaces.load();
    await core.#reconcile();
    return core;
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  /** A device has connected from an address. */
  connect(transport: Transport, address: string): Session {
    const number = `s${++this.#connections}`;
    const session: Session = new Session(this.services, transport, address, number, () => {
      this.#sessions.delete(session);
    });
    this.#sessions.add(session);
    return session;
  }

  /** Ends all sessions, writes what waits. Idempotent; storage is the caller's to close. */
  async close(code: number, reason: string): Promise<void> {
    for (const session of Array.from(this.#sessions)) session.close(code, reason);
    this.#lapses.dispose();
    this.#roster.dispose();
    this.services.talk.dispose();
    await this.#roster.settled();
    await this.committer.idle();
    await this.#reads.flush();
  }

  /** Inbox records of the conversations a batch touches go into the same batch. */
  async #derive(batch: Batch): Promise<void> {
    for (const room of [...batch.rooms].filter(isConversation))
      await this.#deriveInbox(batch, room);
  }

  async #deriveInbox(batch: Batch, room: ConversationRoom): Promise<void> {
    const { inbox, clock } = this.#options;
    const record = inbox.recordOf(room);
    if (record === null || room.state.space === null) return;
    const held = await this.services.book.keyed(inboxRoom(room.state.space));
    for (const key of inbox.overflow(held, room.id)) batch.put(held, key, null, clock.now());
    batch.put(held, room.id, record, clock.now());
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
    for (const session of this.#sessions) {
      const { member } = session;
      if (!member || state.space === null) continue;
      if (member.id === state.ask?.member || answersAtDesk(roleIn(member, state.space)))
        session.tellErased(ids);
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

const isConversation = (room: HeldRoom): room is ConversationRoom => room.type === 'conversation';
