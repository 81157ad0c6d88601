/**
 * Makes uploaded images into photos, one at a time, each in a process of its own. An image that takes too
 * long or too much memory, or crashes its decoder, stops nothing else.
 */
import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../core/ports/log.ts';

export interface PhotoDecoderOptions {
  readonly log: Log;
  /** An image that takes longer counts as invalid. @default 5000 */
  readonly timeoutMs?: number;
  /** Images that may wait behind the one at work. @default 4 */
  readonly mostWaiting?: number;
}

export type Decoded =
  | { readonly type: 'photo'; readonly bytes: Uint8Array }
  | { readonly type: 'not-an-image' }
  /** Too many wait: try again later. */
  | { readonly type: 'busy' };

const PROGRAM = fileURLToPath(new URL('./decode-photo.ts', import.meta.url));
/** Far more than a photo of that size needs. */
const MOST_BYTES = 200_000;

export class PhotoDecoder {
  readonly #log: Log;
  readonly #timeoutMs: number;
  readonly #mostWaiting: number;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();
  readonly #closing = new AbortController();

  constructor({ log, timeoutMs = 5_000, mostWaiting = 4 }: PhotoDecoderOptions) {
    this.#log = log;
    this.#timeoutMs = timeoutMs;
    this.#mostWaiting = mostWaiting;
  }

  async decode(image: Uint8Array): Promise<Decoded> {
    if (this.#waiting > this.#mostWaiting) return { type: 'busy' };
    this.#waiting++;
    const turn = this.#last.then(() => this.#run(image));
    this.#last = turn.catch(() => {}); // told to whoever waits for it
    try {
      return { type: 'photo', bytes: await turn };
    } catch (error) {
      if (this.#closing.signal.aborted) return { type: 'busy' };
      this.#log.info('an image was refused', { reason: String(error).slice(0, 300) });
      return { type: 'not-an-image' };
    } finally {
      this.#waiting--;
    }
  }

  /** Ends the process at work. Idempotent. */
  close(): void {
    this.#closing.abort();
  }

  async #run(image: Uint8Array): Promise<Uint8Array> {
    const { signal } = this.#closing;
    signal.throwIfAborted();
    const child = spawn(process.execPath, [PROGRAM], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // It gets nothing of ours, secrets least of all. Windows starts nothing without its root.
      env: { SystemRoot: process.env['SystemRoot'] ?? '' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(this.#timeoutMs)]),
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    child.stdin.on('error', () => {}); // a child that ends early does not read to the end
    child.stdin.end(image);
    const [code, out, said] = await Promise.all([
      ended,
      buffer(child.stdout),
      buffer(child.stderr),
    ]);
    if (code !== 0) throw new Error(reasonIn(said.toString()));
    if (out.length === 0 || out.length > MOST_BYTES) throw new Error(`${out.length} bytes`);
    return new Uint8Array(out);
  }
}

/** The line that names the error, from the output of a process that failed. */
const reasonIn = (said: string): string => /^\w*Error.*$/m.exec(said)?.[0] ?? 'the decoder ended';
