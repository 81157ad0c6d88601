/**
 * Checks who made an entry. This happens once, where the entry arrives: at the relay, and at each hop of
 * gossip.
 */
import { textToBytes } from '../bytes.ts';
import type { Fingerprint } from '../ids.ts';
import { SIGNATURE_LENGTH, type Entry, signedBytes } from './entry.ts';
import type { Verify } from '../verify.ts';
import { EntryError } from './schema/entry-error.ts';
import { isSmallOrder } from './small-order.ts';

/**
 * Passes when the entry's author signed it for this community.
 * @throws {EntryError} `bad-key` for a key that would verify anything, `bad-signature`.
 */
export async function verifyEntry(
  entry: Entry,
  community: Fingerprint,
  verify: Verify,
): Promise<void> {
  const key = textToBytes(entry.author, 32).slice();
  if (isSmallOrder(key)) throw new EntryError('bad-key', 'small-order key');
  const split = entry.bytes.length - SIGNATURE_LENGTH;
  const message = signedBytes(entry.bytes.subarray(0, split), community);
  const signature = entry.bytes.slice(split);
  if (!(await verify(key, signature, message))) {
    throw new EntryError('bad-signature', `entry ${entry.id}`);
  }
}
