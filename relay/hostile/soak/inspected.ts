/** What a relay process holds, told by its inspector (`--inspect`). */
import { once } from 'node:events';
import { WebSocket } from 'ws';

const MEGABYTE = 1_048_576;

export class Inspected implements Disposable {
  readonly #socket: WebSocket;
  #count = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** @param said what the process has printed: where its inspector listens is among it */
  static async attach(said: readonly string[]): Promise<Inspected> {
    const [url = ''] = /ws:\/\/\S+/.exec(said.join('\n')) ?? [];
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new Inspected(socket);
  }

  /** What the main thread's objects and buffers take, once garbage is collected. */
  async memory(): Promise<{ readonly heapMB: number; readonly buffersMB: number }> {
    await this.#ask('HeapProfiler.collectGarbage');
    const { result } = (await this.#ask('Runtime.evaluate', {
      expression: '(({ heapUsed, external }) => [heapUsed, external])(process.memoryUsage())',
      returnByValue: true,
    })) as { readonly result: { readonly value: readonly [number, number] } };
    const [heap, buffers] = result.value;
    return { heapMB: heap / MEGABYTE, buffersMB: buffers / MEGABYTE };
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }

  async #ask(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.#count;
    this.#socket.send(JSON.stringify({ id, method, params }));
    for (;;) {
      const [data] = (await once(this.#socket, 'message')) as [Buffer];
      const answer = JSON.parse(data.toString()) as {
        readonly id?: number;
        readonly result?: unknown;
      };
      if (answer.id === id) return answer.result;
    }
  }
}
