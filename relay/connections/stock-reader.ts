/** A stock y-websocket provider at a room's own path. It reads that room, and nothing it sends counts. */
import { answersAtDesk } from '../../shared/grant/roles.ts';
import { EMPTY_AWARENESS } from '../../shared/protocol/channel.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import type { DeviceKey } from '../../shared/ids.ts';
import { type RoomName, parseRoom } from '../../shared/protocol/rooms.ts';
import { readRoomMessage } from './room-message.ts';
import type { RoomAccess } from './access.ts';
import type { TokenBuckets } from '../core/limits/token-buckets.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Log } from '../core/ports/log.ts';
import type { Member, People } from '../core/ports/people.ts';
import type { RoomStorage } from '../core/ports/room-storage.ts';
import type { RoomFollowers } from './followers.ts';
import { KEEPALIVE_MS } from '../../shared/protocol/pulse.ts';
import { RoomReader } from './room-reader.ts';
import type { Entrance } from './limits/entrance.ts';
import { Output } from './output/output.ts';
import { type OutputPool, turnsOf } from './output/output-pool.ts';
import type { Transport } from './output/transport.ts';

/** Messages that may come before the room is ready. */
const MOST_EARLY = 16;
/** A state vector is shorter, and nothing else counts. */
const LONGEST_EARLY = 2_048;

/** What a token opens, and for whom. */
export interface StockOpening {
  readonly room: RoomName;
  readonly device: DeviceKey;
  /** The client's. */
  readonly address: string;
}

export interface StockReaderOptions {
  readonly storage: Pick<RoomStorage, 'page'>;
  readonly log: Log;
  readonly clock: Clock;
  readonly people: Pick<People, 'membersOf'>;
  /** Raised whenever a member or a device changes. */
  readonly changes: () => number;
  readonly access: RoomAccess;
  readonly followers: RoomFollowers;
  /** Messages of any kind, by connection. */
  readonly frames: TokenBuckets;
  readonly entrance: Entrance;
  readonly pool: OutputPool;
  readonly transport: Transport;
  readonly opening: StockOpening;
  /** Names it among all connections. */
  readonly number: string;
  readonly onEnd: () => void;
}

export class StockReader {
  readonly #options: StockReaderOptions;
  readonly #output: Output;
  #early: Uint8Array[] = [];
  #reader: RoomReader | null = null;
  #member: Member | null = null;
  #stopKeepalive: (() => void) | null = null;
  /** Gives back its place. */
  #leave = (): void => {};
  #ended = false;

  constructor(options: StockReaderOptions) {
    this.#options = options;
    const { transport, pool, opening, number, log } = options;
    this.#output = new Output({
      transport,
      pool,
      path: turnsOf(opening.address, number),
      log,
      slow: () => this.close(CloseCode.slowReader, 'reads too slowly'),
      failed: () => this.close(CloseCode.goingAway, 'storage'),
    });
  }

  get device(): DeviceKey {
    return this.#options.opening.device;
  }

  /** Who the device acted for when it connected; null until that is known. */
  get member(): Member | null {
    return this.#member;
  }

  start(): void {
    const leave = this.#enter();
    if (!leave) return this.#letGo();
    this.#leave = leave;
    this.#stopKeepalive = this.#options.clock.every(KEEPALIVE_MS, () => {
      this.#output.send(EMPTY_AWARENESS);
      this.#output.probe();
    });
    this.#follow().catch((error: unknown) => {
      this.#options.log.error('a room could not be opened', error);
      this.close(CloseCode.goingAway, 'storage');
    });
  }

  /** Counts a message of any kind. Returns whether there may be one. */
  count(): boolean {
    if (this.#ended) return false;
    const isOne = this.#options.frames.take(this.#options.number) === 0;
    if (!isOne) this.close(CloseCode.tooMany, 'too many messages');
    return isOne;
  }

  /** A message of the socket. Never throws. */
  receive(bytes: Uint8Array): void {
    if (!this.count()) return;
    if (!this.#reader) {
      if (this.#early.length < MOST_EARLY && bytes.length <= LONGEST_EARLY)
        this.#early.push(bytes.slice());
      return;
    }
    try {
      const message = readRoomMessage(bytes);
      if (message.type === 'step1') this.#reader.sync(message.held);
    } catch {
      this.close(CloseCode.malformed, 'malformed');
    }
  }

  /** Ends it. Idempotent. */
  close(code: CloseCode, reason: string): void {
    if (this.#ended) return;
    this.ended();
    this.#options.transport.close(code, reason);
  }

  /** The socket is gone. Idempotent. */
  ended(): void {
    this.#ended = true;
    this.#leave();
    this.#output.end();
    this.#stopKeepalive?.();
    if (this.#reader) {
      this.#reader.close();
      this.#options.followers.remove(this.#reader);
    }
    this.#options.onEnd();
  }

  #enter(): (() => void) | null {
    const { entrance, opening } = this.#options;
    return entrance.enter(opening.address, {
      device: opening.device,
      isOfDesk: () => this.#member !== null && answersAtDesk(this.#member.role),
      letGo: () => this.#letGo(),
    });
  }

  /** Others of its address need the place. */
  #letGo(): void {
    this.close(CloseCode.tooMany, 'too many at this address');
  }

  async #follow(): Promise<void> {
    const { storage, followers, people, changes, access, opening } = this.#options;
    const before = changes();
    // Who it is now: it got the token minutes ago.
    const member = (await people.membersOf([this.device])).get(this.device);
    if (this.#ended) return;
    if (!member || member === 'removed') return this.close(CloseCode.removed, 'device removed');
    // It may have been told while the member was looked up.
    if (changes() !== before) return this.close(CloseCode.goingAway, 'member changed');
    this.#member = member;
    const passersBy = false; // a change of the space's mode would not reach them here
    const { device, address, room } = opening;
    const admission = await access.admit(
      parseRoom(room),
      { device, member, address },
      { passersBy },
    );
    if (this.#ended) return;
    if (admission.type === 'later') return this.close(CloseCode.goingAway, 'later');
    if (admission.type === 'refused') return this.close(admission.code, 'not to be read');
    const { generation } = admission;
    this.#reader = new RoomReader({
      room,
      generation,
      storage,
      output: this.#output,
      send: ({ message }) => this.#output.send(message),
      knowsDigest: false,
    });
    followers.add(this.#reader);
    for (const bytes of this.#early.splice(0)) this.receive(bytes);
  }
}
