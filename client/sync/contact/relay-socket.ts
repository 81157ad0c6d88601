/**
 * The one socket of a browser: it dials, proves hello, carries channels and control messages, and dials
 * again for as long as it is wanted. Whatever the relay does (dead, slow, garbage), nothing is thrown into
 * the page: the link state says so.
 */
import { CloseCode, isFinal } from '../../../shared/protocol/close-codes.ts';
import type { FromDevice, FromRelay } from '../../../shared/protocol/control.ts';
import { encodeDeviceMessage } from '../../../shared/protocol/device-messages.ts';
import { decodeRelayMessage } from '../../../shared/protocol/relay-messages.ts';
import { CONTROL_CHANNEL, decodeFrame, encodeFrame } from '../../../shared/protocol/frame.ts';
import type { Fingerprint } from '../../../shared/ids.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import { createWritable } from '../../signals/readable.ts';
import type { LinkState } from '../../store/sync-port.ts';
import { HelloError, type PendingHello, answerChallenge } from './hello.ts';
import type { Identity } from '../identity.ts';
import { Channels } from '../rooms/channels.ts';
import type { Channel, ChannelEvents, Transport } from '../rooms/transport.ts';

/** Hello must be complete within this time, or the relay counts as not answering. */
const HELLO_TIMEOUT_MS = 15_000;
/** The link counts as offline after this long without one, or after two failed attempts. */
const OFFLINE_AFTER_MS = 4_000;
/** The relay sends something every 20 s: longer silence means a dead socket that nobody closed. */
const SILENCE_MS = 45_000;
/** A shorter link counts as a failed attempt, so a relay that closes at once is not rushed. */
const STABLE_AFTER_MS = 10_000;
const BACKOFF_MS = { first: 400, most: 15_000 };

/** Opens the socket. */
export type Dial = (url: string) => WebSocket;

export interface RelaySocketOptions {
  readonly dial: Dial;
  /** `ws:` or `wss:` address of `/sync`. */
  readonly url: string;
  readonly community: Fingerprint;
  readonly identity: Identity;
  /** The brand's token for this visitor, or empty. */
  readonly token: () => string;
  /** Called after each hello, and each time the relay sends the welcome again. */
  welcomed(welcome: Welcome, relayKey: Uint8Array): void;
  /** Every other control message of the relay. */
  control(message: FromRelay): void;
}

type Welcome = Extract<FromRelay, { type: 'welcome' }>;
type Refusal = Extract<LinkState, { status: 'refused' }>['why'];

const refusals: Readonly<Record<number, Refusal>> = {
  [CloseCode.reload]: 'reload',
  [CloseCode.removed]: 'removed',
  [CloseCode.otherMember]: 'other-member',
};

export class RelaySocket implements Transport {
  readonly link = createWritable<LinkState>({ status: 'connecting', since: Date.now() });
  readonly #options: RelaySocketOptions;
  readonly #channels = new Channels((frame) => this.#send(frame));
  readonly #undo = new AbortController();
  #socket: WebSocket | null = null;
  #welcomed = false;
  #failures = 0;
  #heard = 0;
  #lostAt = Date.now();
  #welcomedAt = 0;
  #dialTimer: ReturnType<typeof setTimeout> | undefined;
  #helloTimer: ReturnType<typeof setTimeout> | undefined;
  #offlineTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RelaySocketOptions) {
    this.#options = options;
    const { signal } = this.#undo;
    addEventListener('online', () => this.retry(), { signal });
    addEventListener('offline', () => this.#tellNoLink(), { signal });
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'visible') this.retry();
      },
      { signal },
    );
    this.#dial();
  }

  open(room: RoomName, generation: number, events: ChannelEvents): Channel {
    if (this.#isSilent) queueMicrotask(() => this.retry());
    return this.#channels.open(room, generation, events);
  }

  /** Sends a control message if there is a link. Returns whether it did. */
  control(message: FromDevice): boolean {
    if (this.#isSilent) this.retry(); // a dead socket would swallow it
    if (!this.#welcomed) return false;
    this.#send(
      encodeFrame({ op: 'data', channel: CONTROL_CHANNEL, data: encodeDeviceMessage(message) }),
    );
    return true;
  }

  /** Dials now if there is no link, and drops a link that has been silent for too long. */
  retry(): void {
    if (this.#undo.signal.aborted) return;
    if (this.#isSilent) this.#lost(1006, true);
    else if (!this.#socket && this.link.get().status !== 'refused') this.#dial();
  }

  get #isSilent(): boolean {
    return this.#welcomed && Date.now() - this.#heard > SILENCE_MS;
  }

  /** Sends hello again, with what is known now (a new grant, the brand's token). */
  redial(): void {
    if (this.#socket) this.#lost(CloseCode.normal, true);
    this.#dial();
  }

  /** Idempotent. */
  dispose(): void {
    this.#undo.abort();
    clearTimeout(this.#dialTimer);
    clearTimeout(this.#offlineTimer);
    this.#letGo();
    this.#channels.dispose();
  }

  #dial(): void {
    clearTimeout(this.#dialTimer);
    if (this.#undo.signal.aborted || this.#socket) return;
    this.#tellNoLink();
    let socket: WebSocket;
    try {
      socket = this.#options.dial(this.#options.url);
    } catch {
      this.#lost(1006); // a content security policy that does not allow the relay throws here
      return;
    }
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    let hello: PendingHello | undefined;
    // Messages are handled one after the other: hello waits for WebCrypto between two of them.
    let turn = Promise.resolve();
    socket.onmessage = (event: MessageEvent<unknown>) => {
      this.#heard = Date.now();
      if (this.#welcomed) this.#receive(event.data);
      else {
        turn = turn.then(async () => {
          hello = await this.#greet(socket, event.data, hello);
        });
      }
    };
    socket.onclose = (event) => {
      if (this.#socket === socket) this.#lost(event.code);
    };
    this.#helloTimer = setTimeout(() => {
      if (this.#socket === socket) this.#lost(1006, true);
    }, HELLO_TIMEOUT_MS);
  }

  async #greet(
    socket: WebSocket,
    data: unknown,
    pending: PendingHello | undefined,
  ): Promise<PendingHello | undefined> {
    if (this.#socket !== socket) return undefined;
    if (this.#welcomed) {
      this.#receive(data);
      return undefined;
    }
    try {
      const frame = decodeFrame(new Uint8Array(data as ArrayBuffer));
      if (frame.op !== 'data') throw new RangeError('hello first');
      const message = decodeRelayMessage(frame.data);
      if (!message) return pending;
      if (message.type === 'challenge') {
        const hello = await answerChallenge(message, {
          community: this.#options.community,
          identity: this.#options.identity,
          host: new URL(this.#options.url).host,
          token: this.#options.token(),
        });
        if (this.#socket !== socket) return undefined;
        this.#relayKey = message.relayKey;
        this.#send(
          encodeFrame({
            op: 'data',
            channel: CONTROL_CHANNEL,
            data: encodeDeviceMessage(hello.hello),
          }),
        );
        return hello;
      }
      if (message.type !== 'welcome' || !pending) throw new RangeError(message.type);
      await pending.check(message);
      this.#hello = pending;
      if (this.#socket === socket) this.#begin(message);
    } catch (error) {
      if (this.#socket === socket) this.#failHello(error);
    }
    return pending;
  }

  #relayKey: Uint8Array = new Uint8Array(32);
  #hello: PendingHello | undefined;

  #begin(welcome: Welcome): void {
    clearTimeout(this.#helloTimer);
    clearTimeout(this.#offlineTimer);
    this.#welcomed = true;
    this.#welcomedAt = Date.now();
    this.#accept(welcome);
    this.#channels.linked();
  }

  #accept(welcome: Welcome): void {
    const { blockedUntil, identity } = welcome;
    this.#options.welcomed(welcome, this.#relayKey);
    this.link.set({ status: 'online', blockedUntil, identity });
  }

  /** A welcome on the same socket: a fresh grant, or whether this device may write. */
  async #acceptAgain(welcome: Welcome): Promise<void> {
    const socket = this.#socket;
    try {
      await this.#hello?.check(welcome);
      if (this.#socket === socket && this.#welcomed) this.#accept(welcome);
    } catch {
      if (this.#socket === socket) this.#lost(1006, true); // not the community's word
    }
  }

  #failHello(error: unknown): void {
    if (!(error instanceof HelloError)) return this.#lost(1006, true);
    this.#letGo();
    clearTimeout(this.#offlineTimer);
    this.link.set({ status: 'refused', why: error.why });
  }

  #receive(data: unknown): void {
    try {
      const frame = decodeFrame(new Uint8Array(data as ArrayBuffer));
      if (frame.channel === CONTROL_CHANNEL) {
        if (frame.op === 'data') this.#receiveControl(decodeRelayMessage(frame.data));
        return;
      }
      this.#channels.receive(frame);
    } catch {
      this.#lost(1006, true); // not our protocol: a proxy's page, or a relay gone wrong
    }
  }

  #receiveControl(message: FromRelay | null): void {
    if (!message) return; // of a later protocol
    if (message.type === 'keepalive') this.#channels.keepAlive();
    if (message.type === 'welcome') void this.#acceptAgain(message);
    else this.#options.control(message);
  }

  #send(frame: Uint8Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  /** @param quiet this side dropped it; the relay did not close it. */
  #lost(code: number, quiet = false): void {
    const had = this.#welcomed;
    this.#letGo();
    if (had) this.#lostAt = Date.now();
    this.#channels.lost();
    if (
      !quiet &&
      isFinal(code) &&
      code !== CloseCode.helloTimeout &&
      code !== CloseCode.malformed
    ) {
      clearTimeout(this.#offlineTimer);
      this.link.set({ status: 'refused', why: refusals[code] ?? 'forbidden' });
      return;
    }
    if (had && Date.now() - this.#welcomedAt >= STABLE_AFTER_MS) this.#failures = 0;
    this.#failures++;
    this.#tellNoLink();
    const longest = Math.min(BACKOFF_MS.most, BACKOFF_MS.first * 2 ** (this.#failures - 1));
    clearTimeout(this.#dialTimer);
    this.#dialTimer = setTimeout(() => this.#dial(), longest * (0.5 + Math.random() / 2));
  }

  #letGo(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#welcomed = false;
    clearTimeout(this.#helloTimer);
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #tellNoLink(): void {
    if (this.#undo.signal.aborted || this.#welcomed) return;
    clearTimeout(this.#offlineTimer);
    const since = this.#lostAt;
    const late = Date.now() - since >= OFFLINE_AFTER_MS;
    if (!navigator.onLine || late || this.#failures >= 2) {
      if (this.link.get().status !== 'offline') this.link.set({ status: 'offline', since });
      return;
    }
    if (this.link.get().status !== 'connecting') this.link.set({ status: 'connecting', since });
    this.#offlineTimer = setTimeout(
      () => this.#tellNoLink(),
      OFFLINE_AFTER_MS - (Date.now() - since),
    );
  }
}
