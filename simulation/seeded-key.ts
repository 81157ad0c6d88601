/** An Ed25519 key from its 32-byte seed, so that a run's ids are the same each time it is played. */
import { type KeyObject, createPrivateKey } from 'node:crypto';

/** What PKCS #8 puts before the seed (RFC 8410 §7). */
const HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');

export function keyFrom(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([HEADER, seed]), format: 'der', type: 'pkcs8' });
}
