/** SQLite behind the asynchronous ports: each call is a message to the one worker that owns the file. */
/* oxlint-disable unicorn/require-post-message-target-origin -- a worker thread of Node has no origin */
import { mkdir } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Call, Reply } from './sqlite-worker.ts';
import { type Storage, storageMethods } from '../storage.ts';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Opens the database of a folder, made if missing; brings it to this build's version. */
export async function openSqlite(folder: string): Promise<Storage> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const worker = new SqliteWorker(folder);
  await worker.ready;
  const methods = storageMethods.map((method) => [
    method,
    (...args: readonly unknown[]) => worker.call(method, args),
  ]);
  return { ...Object.fromEntries(methods), close: () => worker.close() } as Storage;
}

class SqliteWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #ended: Error | undefined;
  #closing: Promise<void> | undefined;
  readonly ready: Promise<unknown>;

  constructor(folder: string) {
    this.#worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), {
      workerData: folder,
    });
    this.ready = new Promise((resolve, reject) => this.#waiting.set(0, { resolve, reject }));
    this.#worker.on('message', (reply: Reply) => this.#take(reply));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('storage is closed')));
  }

  call(method: Call['method'], args: readonly unknown[]): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const number = ++this.#calls;
      this.#waiting.set(number, { resolve, reject });
      this.#worker.postMessage({ number, method, args } satisfies Call);
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#ended ? Promise.resolve() : this.call('close', []).then(() => {});
    return this.#closing;
  }

  #take(reply: Reply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ('error' in reply) waiting?.reject(reply.error);
    else waiting?.resolve(reply.result);
  }

  #end(error: unknown): void {
    this.#ended ??= error instanceof Error ? error : new Error('storage failed', { cause: error });
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
