/**
 * Reading a long conversation into memory takes much processor time, and a small frame can cause it. Whoever
 * causes it pays by rows: a device, its address and its neighbourhood have an allowance each.
 */
import type { ConversationId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import { type RoomName, conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { Memory } from '../memory/memory.ts';
import { addressNames } from './networks.ts';
import { TokenBuckets } from './token-buckets.ts';

/** Conversations up to this long are read for anybody: entries and openings are counted anyway. */
const FREE_ROWS = 500;
/** Nobody knows how long a conversation is before it is read: it counts as a full one until then. */
const UNKNOWN_ROWS = Limits.conversationEntries;
/** Rows at once, and in a second: some 20 µs each. */
const ROWS = {
  device: { burst: 60_000, perSecond: 1_000 },
  address: { burst: 200_000, perSecond: 4_000 },
  neighbourhood: { burst: 400_000, perSecond: 8_000 },
} as const;

/** Who causes it. */
export interface Causer {
  readonly device: string;
  readonly address: string;
}

interface Read {
  readonly head: { readonly next: number };
}

export interface ReadAllowanceOptions<Room extends Read> {
  readonly rooms: { isHeld(name: RoomName): boolean };
  readonly storage: { head(name: RoomName): Promise<Room['head']> };
  readonly now: () => number;
  readonly memory?: Memory | undefined;
}

export class ReadAllowance<Room extends Read> {
  readonly #options: ReadAllowanceOptions<Room>;
  readonly #buckets: Readonly<Record<keyof typeof ROWS, TokenBuckets>>;

  constructor(options: ReadAllowanceOptions<Room>) {
    this.#options = options;
    const { now, memory } = options;
    this.#buckets = {
      device: new TokenBuckets(ROWS.device, now, memory),
      address: new TokenBuckets(ROWS.address, now, memory),
      neighbourhood: new TokenBuckets(ROWS.neighbourhood, now, memory),
    };
  }

  /** A conversation, read by `find` if it is not in memory; null if they must come again later. */
  async read<Found extends Room>(
    id: ConversationId,
    causer: Causer,
    find: (id: ConversationId) => Promise<Found>,
  ): Promise<Found | null> {
    const { rooms, storage } = this.#options;
    const name = conversationRoom(id);
    if (rooms.isHeld(name)) return find(id);
    if (this.#spend(causer, 0) > 0) {
      const { next } = await storage.head(name);
      return next <= FREE_ROWS || rooms.isHeld(name) ? find(id) : null;
    }
    this.#spend(causer, UNKNOWN_ROWS);
    let rows = 0;
    try {
      const room = await find(id);
      rows = room.head.next;
      return room;
    } finally {
      this.#spend(causer, (rows <= FREE_ROWS ? 0 : rows) - UNKNOWN_ROWS);
    }
  }

  #spend({ device, address }: Causer, rows: number): number {
    const { narrow, wide } = addressNames(address);
    return Math.max(
      this.#buckets.device.spend(device, rows),
      this.#buckets.address.spend(narrow, rows),
      this.#buckets.neighbourhood.spend(wide, rows),
    );
  }
}
