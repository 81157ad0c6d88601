/**
 * Signatures of a run: a hash over key and message, which anybody could make. Nobody forges in a run, and
 * Ed25519 took a quarter of its time.
 */
import { hash } from 'node:crypto';
import { bytesToText } from '../shared/bytes.ts';
import { ID_LENGTH, fingerprintOf, shortHash } from '../shared/hash.ts';
import type { DeviceKey } from '../shared/ids.ts';
import type { Authority } from '../relay/core/ports/authority.ts';
import type { Platform } from '../relay/core/ports/platform.ts';

/** Signs with the key of this public key: there is no private one. */
export const signAs =
  (key: Uint8Array) =>
  (message: Uint8Array): Uint8Array<ArrayBuffer> =>
    new Uint8Array(hash('sha512', Buffer.concat([key, message]), 'buffer'));

export const standInVerify: Platform['verify'] = (key, signature, message) =>
  Promise.resolve(Buffer.from(signAs(key)(message)).equals(signature));

/** The community of a run. */
export function standInAuthority(key: Uint8Array, secret: Uint8Array): Authority {
  return {
    key,
    fingerprint: fingerprintOf(key),
    device: bytesToText(key) as DeviceKey,
    sign: (message) => Promise.resolve(signAs(key)(message)),
    seal: (bytes) => shortHash(secret, bytes).slice(0, ID_LENGTH),
  };
}
