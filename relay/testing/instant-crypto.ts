/** Signatures that are made and checked at once: what a seeded run takes, whose turns must not depend on threads. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { bytesToText } from '../../shared/bytes.ts';
import { isSmallOrder } from '../../shared/entry/small-order.ts';
import type { Authority } from '../core/ports/authority.ts';
import type { Platform } from '../core/ports/platform.ts';
import { authorityOf } from '../platform/community-key.ts';

export const instantVerify: Platform['verify'] = (key, signature, message) => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytesToText(key) };
  const holds =
    !isSmallOrder(key) &&
    verify(null, message, createPublicKey({ format: 'jwk', key: jwk }), signature);
  return Promise.resolve(holds);
};

/** As `authorityOf`. */
export function instantAuthority(pem: string, secret: Uint8Array): Authority {
  const key = createPrivateKey(pem);
  return {
    ...authorityOf(pem, secret),
    sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, key))),
  };
}
