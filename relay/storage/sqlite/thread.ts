/**
 * A storage thread as the relay's own thread sees it. It serves one data folder at a time. What is asked in one
 * turn, or while two messages are on their way, goes in one message: to wake a thread costs more than most reads.
 */
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

/** Messages on their way to a thread: one that it works on, and one that it finds then. */
const MOST_UNDERWAY = 2;

/** A message on its way. */
interface Message {
  /** Requests in it that have no reply. */
  left: number;
}

interface Waiting {
  /** Null until it is posted. */
  message: Message | null;
  readonly ask: Ask;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class StorageThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  /** What goes with the next message. */
  #requests: Request[] = [];
  #handOver: ArrayBuffer[] = [];
  #underway = 0;
  #ended: Error | undefined;

  /** Starts it; it loads its code at once. */
  constructor() {
    this.#worker = new Worker(new URL('./storage-thread.ts', import.meta.url));
    this.#worker.on('message', (replies: Reply[]) => this.#take(replies));
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
      this.#waiting.set(number, { message: null, ask, resolve, reject });
      if (this.#requests.length === 0) queueMicrotask(() => this.#send());
      this.#requests.push({ number, ask });
      this.#handOver.push(...handOver);
    });
  }

  #send(): void {
    if (this.#requests.length === 0 || this.#underway >= MOST_UNDERWAY) return;
    const [requests, handOver] = [this.#requests, this.#handOver];
    this.#requests = [];
    this.#handOver = [];
    const message: Message = { left: 0 };
    for (const { number, ask } of requests) {
      const waiting = this.#waiting.get(number);
      if (!waiting || ask.type === 'copy') continue; // a copy takes long, and the thread serves meanwhile
      waiting.message = message;
      message.left++;
    }
    if (message.left > 0) this.#underway++;
    try {
      this.#worker.postMessage(requests, handOver);
    } catch (error) {
      this.#take(requests.map(({ number }) => ({ number, error, fault: undefined })));
    }
  }

  #take(replies: readonly Reply[]): void {
    for (const reply of replies) {
      const waiting = this.#waiting.get(reply.number);
      this.#waiting.delete(reply.number);
      if (!waiting) continue;
      const { message, ask, resolve, reject } = waiting;
      if (message && --message.left === 0) this.#underway--;
      if ('error' in reply) reject(errorOf(reply));
      else resolve(ask.type === 'call' ? unpackResult(ask.call, reply.result) : undefined);
    }
    this.#send();
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
