/**
 * What the relay's process does: its command line. By default it starts the relay, says where to click, and
 * stops on a signal.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig } from './config.ts';
import { createRelay } from './create-relay.ts';
import { greeting } from './greeting.ts';
import { jsonLog } from './json-log.ts';
import { commandLine } from './cli/command-line.ts';
import { markIds } from './cli/typed-ids.ts';
import { startFault } from './start-fault.ts';
import { OfficeError, callOffice } from './cli/office-connection.ts';
import { makeBackup } from './folder/backup.ts';
import { restoreBackup } from './folder/restore.ts';
import { verifyFolder } from './folder/verify.ts';
import { COPY_PATH } from './http/office-app.ts';
import { readOffice } from './http/office-socket.ts';
import { openSqlite } from './storage/sqlite/open-sqlite.ts';
import { type Threads, ownThreads } from './storage/sqlite/threads.ts';

/** A disk that never answers must not keep the process. */
const STOP_MS = 10_000;

/** What the build writes last, except for the compressed copies. */
const LOADER = join(import.meta.dirname, '../dist/comptoir.js');

class NotBuiltError extends Error {}

async function start(needsPages: boolean, threads: Threads): Promise<void> {
  if (needsPages && !existsSync(LOADER)) {
    throw new NotBuiltError('The pages are not built: run "npm run build", then start again.');
  }
  const config = readConfig(process.env);
  const log = jsonLog(config.logLevel);
  const relay = await createRelay(config, {
    log,
    openStorage: (folder) => openSqlite(folder, threads),
  });
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_MS).unref();
    relay.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('did not stop cleanly', error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await relay.listen();
  const isTerminal = process.stdout.isTTY;
  process.stdout.write(await greeting(relay, { data: config.data, isTerminal }));
}

/** What a person is told; the stack where the fault is ours. */
function told(error: unknown): string {
  const isTold = [ConfigError, OfficeError, NotBuiltError].some((kind) => error instanceof kind);
  if (isTold) return (error as Error).message;
  const stack = String(error instanceof Error ? error.stack : error);
  return startFault(error, readConfig(process.env)) ?? stack;
}

/** Does what the command line says, with the storage threads that were started already. */
export function runProgram(threads: Threads = ownThreads): void {
  const program = commandLine({
    start: ({ needsPages }) => start(needsPages, threads),
    call: (route, asked) => callOffice(readConfig(process.env), route, asked),
    // A parser that no start of the relay needs.
    examine: async (address) => (await import('./doctor/examine-page.ts')).examinePage(address),
    write: (text) => void process.stdout.write(text),
    remark: (text) => void process.stderr.write(text),
    folder: {
      backUp(to) {
        const { data } = readConfig(process.env);
        return makeBackup({ data, to, openRunning: () => readOffice(data, COPY_PATH) });
      },
      verify: (folder) => verifyFolder(folder ?? readConfig(process.env).data),
      restore: (from) => restoreBackup({ from, data: readConfig(process.env).data }),
    },
  });
  program.parseAsync(markIds(process.argv)).catch((error: unknown) => {
    process.stderr.write(`${told(error)}\n`);
    process.exit(1);
  });
}
