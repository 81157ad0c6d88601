/**
 * A replica without contact for a month is deleted at the next start: what was erased meanwhile must not
 * live on here forever.
 */
import type { KeyValueStore } from '../storage/key-value-store.ts';
import { dropReplica, keptReplicas } from './replica-store.ts';

const KEPT_FOR_MS = 30 * 24 * 60 * 60 * 1000;

export async function deleteStale(database: KeyValueStore, now = Date.now()): Promise<void> {
  for (const { name, record } of await keptReplicas(database)) {
    const since = Math.max(record.contactAt, record.changedAt);
    // Of before the clock was put back: nobody knows how old it is.
    if (Math.abs(now - since) > KEPT_FOR_MS) await dropReplica(database, name);
  }
}
