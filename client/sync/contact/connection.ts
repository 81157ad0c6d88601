/**
 * One socket to the relay, from dialling until it is lost: hello, then frames both ways, and whether the
 * relay still says anything. Whatever the relay does, nothing is thrown.
 */
import type { FromDevice, FromRelay } from '../../../shared/protocol/control.ts';
import { encodeDeviceMessage } from '../../../shared/protocol/device-messages.ts';
import {
  CONTROL_CHANNEL,
  type Frame,
  decodeFrame,
  encodeFrame,
} from '../../../shared/protocol/frame.ts';
import { KEEPALIVE_MS, Pulse } from '../../../shared/protocol/pulse.ts';
import { decodeRelayMessage } from '../../../shared/protocol/relay-messages.ts';
import type { Fingerprint } from '../../../shared/ids.ts';
import type { Identity } from '../identity.ts';
import { browserTimers } from '../timers.ts';
import { HelloError, type PendingHello, answerChallenge } from './hello.ts';
import type { Heard, Said } from './said.ts';

/** Hello must be complete within this time, or the relay counts as not answering. */
const HELLO_TIMEOUT_MS = 15_000;
/** A keepalive this late is overdue. */
const OVERDUE_MS = KEEPALIVE_MS + 3_000;
/** A socket that has been silent for so long is dropped. */
const STALE_MS = 45_000;
/** How long a relay that does not answer is given, before another socket is tried. */
const GIVE_UP_MS = 15_000;
/** What the relay answers. */
const ANSWERED = new Set<FromDevice['type']>([
  'submit',
  'offer',
  'ping',
  'tokenWanted',
  'linkWanted',
  'link',
]);

/** Opens the socket. */
export type Dial = (url: string) => WebSocket;
export type Welcome = Extract<FromRelay, { type: 'welcome' }>;

export interface ConnectionOptions {
  readonly dial: Dial;
  /** `ws:` or `wss:` address of `/sync`. */
  readonly url: string;
  readonly community: Fingerprint;
  readonly identity: Identity;
  /** The brand's token for this visitor, or empty. */
  readonly token: () => string;
}

export interface ConnectionEvents {
  /** After hello, and each time the relay sends the welcome again. */
  welcomed(welcome: Welcome, relayKey: Uint8Array): void;
  /** Hello is done, and everything may be sent. */
  opened(): void;
  /** Every other control message of the relay. */
  control(message: Heard): void;
  /** A frame of a channel. May throw: it was not our protocol. */
  frame(frame: Frame): void;
  /** The relay does not answer; it may yet, or `lost` follows. */
  silent(): void;
  /** It has answered after all. */
  back(): void;
  /** The relay is not this community's, or serves no such old build. Nothing follows. */
  refused(why: HelloError['why']): void;
  /** @param code the relay's; null when this side dropped it. Nothing follows. */
  lost(code: number | null): void;
}

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;
  readonly #socket: WebSocket;
  readonly #pulse: Pulse;
  #hello: PendingHello | undefined;
  #relayKey: Uint8Array = new Uint8Array(32);
  #isWelcomed = false;
  #isOver = false;
  /** Messages are handled one after the other: hello waits for WebCrypto between two of them. */
  #turn = Promise.resolve();
  #timer: ReturnType<typeof setTimeout>;

  /** @throws where a content security policy does not allow the relay. */
  constructor(options: ConnectionOptions, events: ConnectionEvents) {
    this.#options = options;
    this.#events = events;
    const socket = options.dial(options.url);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }: MessageEvent<unknown>) => this.#heard(data);
    socket.onclose = ({ code }) => this.#lose(code);
    this.#socket = socket;
    this.#timer = setTimeout(() => this.drop(), HELLO_TIMEOUT_MS);
    this.#pulse = new Pulse({
      clock: browserTimers,
      quietMs: OVERDUE_MS,
      ask: () => this.#say({ type: 'ping' }),
      silent: () => this.#silent(),
      back: () => {
        clearTimeout(this.#timer);
        if (this.#isWelcomed) events.back();
      },
    });
  }

  /** Whether hello is done and the relay answers. */
  get isOpen(): boolean {
    return this.#isWelcomed && !this.#pulse.isSilent;
  }

  /** When the relay was last heard. */
  get heardAt(): number {
    return this.#pulse.heardAt;
  }

  /** Whether a dead socket may swallow what is sent. */
  get isStale(): boolean {
    return this.#isWelcomed && Date.now() - this.heardAt > STALE_MS;
  }

  /** Sends a control message. */
  control(message: Said): void {
    if (this.#isWelcomed) this.#say(message);
  }

  /** Sends a frame. @param answered whether the relay will say something to it */
  send(frame: Uint8Array<ArrayBuffer>, answered: boolean): void {
    if (this.#isOver || this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(frame);
    if (this.#isWelcomed) this.#pulse.sent(frame.length, answered);
  }

  /** There is reason to think that it is gone: asks the relay, if it was not asked already. */
  doubt(): void {
    if (this.#isWelcomed) this.#pulse.doubt();
  }

  /** Somebody wants it now: a silent one is dropped, one whose keepalive is overdue is asked. */
  wake(): void {
    if (!this.#isWelcomed) return;
    if (this.#pulse.isSilent || this.isStale) this.drop();
    else this.#pulse.check();
  }

  /** This side drops it; `lost` follows at once. */
  drop(): void {
    this.#lose(null);
  }

  /** Closes it without a word. Idempotent. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#isWelcomed = false;
    this.#pulse.stop();
    clearTimeout(this.#timer);
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#socket.close();
  }

  #lose(code: number | null): void {
    if (this.#isOver) return;
    this.close();
    this.#events.lost(code);
  }

  #silent(): void {
    if (!this.#isWelcomed) return; // hello has its own time
    this.#timer = setTimeout(() => this.drop(), GIVE_UP_MS);
    this.#events.silent();
  }

  #heard(data: unknown): void {
    this.#pulse.heard();
    if (this.#isWelcomed) return this.#receive(data);
    this.#turn = this.#turn.then(async () => {
      if (this.#isOver) return;
      if (this.#isWelcomed) this.#receive(data);
      else await this.#greet(data).catch((error: unknown) => this.#failed(error));
    });
  }

  async #greet(data: unknown): Promise<void> {
    const frame = decodeFrame(new Uint8Array(data as ArrayBuffer));
    if (frame.op !== 'data') throw new RangeError('hello first');
    const message = decodeRelayMessage(frame.data);
    if (!message) return; // of a later protocol
    if (message.type === 'challenge') {
      const { community, identity, url, token } = this.#options;
      const { host } = new URL(url);
      const hello = await answerChallenge(message, { community, identity, host, token: token() });
      this.#relayKey = message.relayKey;
      this.#hello = hello;
      return this.#say(hello.hello);
    }
    if (message.type !== 'welcome' || !this.#hello) throw new RangeError(message.type);
    await this.#hello.check(message);
    if (this.#isOver) return;
    clearTimeout(this.#timer);
    this.#isWelcomed = true;
    this.#events.welcomed(message, this.#relayKey);
    this.#events.opened();
  }

  #failed(error: unknown): void {
    if (this.#isOver) return;
    if (!(error instanceof HelloError)) return this.drop();
    this.close();
    this.#events.refused(error.why);
  }

  #receive(data: unknown): void {
    try {
      const frame = decodeFrame(new Uint8Array(data as ArrayBuffer));
      if (frame.channel !== CONTROL_CHANNEL) return this.#events.frame(frame);
      if (frame.op !== 'data') return;
      const message = decodeRelayMessage(frame.data);
      if (message?.type === 'welcome') void this.#welcomedAgain(message);
      else this.#events.control(message ?? { type: 'unread', bytes: frame.data });
    } catch {
      this.drop(); // not our protocol: a proxy's page, or a relay gone wrong
    }
  }

  /** A welcome on the same socket: a fresh grant, or whether this device may write. */
  async #welcomedAgain(welcome: Welcome): Promise<void> {
    try {
      await this.#hello?.check(welcome);
      if (!this.#isOver) this.#events.welcomed(welcome, this.#relayKey);
    } catch {
      this.drop(); // not the community's word
    }
  }

  #say(message: Said): void {
    const isBytes = message instanceof Uint8Array;
    const data = isBytes ? message : encodeDeviceMessage(message);
    const frame = encodeFrame({ op: 'data', channel: CONTROL_CHANNEL, data });
    this.send(frame, !isBytes && ANSWERED.has(message.type));
  }
}
