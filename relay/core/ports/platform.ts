/**
 * What the relay needs from the machine under it, injected: the core and the features' own logic run in a
 * browser's test as they run on Node. Checking and making signatures is asynchronous, because it happens
 * beside other work and WebCrypto knows no other way. Hashing is synchronous on every side.
 */
import type { Memory } from '../memory/memory.ts';
import type { Clock } from './clock.ts';

export interface Platform {
  /** Time and timers. */
  readonly clock: Clock;
  /**
   * Whether the raw 32-byte Ed25519 `key` signed `message` (RFC 8032). False for keys of small order,
   * which verify anything.
   */
  verify(key: Uint8Array, signature: Uint8Array, message: Uint8Array): Promise<boolean>;
  /** HMAC-SHA-256 (RFC 2104), 32 bytes. */
  hmac(secret: Uint8Array, message: Uint8Array): Uint8Array;
  /**
   * Resolves once all has been taken in that has arrived by now: what comes together is written together.
   * @default at once
   */
  turn?(): Promise<void>;
  /** What may be remembered. @default the whole */
  readonly memory?: Memory;
  /** Random bytes that nobody can guess; a simulation gives seeded ones. */
  random(length: number): Uint8Array<ArrayBuffer>;
}
