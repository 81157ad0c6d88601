/**
 * The community's key and the relay's own secret. They are made at the first start, and kept in the data
 * folder for the relay's user only. Whoever copies them is the community: back them up, and show them to
 * nobody.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  randomBytes,
  sign,
} from 'node:crypto';
import { link, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToText, textToBytes } from '../../shared/bytes.ts';
import { ID_LENGTH, fingerprintOf } from '../../shared/hash.ts';
import type { DeviceKey } from '../../shared/ids.ts';
import type { Authority } from '../core/ports/authority.ts';
import { isAtOnce, doElsewhere } from './at-once.ts';
import { DataFault } from './data-fault.ts';

const KEY_FILE = 'community.key';
const SECRET_FILE = 'relay.secret';

/**
 * Reads both from a folder, which must exist, or makes them.
 * @throws {DataFault} if one is damaged, or missing beside a database: with another, the folder would be
 * another community's.
 */
export async function loadAuthority(folder: string): Promise<Authority> {
  const isNew = !(await holdsData(folder));
  const pem = await readOrMake(folder, KEY_FILE, isNew, () =>
    generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }),
  );
  const secret = await readOrMake(folder, SECRET_FILE, isNew, () => bytesToText(randomBytes(32)));
  return authorityIn(folder, pem, secret);
}

/**
 * Reads both from a folder, and makes nothing.
 * @throws {DataFault} if one is damaged or missing.
 */
export async function readAuthority(folder: string): Promise<Authority> {
  const [pem, secret] = await Promise.all(
    [KEY_FILE, SECRET_FILE].map((name) =>
      readFile(join(folder, name), 'utf8').catch((error: unknown) => {
        throw keyFault(folder, name, 'is missing', error);
      }),
    ),
  );
  return authorityIn(folder, pem ?? '', secret ?? '');
}

/** The authority that a folder's files make. */
function authorityIn(folder: string, pem: string, secret: string): Authority {
  if (!/^[\w-]{43}$/.test(secret.trim())) throw keyFault(folder, SECRET_FILE, 'is damaged');
  try {
    return authorityOf(pem, Buffer.from(secret, 'base64url'));
  } catch (error) {
    throw keyFault(folder, KEY_FILE, 'is damaged', error);
  }
}

const keyFault = (folder: string, name: string, what: string, cause?: unknown): DataFault =>
  new DataFault(
    'damaged',
    `${name} in ${folder} ${what}: put it back from a backup of this community, or set COMPTOIR_DATA to an empty folder for another one.`,
    { cause },
  );

/** A database that was never written is what a first start leaves that was cut short. */
async function holdsData(folder: string): Promise<boolean> {
  const info = await stat(join(folder, 'comptoir.sqlite')).catch(() => undefined);
  return info !== undefined && info.size > 0;
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
    async sign(message) {
      if (isAtOnce()) return new Uint8Array(sign(null, message, privateKey));
      return new Uint8Array(
        await doElsewhere<Buffer>((done) => sign(null, message, privateKey, done)),
      );
    },
    seal: sealOf(secret),
  };
}

/**
 * A file's text. If there is no file, it is made, and is on disk before it is used. It gets its name once
 * it is whole: a start that is cut short leaves no half of it.
 */
async function readOrMake(
  folder: string,
  name: string,
  mayMake: boolean,
  make: () => string,
): Promise<string> {
  const path = join(folder, name);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  if (!mayMake) throw keyFault(folder, name, 'is missing');
  const text = make();
  const unfinished = `${path}.new`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await link(unfinished, path); // never over a key that is there
  await rm(unfinished);
  return text;
}

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;

/**
 * The start of HMAC-SHA-256 (RFC 2104), by two hashes as text: an `Hmac` object for each row takes twice
 * the time, and the collector's.
 */
function sealOf(secret: Uint8Array): (bytes: Uint8Array) => Uint8Array {
  const key = secret.length > BLOCK_BYTES ? createHash('sha256').update(secret).digest() : secret;
  const padded = (pad: number, length: number): Buffer => {
    const buffer = Buffer.alloc(BLOCK_BYTES + length, pad);
    for (const [index, byte] of key.entries()) buffer[index] = byte ^ pad;
    return buffer;
  };
  const inner = padded(0x36, 0);
  const outer = padded(0x5c, HASH_BYTES);
  return (bytes) => {
    outer.write(hash('sha256', Buffer.concat([inner, bytes]), 'latin1'), BLOCK_BYTES, 'latin1');
    return textToBytes(hash('sha256', outer, 'base64url'), HASH_BYTES).subarray(0, ID_LENGTH);
  };
}
