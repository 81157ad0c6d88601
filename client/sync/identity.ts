/**
 * The device's key: Ed25519, made here, never exportable. Two tabs that make one at the same time end up
 * with the same key.
 */
import { bytesToText } from '../../shared/bytes.ts';
import type { Sign } from '../../shared/entry/sign-entry.ts';
import type { Verify } from '../../shared/verify.ts';
import type { DeviceKey } from '../../shared/ids.ts';
import type { Database } from './storage/database.ts';

/** This browser cannot be a device: no Ed25519, or the page is not served securely. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

export interface Identity {
  readonly device: DeviceKey;
  readonly sign: Sign;
}

interface StoredKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: Uint8Array;
}

/** @throws {UnsupportedError} and {StorageError} */
export async function loadIdentity(database: Database): Promise<Identity> {
  const stored = ((await database.get(['device'])) ?? (await create(database))) as StoredKey;
  database.remember((transaction) => transaction.put(['device'], stored));
  return {
    device: bytesToText(stored.publicKey) as DeviceKey,
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', stored.privateKey, message)),
  };
}

async function create(database: Database): Promise<unknown> {
  const pair = await makeKey();
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const key: StoredKey = { privateKey: pair.privateKey, publicKey };
  return database.putOnce(['device'], key);
}

async function makeKey(): Promise<CryptoKeyPair> {
  try {
    return await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  } catch (cause) {
    throw new UnsupportedError('no Ed25519 in this browser', { cause });
  }
}

/** Checks a signature with WebCrypto. */
export const verifyWithWebCrypto: Verify = async (key, signature, message) => {
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, signature, message);
  } catch {
    return false; // not a key: nothing it signed can be right
  }
};
