/** All connections: opens them, tells them what happened, and ends those of people who changed. */
import { answersAtDesk } from '../../shared/grant/roles.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import type { MemberId } from '../../shared/ids.ts';
import type { SaidByRelay } from '../../shared/protocol/decision-messages.ts';
import { SpaceMode } from '../../shared/space-mode.ts';
import type { Feature } from '../core/feature.ts';
import { TokenBuckets } from '../core/limits/token-buckets.ts';
import type { EventListeners, EventOf } from '../core/ports/events.ts';
import type { People } from '../core/ports/people.ts';
import type { SpaceBook } from '../core/ports/space-book.ts';
import type { RelayCore } from '../core/relay-core.ts';
import { roleIn } from '../core/submit/judge.ts';
import { RoomAccess } from './access.ts';
import { RoomFollowers } from './followers.ts';
import { Greeter } from './greeter.ts';
import { type Handlers, entryHandlers, joinHandlers } from './handlers.ts';
import { isSameMember } from './same-member.ts';
import { Session, type SessionParts } from './session.ts';
import { type StockOpening, StockReader } from './stock-reader.ts';
import { tokenHandler } from './room-token/token-handler.ts';
import { Entrance } from './limits/entrance.ts';
import { OutputPool } from './output/output-pool.ts';
import type { Transport } from './output/transport.ts';

export interface ConnectionsOptions {
  readonly core: RelayCore;
  readonly people: People;
  readonly spaces: SpaceBook;
  /** Whose messages are handled. */
  readonly features: readonly Feature[];
  /** Whether a device that dialled `host` dialled this relay. */
  readonly isOwnHost: (host: string) => boolean;
  /** Sockets that one address may have. @default no limit */
  readonly mostFromAddress?: number;
}

/** A busy desk opens 64 channels at once and repeats typing every 3 s: far below this. */
const FRAMES = { burst: 3_000, perSecond: 200 };
/** A desk that brings all its conversations to a new device opens some 500, most of them at once. */
const OPENINGS = { burst: 2_000, perSecond: 20 };

export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #parts: SessionParts;
  readonly #access: RoomAccess;
  readonly #followers = new RoomFollowers();
  readonly #sessions = new Set<Session>();
  readonly #readers = new Set<StockReader>();
  /** Frames of any kind, by connection. */
  readonly frames: TokenBuckets;
  /** Who may come in, and who goes for them. */
  readonly entrance: Entrance;
  /** What waits for readers. */
  readonly pool: OutputPool;
  /** Rooms opened, and tokens made, by connection. */
  readonly #openings: TokenBuckets;
  #opened = 0;
  /** How often somebody turned out to be somebody else. */
  #changes = 0;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    const { core, people, spaces, isOwnHost, mostFromAddress = Number.POSITIVE_INFINITY } = options;
    const { authority, platform, log, known, events } = core;
    this.frames = new TokenBuckets(FRAMES, platform.clock.steady, platform.memory);
    this.#openings = new TokenBuckets(OPENINGS, platform.clock.steady, platform.memory);
    this.entrance = new Entrance({ mostFromAddress, platform });
    this.pool = new OutputPool(platform);
    this.#access = new RoomAccess({
      askers: core.askers,
      spaces,
      storage: known,
      committer: core.committer,
    });
    this.#parts = {
      authority,
      platform,
      clock: platform.clock,
      log,
      events,
      frames: this.frames,
      entrance: this.entrance,
      pool: this.pool,
      greeter: new Greeter({ authority, platform, people, isOwnHost }),
      changes: () => this.#changes,
      channels: {
        access: this.#access,
        followers: this.#followers,
        storage: known,
        openings: this.#openings,
        clock: platform.clock,
        log,
      },
      handlers: this.#handlers(),
    };
    core.onCommit((change) => this.#followers.publish(change));
    events.subscribe(this.#listeners());
  }

  /** Devices that are connected. */
  get size(): number {
    return this.#sessions.size;
  }

  /** A device has connected from an address. */
  open(transport: Transport, address: string): Session {
    const session: Session = new Session(this.#parts, {
      transport,
      address,
      number: `s${++this.#opened}`,
      onEnd: () => this.#sessions.delete(session),
    });
    this.#sessions.add(session);
    return session;
  }

  /** A stock provider has connected, with a token that opens a room. */
  openReader(transport: Transport, opening: StockOpening): StockReader {
    const { core, people } = this.#options;
    const { known, log, platform } = core;
    const reader: StockReader = new StockReader({
      storage: known,
      log,
      clock: platform.clock,
      people,
      changes: () => this.#changes,
      access: this.#access,
      followers: this.#followers,
      frames: this.frames,
      entrance: this.entrance,
      pool: this.pool,
      transport,
      opening,
      number: `r${++this.#opened}`,
      onEnd: () => this.#readers.delete(reader),
    });
    this.#readers.add(reader);
    reader.start();
    return reader;
  }

  /** Says something to all connections of a member, or to one, as far as they are open. */
  tell(
    whose: { readonly member: MemberId } | { readonly connection: string },
    message: SaidByRelay,
  ): void {
    for (const { connection } of this.#sessions) {
      const isTheirs =
        'member' in whose
          ? connection?.member === whose.member
          : connection?.connection === whose.connection;
      if (isTheirs) connection?.say(message);
    }
  }

  closeAll(code: CloseCode, reason: string): void {
    for (const each of this.#everyone()) each.close(code, reason);
    this.pool.stop();
  }

  #handlers(): Handlers {
    const { core, features } = this.#options;
    const { submitPath, authority, platform, log } = core;
    return {
      control: joinHandlers([
        entryHandlers(submitPath, ({ device, address }) => this.entrance.wrote(device, address)),
        tokenHandler({
          access: this.#access,
          authority,
          openings: this.#openings,
          clock: platform.clock,
          log,
        }),
        ...features.flatMap(({ control }) => control ?? []),
      ]),
      channel: features.flatMap(({ channel }) => channel ?? []),
    };
  }

  #listeners(): EventListeners {
    return {
      'member-changed': ({ before, after, device }) => {
        this.#changes++;
        for (const each of this.#everyone()) {
          const { member } = each;
          const isTheirs = each.device === device || member?.id === (device ? after : before).id;
          if (member && isTheirs && !isSameMember(member, after))
            each.close(CloseCode.goingAway, 'member changed');
        }
      },
      // Their history comes first. Then they come back as who they are now.
      'merge-settled': ({ from }) => {
        this.#changes++;
        for (const each of this.#everyone())
          if (each.member?.id === from) each.close(CloseCode.goingAway, 'member changed');
      },
      'device-removed': ({ device }) => {
        this.#changes++;
        for (const each of this.#everyone())
          if (each.device === device) each.close(CloseCode.removed, 'device removed');
      },
      'block-changed': () => {
        for (const { connection } of this.#sessions) connection?.tellBlocked();
      },
      'space-changed': ({ id, before, after }) => {
        const closes = before?.mode === SpaceMode.open && after.mode === SpaceMode.closed;
        if (closes) for (const { connection } of this.#sessions) connection?.shutOut(id);
      },
      'entry-erased': (event) => void this.#tellErased(event),
      // Whatever is kept of it outside its room goes; it comes again with its row.
      'entry-hidden': ({ conversation, id }) => void this.#tellErased({ conversation, ids: [id] }),
    };
  }

  /** Those who may read the conversation may also keep copies of it outside its room. */
  async #tellErased({
    conversation,
    ids,
  }: Pick<EventOf<'entry-erased'>, 'conversation' | 'ids'>): Promise<void> {
    const { rooms, log } = this.#options.core;
    try {
      const { state } = await rooms.conversation(conversation);
      const { space } = state;
      if (space === null) return;
      for (const { connection } of this.#sessions) {
        if (!connection) continue;
        const mayHold =
          state.isPublic ||
          connection.member === state.ask?.member ||
          answersAtDesk(roleIn(connection.who, space));
        if (mayHold) connection.tellErased(ids);
      }
    } catch (error) {
      log.error('an erasure could not be told', error);
    }
  }

  /** A copy of the list: closing removes them from it. */
  #everyone(): readonly (Session | StockReader)[] {
    return [...this.#sessions, ...this.#readers];
  }
}
