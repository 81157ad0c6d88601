/**
 * Domain separation: every signature covers a prefix that names its purpose and its community, so nothing
 * signed for one can be replayed as another.
 */
import { textBytes } from './hash.ts';
import type { Fingerprint } from './ids.ts';

/** What a signature is for. */
export type Purpose = 'entry' | 'grant' | 'hello' | 'welcome' | 'redeem' | 'session';

/** The last community's prefix for each purpose: a thousand entries use the same one. */
const last = new Map<Purpose, { readonly community: Fingerprint; readonly bytes: Uint8Array }>();

/** The bytes that come before what is signed: `comptoir/1/<purpose>/<fingerprint>\n`. */
export function domainPrefix(purpose: Purpose, community: Fingerprint): Uint8Array {
  const known = last.get(purpose);
  if (known?.community === community) return known.bytes;
  const bytes = textBytes(`comptoir/1/${purpose}/${community}\n`);
  last.set(purpose, { community, bytes });
  return bytes;
}
