/**
 * SHA-256 (FIPS 180-4), synchronous on every side. Ids are computed while folding, and WebCrypto's
 * promises would make every reader asynchronous.
 */
import { digest } from 'lib0/hash/sha256';
import { encodeUtf8 } from 'lib0/string';
import { bytesToText, concatBytes, textToBytes } from './bytes.ts';
import type { DeviceKey, Fingerprint, MemberId } from './ids.ts';

/** Length of every id derived from a hash, in bytes. */
export const ID_LENGTH = 16;

interface NodeCrypto {
  hash(algorithm: 'sha256', data: Uint8Array, encoding: 'latin1'): string;
}
/** On Node, its own takes a quarter of the time, as text above all. Looked up, not imported: others have none. */
const node = (
  globalThis as { readonly process?: { getBuiltinModule?(name: 'node:crypto'): NodeCrypto } }
).process?.getBuiltinModule?.('node:crypto');

/** SHA-256 of all parts, one after the other. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const message = parts.length === 1 ? parts[0]! : concatBytes(...parts);
  if (!node) return digest(message);
  const text = node.hash('sha256', message, 'latin1');
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** The first 16 bytes of SHA-256 of all parts. */
export function shortHash(...parts: readonly Uint8Array[]): Uint8Array {
  return sha256(...parts).subarray(0, ID_LENGTH);
}

/** UTF-8 bytes of a text. */
export const textBytes = (text: string): Uint8Array<ArrayBuffer> => encodeUtf8(text);

/** The community's name in signatures and the pin in the embed snippet, from its public key. */
export function fingerprintOf(communityKey: Uint8Array): Fingerprint {
  return bytesToText(shortHash(communityKey)) as Fingerprint;
}

/** The member that a device is until it joins another. It is derived, so it exists before any contact. */
export function ownMemberOf(device: DeviceKey): MemberId {
  return bytesToText(shortHash(textBytes('comptoir member'), textToBytes(device, 32))) as MemberId;
}
