/**
 * The community's key and the relay's own secret. They are made at the first start, and kept in the data
 * folder for the relay's user only. Whoever copies them is the community: back them up, and show them to
 * nobody.
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToText, textToBytes } from '../../shared/bytes.ts';
import { ID_LENGTH, fingerprintOf } from '../../shared/hash.ts';
import type { DeviceKey } from '../../shared/ids.ts';
import type { Authority } from '../core/ports/authority.ts';

const KEY_FILE = 'community.key';
const SECRET_FILE = 'relay.secret';

/** Reads both from a folder, or makes them. */
export async function loadAuthority(folder: string): Promise<Authority> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pem = await readOrMake(join(folder, KEY_FILE), () =>
    generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }),
  );
  const secret = await readOrMake(join(folder, SECRET_FILE), () => bytesToText(randomBytes(32)));
  return authorityOf(pem, Buffer.from(secret, 'base64url'));
}

/** @param pem the community's private key, PKCS #8. */
export function authorityOf(pem: string, secret: Uint8Array): Authority {
  const privateKey = createPrivateKey(pem);
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const key = textToBytes(String(jwk.x), 32);
  return {
    key,
    fingerprint: fingerprintOf(key),
    device: bytesToText(key) as DeviceKey,
    sign: (message) =>
      new Promise((resolve, reject) =>
        sign(null, message, privateKey, (error, signature) =>
          error ? reject(error) : resolve(new Uint8Array(signature)),
        ),
      ),
    seal: (bytes) =>
      new Uint8Array(createHmac('sha256', secret).update(bytes).digest().subarray(0, ID_LENGTH)),
  };
}

/** A file's text. If there is no file, it is made, and is on disk before it is used. */
async function readOrMake(path: string, make: () => string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const text = make();
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return text;
}
