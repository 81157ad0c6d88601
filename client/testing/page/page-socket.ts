/** A WebSocket between a device and a relay of the same page. */
import { contentOf, decodeEntry } from '../../../shared/entry/entry.ts';
import type { Content } from '../../../shared/entry/content.ts';
import type { EntryId, Fingerprint } from '../../../shared/ids.ts';
import { decodeDeviceMessage } from '../../../shared/protocol/device-messages.ts';
import { encodeDeviceMessage } from '../../../shared/protocol/device-messages.ts';
import { CONTROL_CHANNEL, decodeFrame, encodeFrame } from '../../../shared/protocol/frame.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import { encodeRelayMessage } from '../../../shared/protocol/relay-messages.ts';
import type { Connections } from '../../../relay/connections/connections.ts';
import type { Session } from '../../../relay/connections/session.ts';

/** What is answered to an entry in the relay's stead; null leaves it to the relay. */
export type Answering = (content: Content) => Outcome | null;

export interface PageSocketOptions {
  readonly connections: Connections;
  readonly community: Fingerprint;
  readonly answering: () => Answering;
  readonly onClose: () => void;
}

export class PageSocket {
  binaryType = 'arraybuffer';
  readyState: number = WebSocket.CONNECTING;
  onmessage: ((event: { readonly data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  readonly #options: PageSocketOptions;
  #session: Session | null = null;

  constructor(options: PageSocketOptions) {
    this.#options = options;
    queueMicrotask(() => {
      if (this.readyState !== WebSocket.CONNECTING) return;
      this.readyState = WebSocket.OPEN;
      this.#session = options.connections.open(
        {
          send: (bytes) => this.#tell(bytes),
          close: (code, reason) => this.#end(code, reason),
          bufferedBytes: () => 0,
        },
        '127.0.0.1',
      );
    });
  }

  send(bytes: Uint8Array): void {
    const said = this.#answered(bytes.slice());
    queueMicrotask(() => this.#session?.receive(said));
  }

  close(): void {
    this.#end(1000, '');
  }

  /** The line is cut: neither side said goodbye. */
  cut(): void {
    this.#end(1006, '');
  }

  #tell(bytes: Uint8Array): void {
    const data = bytes.slice().buffer;
    queueMicrotask(() => {
      if (this.readyState === WebSocket.OPEN) this.onmessage?.({ data });
    });
  }

  #end(code: number, reason: string): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.#session?.ended();
    this.#options.onClose();
    queueMicrotask(() => this.onclose?.({ code, reason }));
  }

  /** Takes out of a submit what is answered in the relay's stead, and answers it. */
  #answered(bytes: Uint8Array): Uint8Array {
    const frame = decodeFrame(bytes);
    if (frame.channel !== CONTROL_CHANNEL || frame.op !== 'data') return bytes;
    const message = decodeDeviceMessage(frame.data);
    if (message?.type !== 'submit') return bytes;
    const answers: { readonly id: EntryId; readonly outcome: Outcome }[] = [];
    const entries = message.entries.filter((encoded) => {
      const entry = decodeEntry(encoded, this.#options.community);
      const outcome = this.#options.answering()(contentOf(entry));
      if (outcome) answers.push({ id: entry.id, outcome });
      return !outcome;
    });
    if (answers.length === 0) return bytes;
    const channel = CONTROL_CHANNEL;
    const answer = encodeRelayMessage({ type: 'answer', answers });
    this.#tell(encodeFrame({ op: 'data', channel, data: answer }));
    const data = encodeDeviceMessage({ type: 'submit', entries });
    return encodeFrame({ op: 'data', channel, data });
  }
}
