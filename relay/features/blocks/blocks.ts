/**
 * Who may not write: members, devices, networks. Held in memory, since every entry asks. A network is
 * compared by the keyed hashes of the prefixes that blocks are of.
 */
import type { MemberId } from '../../../shared/ids.ts';
import { FOR_EVER } from '../../../shared/protocol/control.ts';
import {
  type Network,
  networkHash,
  networkOf,
  networkWidth,
  networksOf,
} from '../../core/limits/networks.ts';
import type { Seal } from '../../core/ports/authority.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Actor } from '../../core/ports/people.ts';
import type { BlockStorage, Sighting, StoredBlock } from './blocks-storage.ts';

export interface BlocksOptions {
  readonly storage: BlockStorage;
  readonly clock: Clock;
  readonly log: Log;
  readonly seal: Seal;
  /** How long is kept where somebody was seen. */
  readonly addressDays: number;
}

/** Sightings are written together. */
const WRITE_AFTER_MS = 5_000;
const DAY_MS = 86_400_000;
/** Kept in memory between two writes; beyond it the rest is not remembered. */
const MOST_PENDING = 20_000;

export class Blocks {
  readonly #options: BlocksOptions;
  readonly #bySubject = new Map<string, StoredBlock[]>();
  /** Families and widths of the networks that are blocked. */
  #widths: readonly { readonly family: 4 | 6; readonly bits: number }[] = [];
  #all: readonly StoredBlock[] = [];
  readonly #pending = new Map<string, Sighting>();
  #cancelWrite: (() => void) | null = null;
  readonly #stopForgetting: () => void;
  #forgotten: Promise<void> = Promise.resolve();

  private constructor(options: BlocksOptions) {
    this.#options = options;
    this.#stopForgetting = options.clock.every(DAY_MS / 4, () => {
      this.#forgotten = this.#forget();
    });
  }

  static async open(options: BlocksOptions): Promise<Blocks> {
    const blocks = new Blocks(options);
    await blocks.load();
    await blocks.#forget();
    return blocks;
  }

  /** Reads them anew: after a change, or a merge of members. */
  async load(): Promise<void> {
    this.#all = await this.#options.storage.blocks();
    this.#bySubject.clear();
    const widths = new Map<string, { family: 4 | 6; bits: number }>();
    for (const block of this.#all) {
      const key = `${block.subject}:${block.value}`;
      this.#bySubject.set(key, [...(this.#bySubject.get(key) ?? []), block]);
      const [, family, bits] = /^IPv([46]) \/(\d+)$/.exec(block.shown) ?? [];
      if (block.subject === 'address')
        widths.set(block.shown, { family: family === '6' ? 6 : 4, bits: Number(bits) });
    }
    this.#widths = [...widths.values()];
  }

  /** Those that hold now, newest first. */
  list(): readonly StoredBlock[] {
    const now = this.#options.clock.now();
    return this.#all.filter(({ expires }) => expires === null || expires > now);
  }

  async add(block: StoredBlock): Promise<void> {
    await this.#options.storage.addBlock(block);
    await this.load();
  }

  /** Whether there was one to lift. */
  async lift(id: string): Promise<boolean> {
    const lifted = await this.#options.storage.removeBlock(id);
    await this.load();
    return lifted;
  }

  /** When they may write again, ms since the epoch; 0 if they may, `FOR_EVER` if never. */
  until({ member, device, address }: Actor): number {
    if (this.#all.length === 0) return 0;
    const found = [`member:${member}`, `device:${device}`, ...this.#networkKeys(address)].flatMap(
      (key) => this.#bySubject.get(key) ?? [],
    );
    const now = this.#options.clock.now();
    const latest = Math.max(0, ...found.map(({ expires }) => expires ?? FOR_EVER));
    return latest > now ? latest : 0;
  }

  /** Remembers where somebody was, by keyed hashes; written a little later. */
  saw({ member, device, address }: Actor): void {
    const { clock, seal } = this.#options;
    for (const network of networksOf(address)) {
      const hash = networkHash(network, seal);
      const key = `${device} ${hash}`;
      if (!this.#pending.has(key) && this.#pending.size >= MOST_PENDING) return;
      const shown = networkWidth(network);
      this.#pending.set(key, { device, member, hash, shown, seen: clock.now() });
    }
    this.#cancelWrite ??= clock.after(WRITE_AFTER_MS, () => void this.flush());
  }

  /** Where a member was seen, newest first. */
  async sightingsOf(member: MemberId): Promise<readonly Sighting[]> {
    await this.flush();
    return this.#options.storage.sightingsOf(member);
  }

  hash(network: Network): string {
    return networkHash(network, this.#options.seal);
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    this.#cancelWrite?.();
    this.#cancelWrite = null;
    const sightings = [...this.#pending.values()];
    if (sightings.length === 0) return;
    this.#pending.clear();
    try {
      await this.#options.storage.sawAddresses(sightings);
    } catch (error) {
      this.#options.log.error('where people were could not be kept', error);
    }
  }

  /** Writes what waits and stops. */
  async close(): Promise<void> {
    this.#stopForgetting();
    await this.#forgotten;
    await this.flush();
  }

  #networkKeys(address: string): string[] {
    return this.#widths.flatMap(({ family, bits }) => {
      const network = networkOf(address, bits);
      return network?.family === family ? [`address:${this.hash(network)}`] : [];
    });
  }

  async #forget(): Promise<void> {
    const { storage, clock, log, addressDays } = this.#options;
    try {
      await storage.forgetSightings(clock.now() - addressDays * DAY_MS);
    } catch (error) {
      log.error('old sightings could not be forgotten', error);
    }
  }
}
