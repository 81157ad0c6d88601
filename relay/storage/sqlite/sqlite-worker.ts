/** The worker thread of SQLite: a slow disk's fsync stops it, never the sockets. */
/* oxlint-disable unicorn/require-post-message-target-origin -- a worker thread of Node has no origin */
import { parentPort, workerData } from 'node:worker_threads';
import { SqliteDatabase } from './sqlite-database.ts';
import type { StorageMethod } from '../storage.ts';

export interface Call {
  readonly number: number;
  readonly method: StorageMethod | 'close';
  readonly args: readonly unknown[];
}

export type Reply =
  | { readonly number: number; readonly result: unknown }
  | { readonly number: number; readonly error: unknown };

const database = new SqliteDatabase(String(workerData));

function answer({ number, method, args }: Call): Reply {
  try {
    if (method === 'close') return { number, result: database.close() };
    return { number, result: database.call(method, args) };
  } catch (error) {
    return { number, error };
  }
}

parentPort?.on('message', (call: Call) => {
  parentPort?.postMessage(answer(call));
  if (call.method === 'close') parentPort?.close();
});
parentPort?.postMessage({ number: 0, result: undefined } satisfies Reply);
