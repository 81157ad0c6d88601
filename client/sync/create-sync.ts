/**
 * Sync moves bytes between this browser, its other tabs and the relay. It opens storage, makes or loads
 * the device's key, and from then on keeps what it is given until the relay has it.
 */
import type { Fingerprint } from '../../shared/ids.ts';
import type { Sync } from '../store/sync-port.ts';
import { relayAddress } from '../signals/page.ts';
import { Credentials } from './credentials.ts';
import { Database } from './storage/database.ts';
import { loadIdentity } from './identity.ts';
import { Outbox } from './outbox/outbox.ts';
import type { Dial } from './contact/connection.ts';
import { deleteStale } from './rooms/stale-replicas.ts';
import { LiveSync } from './live-sync.ts';
import { SyncCore, type SyncCoreOptions } from './sync-core.ts';

/** Raised with each release: a newer build takes over the lead from an older one in another tab. */
const BUILD = 1;

export interface SyncOptions {
  /** The relay's address, with its path if it has one; empty for the page's own origin. */
  readonly relay: string;
  readonly community: Fingerprint;
  /** @default the number of this build */
  readonly build?: number;
  /** Opens the socket. @default the browser's WebSocket */
  readonly dial?: Dial;
  /** Keeps several devices of one browser apart. @default the one that this browser is */
  readonly profile?: string;
}

/** The address of the relay's socket. */
export function socketUrl(relay: string): string {
  const url = new URL(relayAddress(relay));
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.pathname = `${url.pathname.replace(/\/$/, '')}/sync`;
  url.search = '';
  url.hash = '';
  return url.href;
}

/**
 * Opens everything. Before this call nothing is stored and no socket is opened.
 * @throws {UnsupportedError} without Ed25519, {StorageError} if this browser stores nothing.
 */
export async function createSync(options: SyncOptions): Promise<Sync> {
  return new LiveSync(await started(new SyncCore(await openParts(options))));
}

/** Storage, key, credentials and outbox, read. */
export async function openParts(options: SyncOptions): Promise<SyncCoreOptions> {
  const { relay, community, build = BUILD, profile = '' } = options;
  const { dial = (url): WebSocket => new WebSocket(url) } = options;
  const database = new Database(community, profile);
  await database.deleted(); // begun by a page before this one, or by another tab
  const identity = await loadIdentity(database);
  const credentials = new Credentials(database, community, identity.device);
  const outbox = new Outbox(database, community);
  database.remember((transaction) => outbox.putBack(transaction));
  await Promise.all([credentials.load(), outbox.load()]);
  const url = socketUrl(relay);
  return { url, dial, community, build, database, identity, credentials, outbox };
}

/** Reads the rest and begins. */
export async function started(core: SyncCore): Promise<SyncCore> {
  await Promise.all([core.load(), deleteStale(core.database)]);
  core.start();
  return core;
}
