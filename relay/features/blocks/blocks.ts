/**
 * Who may not write: members, devices, networks. The list is in memory, because every entry asks it. A
 * network is compared by the keyed hashes of its prefixes, for the widths that blocks have.
 */
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import { Role, answersAtDesk } from '../../../shared/grant/roles.ts';
import type { MemberId } from '../../../shared/ids.ts';
import { FOR_EVER } from '../../../shared/protocol/control.ts';
import { type Network, networkHash, networkOf } from '../../core/limits/networks.ts';
import type { Seal } from '../../core/ports/authority.ts';
import type { Acting } from '../../core/audit/acts.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Actor, Merge } from '../../core/ports/people.ts';
import type { BlockStorage, Sighting, StoredBlock, blockOps } from './blocks-storage.ts';
import { type Write, writesOf } from '../../core/ports/port.ts';
import type { Memory } from '../../core/memory/memory.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';
import { Sightings } from './sightings.ts';

export interface BlocksOptions {
  readonly storage: Acting<BlockStorage>;
  readonly rooms: Pick<RoomStorage, 'commit'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly seal: Seal;
  readonly memory?: Memory | undefined;
}

const blockWrite = writesOf<BlockStorage, typeof blockOps>('blocks');

export class Blocks {
  readonly #options: BlocksOptions;
  readonly #bySubject = new Map<string, StoredBlock[]>();
  /** Families and widths of the networks that are blocked. */
  #widths: readonly { readonly family: 4 | 6; readonly bits: number }[] = [];
  #all: readonly StoredBlock[] = [];
  readonly #sightings: Sightings;

  private constructor(options: BlocksOptions) {
    this.#options = options;
    this.#sightings = new Sightings(options);
  }

  static async open(options: BlocksOptions): Promise<Blocks> {
    const blocks = new Blocks(options);
    await blocks.load();
    return blocks;
  }

  /** Reads them anew, after a change. */
  async load(): Promise<void> {
    this.#hold(await this.#options.storage.blocks());
  }

  /** A member is another from now on: at once, before they write as that one. */
  moved({ from, to }: Merge): void {
    const isTheirs = ({ subject, value }: StoredBlock): boolean =>
      subject === 'member' && value === from;
    this.#hold(
      this.#all.map((block) => (isTheirs(block) ? { ...block, value: to, shown: to } : block)),
    );
  }

  #hold(blocks: readonly StoredBlock[]): void {
    this.#all = blocks;
    this.#bySubject.clear();
    const widths = new Map<string, { family: 4 | 6; bits: number }>();
    for (const block of blocks) {
      const key = `${block.subject}:${block.value}`;
      this.#bySubject.set(key, [...(this.#bySubject.get(key) ?? []), block]);
      const [, family, bits] = /^IPv([46]) \/(\d+)$/.exec(block.shown) ?? [];
      if (block.subject === 'address')
        widths.set(block.shown, { family: family === '6' ? 6 : 4, bits: Number(bits) });
    }
    this.#widths = [...widths.values()];
  }

  /** Those in force now, newest first. */
  list(page: PageRequest<number>): Promise<KeyedPage<StoredBlock, number>> {
    const { storage, clock } = this.#options;
    return storage.blocksAt(clock.now(), page);
  }

  /** @param also written in the same transaction. */
  async add(blocks: readonly StoredBlock[], also: readonly Write[] = []): Promise<void> {
    const writes = [...blocks.map((block) => blockWrite('addBlock', block)), ...also];
    await this.#options.rooms.commit({ changes: [], writes });
    await this.load();
  }

  /** Undefined if there is none. */
  find(id: string): StoredBlock | undefined {
    return this.#all.find((block) => block.id === id);
  }

  /** Whether there was one to lift. */
  async lift(id: string, line: ActLine): Promise<boolean> {
    const lifted = await this.#options.storage.with(line).removeBlock(id);
    await this.load();
    return lifted;
  }

  /**
   * When they may write again, ms since the epoch; 0 if now, `FOR_EVER` if never. A blocked network spares
   * whoever answers at the desk: a shop's helpers share its line with the people they serve.
   */
  until({ member, device, address, role = Role.visitor }: Actor): number {
    if (this.#all.length === 0) return 0;
    const networks = answersAtDesk(role) ? [] : this.#networkKeys(address);
    const keys = [`member:${member}`, `device:${device}`, ...networks];
    const found = keys.flatMap((key) => this.#bySubject.get(key) ?? []);
    const now = this.#options.clock.now();
    const latest = Math.max(0, ...found.map(({ expires }) => expires ?? FOR_EVER));
    return latest > now ? latest : 0;
  }

  /** Remembers where somebody was, by keyed hashes. It is written a little later. */
  saw(actor: Actor): void {
    this.#sightings.saw(actor);
  }

  /** Where a member was seen, newest first. */
  sightingsOf(member: MemberId): Promise<readonly Sighting[]> {
    return this.#sightings.of(member);
  }

  /** Who wrote from some networks since then, at most 1,000. */
  seenIn(hashes: readonly string[], since: number): Promise<readonly MemberId[]> {
    return this.#sightings.membersIn(hashes, since);
  }

  hash(network: Network): string {
    return networkHash(network, this.#options.seal);
  }

  /** Writes what waits. */
  close(): Promise<void> {
    return this.#sightings.flush();
  }

  #networkKeys(address: string): string[] {
    return this.#widths.flatMap(({ family, bits }) => {
      const network = networkOf(address, bits);
      return network?.family === family ? [`address:${this.hash(network)}`] : [];
    });
  }
}
