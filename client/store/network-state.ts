/** The one calm line that says what the network and the storage are doing. */
import type { DeviceEnd } from './sync-port.ts';

export type NetworkState =
  | { readonly type: 'online' }
  /** For the first seconds nothing is said: most links come back before anybody needs to know. */
  | { readonly type: 'connecting' }
  /** No way to the relay. `browser`: the device itself has no network. */
  | {
      readonly type: 'offline';
      readonly since: number;
      readonly browser: boolean;
      readonly waiting: number;
    }
  /** This build is older than the relay serves: reload; the outbox is kept. */
  | { readonly type: 'reload' }
  /** This device may read and not write; `until`: ms, null for good. */
  | { readonly type: 'blocked'; readonly until: number | null }
  /** This device forgot all it held: what opens next starts as a new visitor. */
  | { readonly type: 'ended'; readonly why: DeviceEnd }
  /** The relay is not this community's, or refuses this device. */
  | { readonly type: 'refused' };
