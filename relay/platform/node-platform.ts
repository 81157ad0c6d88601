/** The relay's platform on Node: node:crypto, whose checks run on its own threads. */
import { type KeyObject, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { bytesToText } from '../../shared/bytes.ts';
import { isSmallOrder } from '../../shared/entry/small-order.ts';
import { systemClock } from './system-clock.ts';
import type { Platform } from '../core/ports/platform.ts';

/** Keys used recently: making a key object costs as much as a check. */
const recent = new Map<string, KeyObject>();
const MOST_RECENT = 2_000;

function keyObject(key: Uint8Array): KeyObject {
  const x = bytesToText(key);
  let made = recent.get(x);
  if (!made) {
    made = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
    if (recent.size >= MOST_RECENT) recent.clear();
    recent.set(x, made);
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
  return new Promise((resolve, reject) =>
    verify(null, message, object, signature, (error, holds) =>
      error ? reject(error) : resolve(holds),
    ),
  );
}

export const nodePlatform: Platform = {
  clock: systemClock,
  verify: verifyEd25519,
  hmac: (secret, message) => new Uint8Array(createHmac('sha256', secret).update(message).digest()),
  random: (length) => new Uint8Array(randomBytes(length)),
};
