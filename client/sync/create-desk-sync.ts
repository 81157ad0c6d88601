/** Sync for the desk: the same as for a visitor, plus what a member of the desk does. */
import type { DeskSync } from '../store/sync-port.ts';
import { type SyncOptions, openParts, started } from './create-sync.ts';
import { DeskPart } from './desk-part.ts';
import { LiveSync } from './live-sync.ts';
import { SyncCore } from './sync-core.ts';

/** @throws as `createSync` does. */
export async function createDeskSync(options: SyncOptions): Promise<DeskSync> {
  const core = new SyncCore(await openParts(options));
  const desk = new DeskPart(core);
  core.add(desk);
  return Object.assign(new LiveSync(await started(core)), desk.acts);
}
