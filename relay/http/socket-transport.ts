/**
 * A session's transport over a `ws` socket. A peer that says nothing to what it is sent is asked for a sign
 * of life, which every browser gives by itself, and is cut without one: nobody may seem to be here for long
 * after their line went silent. It counts by the machine's own clock, as the network does.
 */
import { randomBytes } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import { Pulse } from '../../shared/protocol/pulse.ts';
import type { Transport } from '../connections/output/transport.ts';
import { SMALL_BYTES, WriteTogether, framed } from './write-together.ts';

/** A peer that does not answer a close is cut after this. */
const CUT_AFTER_MS = 2_000;
/**
 * A reader answers nothing to what it gets, but mostly says something of its own soon. A line that went
 * silent is cut 3 s after this, so that nobody seems to be here for 10 s.
 */
const ANSWER_MS = 5_000;

const clock = {
  now: () => performance.now(),
  after(ms: number, act: () => void) {
    const timer = setTimeout(act, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** A ping whose answer says how far the peer has read. Nobody can guess its data, or answer it unread. */
interface Probe {
  readonly data: Buffer;
  /** Bytes sent before it, since the socket opened. */
  readonly after: number;
  readonly read: () => void;
}

export class SocketTransport implements Transport {
  readonly #client: WebSocket;
  readonly #socket: Writable;
  readonly #pulse: Pulse;
  readonly #together: WriteTogether;
  readonly #leaving: () => void;
  #probes: Probe[] = [];
  /** Bytes since the socket opened. */
  #sent = 0;
  /** Those of them that a probe has told to be read. */
  #read = 0;
  /** Data of the peer's last ping, while it is not answered. */
  #owed: Buffer | null = null;
  #isAnswering = false;

  /**
   * @param client its pings are left to `answerPings`.
   * @param socket under it.
   * @param leaving called when it is being closed from this side.
   */
  constructor(client: WebSocket, socket: Writable, leaving: () => void) {
    this.#client = client;
    this.#socket = socket;
    this.#leaving = leaving;
    this.#together = new WriteTogether(socket);
    this.#pulse = new Pulse({
      clock,
      answerMs: ANSWER_MS,
      askAlongMs: ANSWER_MS,
      ask: () => this.probe(() => {}),
      silent: () => client.terminate(),
    });
    client.on('message', () => this.#heard());
    client.once('close', () => this.#pulse.stop());
  }

  send(bytes: Uint8Array, taken?: () => void): void {
    if (!this.#isOpen) return;
    this.#together.before(bytes.length, () => this.#client.bufferedAmount);
    const sent = taken && ((error?: Error | null): void => void (error ?? taken()));
    if (bytes.length < SMALL_BYTES) this.#socket.write(framed(bytes), sent);
    else this.#client.send(bytes, sent);
    this.#sent += bytes.length;
    this.#pulse.sent(bytes.length, true);
  }

  probe(read: () => void): void {
    if (!this.#isOpen) return;
    const data = randomBytes(8);
    this.#probes.push({ data, after: this.#sent, read });
    this.#client.ping(data);
  }

  close(code: number, reason: string): void {
    this.#client.close(code, reason);
    this.#socket.end(); // nothing follows: those who count connections see it
    this.#leaving();
    const timer = setTimeout(() => this.#client.terminate(), CUT_AFTER_MS);
    timer.unref();
    this.#client.once('close', () => clearTimeout(timer));
  }

  bufferedBytes(): number {
    return this.#together.waited ?? this.#client.bufferedAmount;
  }

  /**
   * Answers the peer's own pings as it reads: of those that come meanwhile the last (RFC 6455, 5.5.3). `ws` would
   * heap answers up without end.
   * @param count whether there may be one more frame
   */
  answerPings(count: () => boolean): void {
    this.#client.on('ping', (data) => {
      if (!count()) return;
      this.#owed = data;
      this.#answerPing();
    });
    this.#client.on('pong', (data) => {
      if (!this.#answered(data)) count();
    });
  }

  #answerPing(): void {
    const data = this.#owed;
    if (data === null || this.#isAnswering || !this.#isOpen) return;
    this.#owed = null;
    this.#isAnswering = true;
    this.#client.pong(data, false, () => {
      this.#isAnswering = false;
      this.#answerPing();
    });
  }

  get #isOpen(): boolean {
    return this.#client.readyState === this.#client.OPEN;
  }

  /** Pages may be under way behind what was heard: a slow line has time for them. */
  #heard(): void {
    this.#pulse.heard(this.#sent - this.#read);
  }

  /** A peer may answer the last of several pings only: it has read the others too. */
  #answered(answer: Buffer): boolean {
    const index = this.#probes.findIndex(({ data }) => data.equals(answer));
    const probe = this.#probes[index];
    if (!probe) return false;
    this.#read = probe.after;
    this.#heard();
    const answered = this.#probes.slice(0, index + 1);
    this.#probes = this.#probes.slice(index + 1);
    for (const { read } of answered) read();
    return true;
  }
}
