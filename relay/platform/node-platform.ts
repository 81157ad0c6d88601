/** The relay's platform on Node: node:crypto. A few checks are made at once, more on its own threads. */
import { type KeyObject, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bytesToText } from '../../shared/bytes.ts';
import { isSmallOrder } from '../../shared/entry/small-order.ts';
import { FairMemory } from '../core/limits/fair-memory.ts';
import type { Platform } from '../core/ports/platform.ts';
import { doElsewhere, isAtOnce } from './at-once.ts';
import { systemClock } from './system-clock.ts';

/** Keys used recently: making a key object takes some microseconds. */
const recent = new FairMemory<KeyObject>({ mostBytes: 4 * 1024 * 1024 });
const KEY_OBJECT_BYTES = 1_500;

function keyObject(key: Uint8Array): KeyObject {
  const x = bytesToText(key);
  let made = recent.get(x);
  if (!made) {
    made = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
    recent.set(x, made, [], KEY_OBJECT_BYTES);
  }
  return made;
}

/** Whether `key` signed `message`. False for keys of small order, which verify anything. */
export async function verifyEd25519(
  key: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  if (isSmallOrder(key)) return false;
  const object = keyObject(key);
  if (isAtOnce()) return verify(null, message, object, signature);
  return doElsewhere((done) => verify(null, message, object, signature, done));
}

export const nodePlatform: Platform = {
  clock: systemClock,
  verify: verifyEd25519,
  hmac: (secret, message) => new Uint8Array(createHmac('sha256', secret).update(message).digest()),
  turn: () => nextTurn(),
  random: (length) => new Uint8Array(randomBytes(length)),
};
