/**
 * The way to the relay from the tab that leads: it keeps one connection, dials again for as long as that is
 * wanted, and carries the channels. The link says how it is.
 */
import { CloseCode, isFinal } from '../../../shared/protocol/close-codes.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import { createWritable } from '../../signals/readable.ts';
import type { LinkState, Unreached } from '../../store/sync-port.ts';
import { Channels } from '../rooms/channels.ts';
import type { Channel, ChannelEvents, Transport } from '../rooms/transport.ts';
import { Connection, type ConnectionOptions, type Welcome } from './connection.ts';
import type { Heard, Said } from './said.ts';
import { redialAfter, stableAfter } from './redial-after.ts';
import { whyUnreached } from './unreached.ts';

/** The link counts as offline after this long without one, or after two failed attempts. */
const OFFLINE_AFTER_MS = 4_000;
/** After so many failed attempts a relay had time to start. */
const STARTED_AFTER = 3;
/** A relay that was never met is asked by HTTP after so many: at once, and when it had that time. */
const LOOK_AFTER = [1, STARTED_AFTER];

export interface RelaySocketOptions extends ConnectionOptions {
  /** Called after each hello, and each time the relay sends the welcome again. */
  welcomed(welcome: Welcome, relayKey: Uint8Array): void;
  /** Every other control message of the relay. */
  control(message: Heard): void;
  /** Whether this device has ever met the relay. */
  met(): boolean;
}

type Refusal = Extract<LinkState, { status: 'refused' }>['why'];

const refusals: Readonly<Record<number, Refusal>> = {
  [CloseCode.reload]: 'reload',
  [CloseCode.removed]: 'removed',
  [CloseCode.otherMember]: 'other-member',
};
/** Final for others; a device that dials again may do better. */
const AGAIN = new Set<number>([CloseCode.helloTimeout, CloseCode.malformed]);

export class RelaySocket implements Transport {
  readonly link = createWritable<LinkState>({ status: 'connecting', since: Date.now() });
  readonly #options: RelaySocketOptions;
  readonly #channels = new Channels((frame, answered) => this.#connection?.send(frame, answered));
  readonly #undo = new AbortController();
  #connection: Connection | null = null;
  /** The link as it is while the relay answers; null without a welcome. */
  #online: LinkState | null = null;
  #failures = 0;
  /** Why a relay that was never met does not answer. */
  #never: Unreached = 'unknown';
  #lostAt = Date.now();
  #welcomedAt = 0;
  #dialTimer: ReturnType<typeof setTimeout> | undefined;
  #offlineTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RelaySocketOptions) {
    this.#options = options;
    const { signal } = this.#undo;
    addEventListener('online', () => this.#networkChanged(), { signal });
    addEventListener('offline', () => this.#networkChanged(), { signal });
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
    if (this.#connection?.isStale) queueMicrotask(() => this.retry());
    return this.#channels.open(room, generation, events);
  }

  /** Sends a control message if there is a link. Returns whether it did. */
  control(message: Said): boolean {
    if (this.#connection?.isStale) this.retry(); // a dead socket would swallow it
    if (!this.#connection?.isOpen) return false;
    this.#connection.control(message);
    return true;
  }

  /** Dials now if there is no link, and drops a connection that has been silent for too long. */
  retry(): void {
    if (this.#undo.signal.aborted) return;
    if (this.#connection) this.#connection.wake();
    else this.wanted();
  }

  /** There is something to say: dials now if nothing is dialled. */
  wanted(): void {
    if (this.link.get().status !== 'refused') this.#dial();
  }

  /** Sends hello again, with what is known now (a new grant, the brand's token). */
  redial(): void {
    this.#connection?.drop();
    this.#dial();
  }

  /** Idempotent. */
  dispose(): void {
    this.#undo.abort();
    clearTimeout(this.#dialTimer);
    clearTimeout(this.#offlineTimer);
    this.#connection?.close();
    this.#connection = null;
    this.#channels.dispose();
  }

  /** The browser says that its network came or went: it may be wrong, so the relay is asked. */
  #networkChanged(): void {
    this.#connection?.doubt();
    if (navigator.onLine) this.retry();
    else this.#tellNoLink();
  }

  #dial(): void {
    clearTimeout(this.#dialTimer);
    if (this.#undo.signal.aborted || this.#connection) return;
    this.#tellNoLink();
    let connection: Connection | undefined;
    try {
      connection = new Connection(this.#options, {
        welcomed: (welcome, relayKey) => this.#welcomed(welcome, relayKey),
        opened: () => {
          this.#welcomedAt = Date.now();
          this.#channels.linked();
        },
        control: (message) => {
          if (message.type === 'keepalive') this.#channels.keepAlive();
          this.#options.control(message);
        },
        frame: (frame) => this.#channels.receive(frame),
        silent: () => {
          const since = this.#connection?.heardAt ?? Date.now();
          this.link.set({ status: 'offline', since });
        },
        back: () => this.#online && this.link.set(this.#online),
        refused: (why) => {
          this.#over();
          this.#refuse(why);
        },
        lost: (code) => this.#lost(code),
      });
    } catch {
      return this.#lost(null); // a content security policy that does not allow the relay
    }
    this.#connection = connection;
  }

  #welcomed(welcome: Welcome, relayKey: Uint8Array): void {
    clearTimeout(this.#offlineTimer);
    const { blockedUntil, identity } = welcome;
    this.#options.welcomed(welcome, relayKey);
    this.#online = { status: 'online', blockedUntil, identity };
    this.link.set(this.#online);
  }

  #refuse(why: Refusal): void {
    clearTimeout(this.#offlineTimer);
    this.link.set({ status: 'refused', why });
  }

  /** @param code the relay's; null when this side dropped the connection. */
  #lost(code: number | null): void {
    const had = this.#online !== null;
    const heardAt = this.#connection?.heardAt;
    this.#over();
    if (had) this.#lostAt = heardAt ?? Date.now();
    this.#channels.lost();
    if (code !== null && isFinal(code) && !AGAIN.has(code))
      return this.#refuse(refusals[code] ?? 'forbidden');
    if (had && Date.now() - this.#welcomedAt >= stableAfter(code)) this.#failures = 0;
    this.#failures++;
    this.#tellNoLink();
    if (LOOK_AFTER.includes(this.#failures) && !this.#options.met()) void this.#look();
    clearTimeout(this.#dialTimer);
    this.#dialTimer = setTimeout(() => this.#dial(), redialAfter(code, this.#failures));
  }

  #over(): void {
    this.#connection = null;
    this.#online = null;
  }

  async #look(): Promise<void> {
    const never = await whyUnreached(this.#options.url);
    if (never === 'no-socket' && this.#failures < STARTED_AFTER) return; // it may only just have started
    this.#never = never;
    this.#tellNoLink();
  }

  #tellNoLink(): void {
    if (this.#undo.signal.aborted || this.#online) return;
    clearTimeout(this.#offlineTimer);
    const since = this.#lostAt;
    const late = Date.now() - since >= OFFLINE_AFTER_MS;
    const never = this.#options.met() ? undefined : this.#never;
    if (!navigator.onLine || late || this.#failures >= 2 || (never && never !== 'unknown')) {
      const link = this.link.get();
      if (link.status !== 'offline' || link.never !== never)
        this.link.set({ status: 'offline', since, ...(never && { never }) });
      return;
    }
    if (this.link.get().status !== 'connecting') this.link.set({ status: 'connecting', since });
    this.#offlineTimer = setTimeout(
      () => this.#tellNoLink(),
      OFFLINE_AFTER_MS - (Date.now() - since),
    );
  }
}
