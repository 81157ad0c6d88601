/** Ed25519 over raw 32-byte keys, by node:crypto: synchronous, about 60 µs a check. */
import { type KeyObject, createPublicKey, verify } from 'node:crypto';
import { bytesToText } from '../../shared/bytes.ts';
import { isSmallOrder } from '../../shared/entry/small-order.ts';

/** Keys lately met: making a key object costs as much as a check. */
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
export function verifyEd25519(
  key: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): boolean {
  return !isSmallOrder(key) && verify(null, message, keyObject(key), signature);
}
