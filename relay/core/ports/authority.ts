/** What only this community's relay can do: sign in the community's name and recognise its own seals. */
import type { DeviceKey, Fingerprint } from '../../../shared/ids.ts';

export interface Authority {
  readonly fingerprint: Fingerprint;
  /** The community's public key, raw. */
  readonly key: Uint8Array;
  /** The same as text: the author of the relay's own entries. */
  readonly device: DeviceKey;
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** A keyed hash, 16 bytes, by a secret that never leaves the relay. */
  seal(bytes: Uint8Array): Uint8Array;
}

/** A keyed hash (16 bytes) by a secret of the relay. */
export type Seal = (bytes: Uint8Array) => Uint8Array;
