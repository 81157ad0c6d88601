/** Signatures that are checked at once, so that turns do not depend on threads. */
import { createPublicKey, verify } from 'node:crypto';
import { bytesToText } from '../../shared/bytes.ts';
import { isSmallOrder } from '../../shared/entry/small-order.ts';
import type { Platform } from '../core/ports/platform.ts';

export const instantVerify: Platform['verify'] = (key, signature, message) => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytesToText(key) };
  const holds =
    !isSmallOrder(key) &&
    verify(null, message, createPublicKey({ format: 'jwk', key: jwk }), signature);
  return Promise.resolve(holds);
};
