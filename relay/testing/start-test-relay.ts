/** A whole relay in this process: port 0, a temporary folder, real SQLite and sockets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../config.ts';
import { type Relay, type RelayParts, createRelay } from '../create-relay.ts';
import { silentLog } from '../core/ports/log.ts';
import { openSqlite } from '../storage/sqlite/open-sqlite.ts';
import type { Storage } from '../storage/storage.ts';
import { spareThreads } from './spare-threads.ts';

export interface TestRelay extends AsyncDisposable {
  readonly relay: Relay;
  readonly url: string;
  /** `ws://…/sync` */
  readonly socketUrl: string;
  readonly data: string;
}

export interface TestRelayOptions extends Partial<RelayParts> {
  readonly config?: Partial<Config>;
  /** Kept afterwards if given. */
  readonly data?: string;
  /** Instead of SQLite in the folder. */
  readonly storage?: Storage;
}

export async function startTestRelay(options: TestRelayOptions = {}): Promise<TestRelay> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'comptoir-relay-')));
  const { storage } = options;
  const config: Config = { ...readConfig({}), port: 0, data, ...options.config };
  const relay = await createRelay(config, {
    log: silentLog,
    openStorage: (folder) =>
      storage ? Promise.resolve(storage) : openSqlite(folder, spareThreads),
    ...options,
  });
  const port = await relay.listen();
  return {
    relay,
    url: `http://127.0.0.1:${port}`,
    socketUrl: `ws://127.0.0.1:${port}/sync`,
    data,
    async [Symbol.asyncDispose]() {
      await relay.stop();
      if (options.data === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}
