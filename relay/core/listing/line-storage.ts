/** Who waits for a place in a list (listing.ts), kept where a batch puts it: the port that adapters implement. */
import type { OpsOf } from '../ports/port.ts';
import type { Waiting } from './listing.ts';

export interface LineStorage {
  /** The first in line, `most` of them, whoever deserves a place most first. */
  firstInLine(list: string, most: number): Promise<readonly Waiting[]>;
  /** Gives a key its place in line, in place of the one it had. */
  wait(list: string, item: Waiting): Promise<void>;
  waitNoMore(list: string, key: string): Promise<void>;
}

export const lineOps = {
  /** Read by the thread that writes: it must know of the batch that went before. */
  firstInLine: 'write',
  wait: 'write',
  waitNoMore: 'write',
} as const satisfies OpsOf<LineStorage>;
