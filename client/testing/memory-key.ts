/** Real Ed25519 keys for devices and communities that live in memory. */
import type { Sign } from '../../shared/entry/sign-entry.ts';
import type { Verify } from '../../shared/verify.ts';

export interface MemoryKey {
  /** The public key, 32 bytes. */
  readonly raw: Uint8Array;
  readonly sign: Sign;
}

export async function makeKey(): Promise<MemoryKey> {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new TypeError('expected a key pair');
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const sign: Sign = async (message) =>
    new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, message));
  return { raw, sign };
}

export const verifySignature: Verify = async (key, signature, message) => {
  const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', imported, signature, message);
};
