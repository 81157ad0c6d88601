/**
 * What a replica is told, and what it wants done: everything that passes between the machine and its
 * device.
 */
import type { EntryId } from '../ids.ts';
import type { Digest } from '../protocol/digest.ts';
import type { AsideRow } from './aside.ts';
import type { KeptReplica, ReplicaRecord } from './replica-record.ts';

/**
 * `loading`: not read from this device yet. `local`: what this device holds, perhaps not everything.
 * `synced`: the relay's digest agrees. `refused`: this device may not read it. `unknown`: the relay has no
 * such room (yet).
 */
export type ReplicaStatus = 'loading' | 'local' | 'synced' | 'refused' | 'unknown';

/** What the leading tab says about a room. */
export interface LeaderUpdate {
  readonly generation: number;
  readonly epoch: number;
  readonly status: ReplicaStatus;
  /** What changed, or everything; null if only the other fields changed. */
  readonly update: Uint8Array | null;
  readonly aside: readonly Uint8Array[];
}

export type ReplicaEvent =
  /** What this device keeps has been read. This is always the first event. */
  | ({ readonly type: 'loaded' } & KeptReplica)
  /**
   * From now on this tab follows the relay and keeps what comes. `kept`: what is stored now, if another
   * tab led and wrote since it was loaded.
   */
  | { readonly type: 'lead'; readonly kept: KeptReplica | null }
  /** Another tab leads. */
  | { readonly type: 'follow' }
  /** The leading tab says something. */
  | ({ readonly type: 'leaderUpdate' } & LeaderUpdate)
  /** The relay has opened the room. */
  | { readonly type: 'opened'; readonly generation: number }
  /** The other side has closed it; `code` as in close-codes.ts. */
  | { readonly type: 'closed'; readonly code: number }
  /** The document changed. */
  | {
      readonly type: 'changed';
      /** Its current live rows, in order; unchanged rows are the same arrays. */
      readonly rows: readonly Uint8Array[];
      /** Nothing was ever in it, not even rows that are erased now. */
      readonly blank: boolean;
      /** What came from the relay; null when it was applied here. */
      readonly update: { readonly bytes: Uint8Array; readonly erases: boolean } | null;
      readonly at: number;
    }
  | { readonly type: 'digest'; readonly digest: Digest; readonly at: number }
  /** The write that `setAside` asked for is done or has failed; if it failed, memory must do. */
  | { readonly type: 'setAside'; readonly failed: boolean }
  /** A write failed. */
  | { readonly type: 'notKept' }
  /** The wait that `wait` asked for is over. */
  | { readonly type: 'waited' }
  /** Withdrawn or erased, forever. */
  | { readonly type: 'erased'; readonly ids: readonly EntryId[] }
  /** The relay does not take these back. */
  | { readonly type: 'refused'; readonly ids: readonly EntryId[] }
  /** The relay may now take what it put off. */
  | { readonly type: 'offerAgain' };

/** Effects in order: each is done before the next begins. Writes only have to be started. */
export type ReplicaEffect =
  /** Apply these to the document, then say `changed`. */
  | { readonly type: 'apply'; readonly updates: readonly Uint8Array[] }
  /** Begin a new, empty document. */
  | { readonly type: 'drop' }
  /** Open the room at the relay, and keep it open. */
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  /** Go on with the opened room: tell the relay what the document holds. */
  | { readonly type: 'sync' }
  /** Store one more update. `erases`: something that was stored before must go. */
  | {
      readonly type: 'append';
      readonly update: Uint8Array;
      readonly record: ReplicaRecord;
      readonly erases: boolean;
    }
  /** Store the whole document instead of what was stored of it, and these rows aside. */
  | {
      readonly type: 'keepWhole';
      readonly record: ReplicaRecord;
      readonly aside: readonly AsideRow[];
    }
  | { readonly type: 'keepRecord'; readonly record: ReplicaRecord }
  /** Store only these rows, aside, and nothing else of the document; then say `setAside`. */
  | { readonly type: 'setAside'; readonly rows: readonly AsideRow[] }
  | { readonly type: 'dropAside'; readonly ids: readonly EntryId[] }
  /** Offer the relay rows that it lacks. */
  | { readonly type: 'offer'; readonly rows: readonly AsideRow[] }
  /** Say `waited` after this time. */
  | { readonly type: 'wait'; readonly ms: number }
  /** Tell the following tabs what changed; null: the whole document. */
  | { readonly type: 'pass'; readonly update: Uint8Array | null }
  /** Ask the leading tab for the whole room. */
  | { readonly type: 'ask' }
  /** The digest agreed. */
  | { readonly type: 'agreed' }
  /** Rows, overlay or status changed. */
  | { readonly type: 'show' };
