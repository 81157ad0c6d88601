/** A device that only submits: what a bench can have thousands of. It may carry what others wrote. */
import { WebSocket } from 'ws';
import { TestIdentity } from '../../relay/testing/test-device.ts';
import { makeHello } from '../../relay/testing/make-hello.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import type { EntryId, Fingerprint } from '../../shared/ids.ts';
import { Limits } from '../../shared/limits.ts';
import type { Control } from '../../shared/protocol/control.ts';
import { decodeControl, encodeControl } from '../../shared/protocol/control-codec.ts';
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame.ts';

export class Talker {
  readonly identity = new TestIdentity();
  readonly #socket: WebSocket;
  readonly #waiting = new Map<EntryId, (outcome: string) => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async connect(url: string, community: Fingerprint): Promise<Talker> {
    const socket = new WebSocket(url);
    const talker = new Talker(socket);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`closed ${code}`)));
    socket.on('message', (data) => {
      const frame = decodeFrame(new Uint8Array(data as Buffer));
      if (frame.op !== 'data' || frame.channel !== 0) return;
      const message = decodeControl(frame.data) as Control;
      if (message.type === 'challenge')
        talker.#say(makeHello(talker.identity, community, message, { host: new URL(url).host }));
      if (message.type === 'welcome') resolve();
      if (message.type === 'answer')
        for (const { id, outcome } of message.answers) talker.#waiting.get(id)?.(outcome.type);
    });
    await promise;
    return talker;
  }

  /** Submits entries; resolves once each is durable. */
  async submit(entries: readonly Entry[]): Promise<void> {
    for (let from = 0; from < entries.length; from += Limits.submitEntries) {
      const part = entries.slice(from, from + Limits.submitEntries);
      const answers = part.map(({ id }) => this.#answerTo(id));
      this.#say({ type: 'submit', entries: part.map(({ bytes }) => bytes) });
      await Promise.all(answers);
    }
  }

  close(): void {
    this.#socket.removeAllListeners('close');
    this.#socket.close();
  }

  #answerTo(id: EntryId): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (outcome) => {
        this.#waiting.delete(id);
        if (outcome === 'durable') resolve();
        else reject(new Error(`answered ${outcome}`));
      });
    });
  }

  #say(message: Control): void {
    this.#socket.send(encodeFrame({ op: 'data', channel: 0, data: encodeControl(message) }));
  }
}
