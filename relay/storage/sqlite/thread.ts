/** A storage thread as the relay's own thread sees it. It serves one data folder at a time. */
/* oxlint-disable unicorn/require-post-message-target-origin -- a worker thread of Node has no origin */
import { Worker } from 'node:worker_threads';
import { DataFault } from '../../platform/data-fault.ts';
import type { Call } from '../storage.ts';
import {
  type Ask,
  type Reply,
  type Request,
  type ThreadData,
  packCall,
  unpackResult,
} from './wire.ts';

interface Waiting {
  readonly ask: Ask;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class StorageThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended: Error | undefined;

  /** Starts it; it loads its code at once. */
  constructor() {
    this.#worker = new Worker(new URL('./storage-thread.ts', import.meta.url));
    this.#worker.on('message', (reply: Reply) => this.#take(reply));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('the storage thread has ended')));
  }

  /** Whether it can still serve. */
  get isAlive(): boolean {
    return this.#ended === undefined;
  }

  /** Opens a data folder; rejects when it cannot. */
  async open(data: ThreadData): Promise<void> {
    this.#worker.ref();
    await this.#post({ type: 'open', data }, []);
  }

  call(call: Call): Promise<unknown> {
    const packed = packCall(call);
    return this.#post({ type: 'call', call: packed.call }, packed.handOver);
  }

  /** Copies the open database into a file, and serves calls meanwhile. */
  async copy(path: string): Promise<void> {
    await this.#post({ type: 'copy', path }, []);
  }

  /** Resolves once the folder is released. The thread may open another. It keeps no process alive. */
  async close(): Promise<void> {
    if (this.#ended) return;
    await this.#post({ type: 'close' }, []);
    this.#worker.unref();
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #post(ask: Ask, handOver: ArrayBuffer[]): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const number = ++this.#asked;
      this.#waiting.set(number, { ask, resolve, reject });
      this.#worker.postMessage({ number, ask } satisfies Request, handOver);
    });
  }

  #take(reply: Reply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if (!waiting) return;
    const { ask, resolve, reject } = waiting;
    if ('error' in reply) reject(errorOf(reply));
    else resolve(ask.type === 'call' ? unpackResult(ask.call, reply.result) : undefined);
  }

  #end(error: unknown): void {
    this.#ended ??= error instanceof Error ? error : new Error('storage failed', { cause: error });
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

/** The error as it was thrown in the thread. */
function errorOf({ error, fault }: Extract<Reply, { readonly error: unknown }>): unknown {
  if (fault === undefined || !(error instanceof Error)) return error;
  return new DataFault(fault, error.message, { cause: error.cause });
}
