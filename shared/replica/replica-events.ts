/** What a replica is told, and what it wants done: all that passes between the machine and its device. */
import type { EntryId } from '../ids.ts';
import type { Digest } from '../protocol/digest.ts';
import type { AsideRow } from './aside.ts';
import type { KeptReplica, ReplicaRecord } from './replica-record.ts';

/**
 * `loading`: not read from this device yet. `local`: what this device holds, maybe not all. `synced`:
 * the relay's digest agrees. `refused`: may not be read. `unknown`: the relay has no such room (yet).
 */
export type ReplicaStatus = 'loading' | 'local' | 'synced' | 'refused' | 'unknown';

/** What the tab that leads says of a room. */
export interface ToldReplica {
  readonly generation: number;
  readonly epoch: number;
  readonly status: ReplicaStatus;
  /** What changed, or all; null when only the rest did. */
  readonly update: Uint8Array | null;
  readonly aside: readonly Uint8Array[];
}

export type ReplicaEvent =
  /** What this device keeps was read. Nothing else comes before. */
  | ({ readonly type: 'loaded' } & KeptReplica)
  /**
   * From now on this device follows the relay and keeps what comes. `kept`: what is kept by now, if
   * somebody else led, and wrote, since it was loaded.
   */
  | { readonly type: 'lead'; readonly kept: KeptReplica | null }
  /** Somebody else leads. */
  | { readonly type: 'follow' }
  /** Whoever leads tells. */
  | ({ readonly type: 'told' } & ToldReplica)
  /** The relay has opened the room. */
  | { readonly type: 'opened'; readonly generation: number }
  /** The other side has closed it; `code` as in close-codes.ts. */
  | { readonly type: 'closed'; readonly code: number }
  /** The document changed. */
  | {
      readonly type: 'changed';
      /** Its live rows by now, in order; those that stay are the same arrays. */
      readonly rows: readonly Uint8Array[];
      /** Nothing was ever in it, not even what is erased by now. */
      readonly blank: boolean;
      /** What came from the relay; null when it was applied here. */
      readonly update: { readonly bytes: Uint8Array; readonly erases: boolean } | null;
      readonly at: number;
    }
  | { readonly type: 'digest'; readonly digest: Digest; readonly at: number }
  /** The write that `setAside` asked for is done, or failed: then what is in memory must do. */
  | { readonly type: 'setAside'; readonly failed: boolean }
  /** Something could not be kept. */
  | { readonly type: 'notKept' }
  /** The wait that `wait` asked for is over. */
  | { readonly type: 'waited' }
  /** Withdrawn or erased, for ever. */
  | { readonly type: 'erased'; readonly ids: readonly EntryId[] }
  /** The relay does not take these back. */
  | { readonly type: 'refused'; readonly ids: readonly EntryId[] }
  /** The relay may take by now what it put off. */
  | { readonly type: 'offerAgain' };

/** In order, each done before the next begins; writes only have to be begun. */
export type ReplicaEffect =
  /** Apply these to the document, then say `changed`. */
  | { readonly type: 'apply'; readonly updates: readonly Uint8Array[] }
  /** Begin a new, empty document. */
  | { readonly type: 'drop' }
  /** Open the room at the relay, and keep it open. */
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  /** Go on with the room that was opened: tell the relay what the document holds. */
  | { readonly type: 'sync' }
  /** Keep one more update. `erases`: of what was kept before something must go. */
  | {
      readonly type: 'append';
      readonly update: Uint8Array;
      readonly record: ReplicaRecord;
      readonly erases: boolean;
    }
  /** Keep the document whole, instead of what was kept of it, and these rows aside. */
  | {
      readonly type: 'keepWhole';
      readonly record: ReplicaRecord;
      readonly aside: readonly AsideRow[];
    }
  | { readonly type: 'keepRecord'; readonly record: ReplicaRecord }
  /** Keep nothing of the document but these rows, aside; then say `setAside`. */
  | { readonly type: 'setAside'; readonly rows: readonly AsideRow[] }
  | { readonly type: 'dropAside'; readonly ids: readonly EntryId[] }
  /** Offer the relay rows that it lacks. */
  | { readonly type: 'offer'; readonly rows: readonly AsideRow[] }
  /** Say `waited` after this time. */
  | { readonly type: 'wait'; readonly ms: number }
  /** Tell whoever follows what changed; null: the document whole. */
  | { readonly type: 'pass'; readonly update: Uint8Array | null }
  /** Ask whoever leads for all of it. */
  | { readonly type: 'ask' }
  /** The digest agreed. */
  | { readonly type: 'agreed' }
  /** Rows, overlay or status changed. */
  | { readonly type: 'show' };
