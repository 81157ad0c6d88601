/** Where blocks are kept, and where devices were seen: the port that adapters implement. */
import type { KeyedPage, PageKey, PageRequest } from '../../../shared/api/route/page.ts';
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import type { OpsOf } from '../../core/ports/port.ts';

export interface StoredBlock {
  readonly id: string;
  readonly subject: 'member' | 'device' | 'address';
  /** A member, a device, or the keyed hash of a network. */
  readonly value: string;
  /** What a manager sees of it; for an address, only its width: `IPv4 /24`. */
  readonly shown: string;
  readonly reason: string;
  readonly created: number;
  /** null: until somebody lifts it. */
  readonly expires: number | null;
}

/** A device was seen in a network, which is known only by its keyed hash. */
export interface Sighting {
  readonly device: DeviceKey;
  readonly member: MemberId;
  readonly hash: string;
  /** How wide: `IPv4 /32`. */
  readonly shown: string;
  readonly seen: number;
}

export interface BlockStorage {
  addBlock(block: StoredBlock): Promise<void>;
  /** All of them. */
  blocks(): Promise<readonly StoredBlock[]>;
  /** Those that hold at a time, newest first. */
  blocksAt(now: number, page: PageRequest<number>): Promise<KeyedPage<StoredBlock, number>>;
  /** Whether there was one to lift. */
  removeBlock(id: string): Promise<boolean>;

  sawAddresses(sightings: readonly Sighting[]): Promise<void>;
  /** Where a member was seen, newest first. */
  sightingsOf(member: MemberId): Promise<readonly Sighting[]>;
  /** Who was seen in any of these networks since then, each once. */
  membersSeen(hashes: readonly string[], since: number, most: number): Promise<readonly MemberId[]>;
  /**
   * Forgets sightings and blocks from before. What was seen later than now, before the clock was put back,
   * counts as seen now.
   */
  forgetSightings(before: number, now: number): Promise<void>;
}

/** Where a block stands among others, by when it was made. */
export const placeOfBlock = ({ created, id }: StoredBlock): PageKey<number> => ({
  by: created,
  id,
});

export const blockOps = {
  addBlock: 'write',
  blocks: 'read',
  blocksAt: 'read',
  removeBlock: 'write',
  sawAddresses: 'behind',
  sightingsOf: 'read',
  membersSeen: 'read',
  forgetSightings: 'write',
} as const satisfies OpsOf<BlockStorage>;
