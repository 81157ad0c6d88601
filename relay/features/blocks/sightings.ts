/**
 * Where people who write were seen: keyed hashes of networks, for a manager who must block one. Few
 * entries bring anything new. What is new is written in small portions, and nobody waits for the disk.
 */
import type { MemberId } from '../../../shared/ids.ts';
import { Memory } from '../../core/memory/memory.ts';
import { FairMemory, sourcePath } from '../../core/limits/fair-memory.ts';
import { forgetOldest } from '../../core/limits/forget-oldest.ts';
import { networkHash, networkWidth, networksOf } from '../../core/limits/networks.ts';
import type { Seal } from '../../core/ports/authority.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Actor } from '../../core/ports/people.ts';
import type { BlockStorage, Sighting } from './blocks-storage.ts';

export interface SightingsOptions {
  readonly storage: BlockStorage;
  readonly clock: Clock;
  readonly log: Log;
  readonly seal: Seal;
  readonly memory?: Memory | undefined;
}

/** Sightings wait this long for others, and between two portions. */
const WRITE_AFTER_MS = 1_000;
/** One portion holds up the thread that writes for a few milliseconds. */
const PORTION = 100;
/** Seen again at the same place within this time: nothing new. */
const SAME_MS = 3_600_000;
/** Kept in memory between two writes. Beyond this, where most came from the oldest are not remembered. */
const MOST_PENDING_BYTES = 16 * 1024 * 1024;
const SIGHTING_BYTES = 500;
const MOST_KNOWN = 20_000;
const KNOWN_BYTES = 300;
/** Beyond this the number says no more. */
const MOST_COUNTED = 1_000;

export class Sightings {
  readonly #options: SightingsOptions;
  readonly #pending: FairMemory<Sighting>;
  readonly #mostKnown: number;
  /** Devices at addresses noted recently; the first is the oldest. */
  readonly #known = new Map<string, { readonly member: MemberId; readonly at: number }>();
  #cancelWrite: (() => void) | null = null;
  #written: Promise<void> = Promise.resolve();

  constructor(options: SightingsOptions) {
    this.#options = options;
    const { memory = new Memory() } = options;
    this.#pending = new FairMemory({ mostBytes: MOST_PENDING_BYTES, memory });
    this.#mostKnown = memory.places(MOST_KNOWN, KNOWN_BYTES);
  }

  /** Remembers where somebody was; written a little later. */
  saw({ member, device, address }: Actor): void {
    const { clock, seal } = this.#options;
    const now = clock.now();
    const place = `${device} ${address}`;
    const known = this.#known.get(place);
    if (known?.member === member && Math.abs(now - known.at) < SAME_MS) return;
    const path = sourcePath({ address, connection: device });
    for (const network of networksOf(address)) {
      const hash = networkHash(network, seal);
      const key = `${device} ${hash}`;
      const sighting = { device, member, hash, shown: networkWidth(network), seen: now };
      this.#pending.set(key, sighting, path, SIGHTING_BYTES);
    }
    this.#remember(place, { member, at: now });
    this.#cancelWrite ??= clock.after(WRITE_AFTER_MS, () => this.#writePortion());
  }

  /** Where a member was seen, newest first. */
  async of(member: MemberId): Promise<readonly Sighting[]> {
    await this.flush();
    return this.#options.storage.sightingsOf(member);
  }

  /** Who was seen in some networks since then. */
  async membersIn(hashes: readonly string[], since: number): Promise<readonly MemberId[]> {
    await this.flush();
    return this.#options.storage.membersSeen(hashes, since, MOST_COUNTED);
  }

  /** Writes all that waits. */
  async flush(): Promise<void> {
    while (this.#pending.size > 0) this.#writePortion();
    await this.#written;
  }

  #writePortion(): void {
    const { clock } = this.#options;
    this.#cancelWrite?.();
    this.#cancelWrite = null;
    const portion = [...this.#pending.entries()].slice(0, PORTION);
    for (const [key] of portion) this.#pending.delete(key);
    const sightings = portion.map(([, sighting]) => sighting);
    this.#written = this.#written.then(() => this.#write(sightings));
    if (this.#pending.size > 0)
      this.#cancelWrite = clock.after(WRITE_AFTER_MS, () => this.#writePortion());
  }

  async #write(sightings: readonly Sighting[]): Promise<void> {
    const { storage, log } = this.#options;
    try {
      await storage.sawAddresses(sightings);
    } catch (error) {
      this.#known.clear(); // or they would not be noted again for a while
      log.error('where people were could not be kept', error);
    }
  }

  #remember(place: string, noted: { readonly member: MemberId; readonly at: number }): void {
    this.#known.delete(place);
    this.#known.set(place, noted);
    forgetOldest(this.#known, this.#mostKnown);
  }
}
