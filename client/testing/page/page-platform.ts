/** The relay's platform in a page: WebCrypto and timers. */
import { bytesToText, concatBytes } from '../../../shared/bytes.ts';
import { isSmallOrder } from '../../../shared/entry/small-order.ts';
import { ID_LENGTH, fingerprintOf, sha256 } from '../../../shared/hash.ts';
import type { DeviceKey } from '../../../shared/ids.ts';
import type { Authority } from '../../../relay/core/ports/authority.ts';
import type { Clock } from '../../../relay/core/ports/clock.ts';
import type { Platform } from '../../../relay/core/ports/platform.ts';

/** The page's own: a test that turns it turns it for relay and devices (`turn-clock.ts`). */
const clock: Clock = {
  now: () => Date.now(),
  steady: () => Date.now(), // what is turned counts as passed
  every(ms, act) {
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  },
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

const BLOCK = 64;

/** HMAC (RFC 2104) with SHA-256. */
function hmac(secret: Uint8Array, message: Uint8Array): Uint8Array {
  const key = new Uint8Array(BLOCK);
  key.set(secret.length > BLOCK ? sha256(secret) : secret);
  const padded = (pad: number): Uint8Array => key.map((byte) => byte ^ pad);
  return sha256(padded(0x5c), sha256(padded(0x36), message));
}

async function verify(
  key: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  if (isSmallOrder(key)) return false;
  const known = await crypto.subtle.importKey('raw', key.slice(), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', known, signature.slice(), message.slice());
}

export const pagePlatform: Platform = {
  clock,
  verify,
  hmac,
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
};

/** A community of its own. */
export async function pageAuthority(): Promise<Authority> {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  const key = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const secret = crypto.getRandomValues(new Uint8Array(32));
  return {
    key,
    fingerprint: fingerprintOf(key),
    device: bytesToText(key) as DeviceKey,
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, concatBytes(message))),
    seal: (bytes) => hmac(secret, bytes).slice(0, ID_LENGTH),
  };
}
