/**
 * A room's digest tells a replica that it holds what the relay holds: the count and XOR of the ids of live
 * rows, at a revision.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { equalBytes, xorInto } from '../bytes.ts';
import { ID_LENGTH } from '../hash.ts';

export interface Digest {
  /** Raised by every change of the room, erasures included. */
  readonly rev: number;
  /** Live rows. */
  readonly count: number;
  /** XOR of their 16-byte ids. */
  readonly xor: Uint8Array;
}

/** Count and XOR of some row ids. */
export function digestOf(ids: Iterable<Uint8Array>): Omit<Digest, 'rev'> {
  const xor = new Uint8Array(ID_LENGTH);
  let count = 0;
  for (const id of ids) {
    xorInto(xor, id);
    count++;
  }
  return { count, xor };
}

/** Whether two digests cover the same rows. Revisions may differ: an unchanged record has none. */
export const sameRows = (a: Omit<Digest, 'rev'>, b: Omit<Digest, 'rev'>): boolean =>
  a.count === b.count && equalBytes(a.xor, b.xor);

export function writeDigest(encoder: encoding.Encoder, digest: Digest): void {
  encoding.writeVarUint(encoder, digest.rev);
  encoding.writeVarUint(encoder, digest.count);
  encoding.writeUint8Array(encoder, digest.xor);
}

export function readDigest(decoder: decoding.Decoder): Digest {
  const rev = decoding.readVarUint(decoder);
  const count = decoding.readVarUint(decoder);
  return { rev, count, xor: decoding.readUint8Array(decoder, ID_LENGTH).slice() };
}
