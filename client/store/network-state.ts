/** The one calm line that says what the network and the storage are doing. */
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
  /** The relay is not this community's, or refuses this device. */
  | { readonly type: 'refused' };
