/** Whether an entry is its author's. It is checked beside other work, and the result is read at its place. */
import type { Content } from '../../../shared/entry/content.ts';
import {
  type Entry,
  SIGNATURE_LENGTH,
  authorKeyIn,
  signedBytes,
} from '../../../shared/entry/entry.ts';
import { isSmallOrder } from '../../../shared/entry/small-order.ts';
import { decodeGrant, grantSignedBytes } from '../../../shared/grant/grant.ts';
import type { Authority } from '../ports/authority.ts';
import type { Platform } from '../ports/platform.ts';

export interface Signer {
  readonly authority: Authority;
  readonly platform: Platform;
}

/** Why its signatures are not valid; null if they are. */
export type SignatureFault = 'bad-key' | 'bad-signature' | 'forbidden';

/** @param isJudged whether this relay judged it before: then the grant of a `join` was valid at that time. */
export async function checkSignatures(
  entry: Entry,
  content: Content,
  isJudged: boolean,
  signer: Signer,
): Promise<SignatureFault | null> {
  const { authority, platform } = signer;
  const key = authorKeyIn(entry.bytes);
  if (isSmallOrder(key)) return 'bad-key';
  const split = entry.bytes.length - SIGNATURE_LENGTH;
  const message = signedBytes(entry.bytes.subarray(0, split), authority.fingerprint);
  if (!(await platform.verify(key, entry.bytes.subarray(split), message))) return 'bad-signature';
  if (content.kind !== 'join' || isJudged) return null;
  return (await grantHolds(entry, content.grant, signer)) ? null : 'forbidden';
}

/**
 * A `join` shows a grant. The grant must be this community's and the author's, and valid now or when the
 * join was made (a helper may have been offline for longer than a shift).
 */
async function grantHolds(
  entry: Entry,
  bytes: Uint8Array,
  { authority, platform }: Signer,
): Promise<boolean> {
  try {
    const grant = decodeGrant(bytes);
    const split = bytes.length - SIGNATURE_LENGTH;
    const message = grantSignedBytes(bytes.subarray(0, split), authority.fingerprint);
    const held = grant.issued <= entry.time && entry.time < grant.expires;
    return (
      grant.device === entry.author &&
      (held || platform.clock.now() < grant.expires) &&
      (await platform.verify(authority.key, bytes.subarray(split), message))
    );
  } catch {
    return false; // not a grant at all
  }
}
