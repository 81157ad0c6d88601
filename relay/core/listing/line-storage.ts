/** Who waits for a place in a list (listing.ts), as batches store it: the port that adapters implement. */
import type { OpsOf } from '../ports/port.ts';
import type { Waiting } from './listing.ts';

export interface LineStorage {
  /** The first `most` in line, whoever deserves a place most first. */
  firstInLine(list: string, most: number): Promise<readonly Waiting[]>;
  /** Gives a key its place in line, instead of the one it had. */
  wait(list: string, item: Waiting): Promise<void>;
  waitNoMore(list: string, key: string): Promise<void>;
}

export const lineOps = {
  /** The writing thread reads this: it must know the previous batch. */
  firstInLine: 'write',
  wait: 'write',
  waitNoMore: 'write',
} as const satisfies OpsOf<LineStorage>;
