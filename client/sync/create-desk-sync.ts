/** Sync for the desk: as for a visitor, with what a member of the desk does. */
import type { DeskSync } from '../store/sync-port.ts';
import { type SyncOptions, openParts, started } from './create-sync.ts';
import { DeskSyncCore } from './desk-sync.ts';
import { PrivateState } from './private-state.ts';

/** @throws as `createSync` does. */
export async function createDeskSync(options: SyncOptions): Promise<DeskSync> {
  const parts = await openParts(options);
  const privateState = new PrivateState(parts.database);
  await privateState.load();
  return started(new DeskSyncCore({ ...parts, privateState }));
}
