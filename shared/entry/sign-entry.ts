/** Making an entry: encode, sign with the device's key, append the signature. */
import { concatBytes } from '../bytes.ts';
import type { Fingerprint } from '../ids.ts';
import { type Draft, type Entry, decodeEntry, encodeUnsigned, signedBytes } from './entry.ts';

/** Signs with a device's Ed25519 key (RFC 8032): WebCrypto in browsers, node:crypto on the relay. */
export type Sign = (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array> | Uint8Array;

/** The signed entry of a draft. */
export async function signEntry(draft: Draft, community: Fingerprint, sign: Sign): Promise<Entry> {
  const unsigned = encodeUnsigned(draft);
  const signature = await sign(signedBytes(unsigned, community));
  return decodeEntry(concatBytes(unsigned, signature), community);
}
