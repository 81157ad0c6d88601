/**
 * SQLite behind the asynchronous ports. Each call is a message to the writing thread or, for operations
 * that change nothing, to the reading one.
 */
import { mkdir } from 'node:fs/promises';
import type { OpKind } from '../../core/ports/port.ts';
import { type Call, type Storage, ports, portsOver } from '../storage.ts';
import { type Threads, ownThreads } from './threads.ts';

/**
 * Opens the database of a folder, makes it if missing, and brings it to this build's version.
 * @throws {DataFault} if the folder does not let it.
 */
export async function openSqlite(folder: string, threads: Threads = ownThreads): Promise<Storage> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const writer = threads.take();
  const reader = threads.take();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    // The last to release the file may tidy it up.
    for (const thread of [reader, writer]) {
      await thread.close();
      await threads.giveBack(thread);
    }
  };
  try {
    await writer.open({ folder, reads: false });
    await reader.open({ folder, reads: true });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    // A read sees every write that had resolved when it was asked.
    ...portsOver(async (call) => {
      if (closing) throw new Error('storage is closed');
      return (isRead(call) ? reader : writer).call(call);
    }),
    copyTo: (path) => writer.copy(path),
    close: () => (closing ??= close()),
  };
}

const isRead = ({ port, op }: Call): boolean =>
  (ports[port] as Readonly<Record<string, OpKind>>)[op] === 'read';
