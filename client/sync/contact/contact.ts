/**
 * The way to the relay: one tab of a browser has the socket, the others speak through it. Whichever
 * this one is, what is said here reaches the relay, and what the relay does reaches every tab.
 */
import type { Fingerprint } from '../../../shared/ids.ts';
import type { FromRelay } from '../../../shared/protocol/control.ts';
import { createWritable } from '../../signals/readable.ts';
import type { DeviceEnd, LinkState } from '../../store/sync-port.ts';
import type { Identity } from '../identity.ts';
import type { Database } from '../storage/database.ts';
import type { Dial } from './connection.ts';
import { RelaySocket } from './relay-socket.ts';
import type { Heard, Said } from './said.ts';
import type { TabMessage } from './tab-message.ts';
import { Tabs } from './tabs.ts';

export interface ContactOptions {
  readonly url: string;
  readonly dial: Dial;
  readonly community: Fingerprint;
  readonly build: number;
  readonly database: Database;
  readonly identity: Identity;
  /** From now on this tab has the socket. */
  lead(socket: RelaySocket): void;
  /** From now on another tab has it. */
  follow(): void;
  /** The relay's first words after hello. */
  welcomed(welcome: Extract<FromRelay, { type: 'welcome' }>, relayKey: Uint8Array): void;
  /** The relay says something, to the tab that has the socket. */
  heard(message: Heard): void;
  /** Another tab tells something that is not about the way itself. */
  fromTab(message: TabMessage, from: string): void;
  /** A tab is gone. */
  gone(tab: string): void;
  /** The link is not what it was. */
  linkChanged(link: LinkState): void;
  /** The relay says that this device is nobody's any more. */
  ended(why: DeviceEnd): void;
}

export class Contact {
  /** What every tab knows of the link. */
  readonly link = createWritable<LinkState>({ status: 'connecting', since: Date.now() });
  readonly #options: ContactOptions;
  readonly #tabs: Tabs;
  #socket: RelaySocket | undefined;
  /** The relay's clock less this device's, ms. */
  #offset = 0;
  /** Whether this device has ever met the relay. */
  #met = false;
  #token = '';

  constructor(options: ContactOptions) {
    this.#options = options;
    this.#tabs = new Tabs({
      name: options.database.name,
      build: options.build,
      lead: () => this.#lead(),
      asked: () => this.#tellLink(),
      follow: () => this.#follow(),
      message: (message, from) => this.#receive(message, from),
      gone: (tab) => options.gone(tab),
    });
  }

  /** Reads the clock of the last contact. */
  async load(): Promise<void> {
    const offset = (await this.#options.database.get(['clock'])) as number | undefined;
    this.#met = offset !== undefined;
    this.#offset = offset ?? 0;
  }

  start(): void {
    this.#tabs.start();
  }

  /** Whether this tab has the socket. */
  get leads(): boolean {
    return this.#socket !== undefined;
  }

  /** Whether this tab can send now. */
  get isOpen(): boolean {
    return this.#socket?.link.get().status === 'online';
  }

  /** This tab's name among the others. */
  get tab(): string {
    return this.#tabs.id;
  }

  /** The relay's time, as this device knows it. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** Sends to the relay if this tab has an open socket; whether it did. */
  send(message: Said): boolean {
    return this.#socket?.control(message) ?? false;
  }

  /** Sends something to the relay, through the tab that has the socket. */
  say(message: Said): void {
    if (this.#socket) this.#socket.control(message);
    else this.post({ type: 'say', message });
  }

  /** Tells the other tabs. */
  post(message: TabMessage): void {
    this.#tabs.post(message);
  }

  /** Dials now if there is no link; whether this tab is the one that does. */
  retry(): boolean {
    if (this.#socket) this.#socket.retry();
    else this.post({ type: 'retry' });
    return this.leads;
  }

  /** There is something to say: dials now if nothing is dialled. */
  wanted(): void {
    this.#socket?.wanted();
  }

  /** The brand's token for whoever is signed in; empty for nobody. */
  get token(): string {
    return this.#token;
  }

  /** Sends hello again, with what is known now. */
  redial(): void {
    if (this.#socket) this.#socket.redial();
    else this.post({ type: 'redial' });
  }

  /** From now on this token says who is signed in, in every tab: each of them may come to have the socket. */
  identify(token: string): void {
    this.post({ type: 'redial', token });
    this.#identified(token);
  }

  /** The line is cut only where the relay does not know this customer by it yet. */
  #identified(token: string): void {
    const before = this.#token;
    this.#token = token;
    const link = this.link.get();
    if (link.status === 'online') {
      if (before === token) return;
      if (link.identity === 'accepted' && customerOf(before) === customerOf(token)) return;
    }
    this.#socket?.redial();
  }

  /** There is nothing to contact any more; the screen learns why. */
  end(why: DeviceEnd | 'forbidden'): void {
    this.#setLink({ status: 'refused', why });
  }

  /** Idempotent. */
  dispose(): void {
    this.#socket?.dispose();
    this.#tabs.dispose();
  }

  #lead(): void {
    const { dial, url, community, identity, welcomed, heard, lead } = this.#options;
    const socket = new RelaySocket({
      dial,
      url,
      community,
      identity,
      token: () => this.#token,
      met: () => this.#met,
      welcomed: (welcome, relayKey) => {
        this.#setClock(welcome.time);
        const kept = this.#options.database.write((transaction) =>
          transaction.put(['clock'], this.#offset),
        );
        kept.catch(() => {}); // storage says so
        welcomed(welcome, relayKey);
      },
      control: (message) => {
        if (message.type === 'keepalive') this.#setClock(message.time);
        else heard(message);
      },
    });
    this.#socket = socket;
    const changed = (): void => {
      const link = socket.link.get();
      const why = link.status === 'refused' ? link.why : undefined;
      if (why === 'removed' || why === 'other-member') return this.#options.ended(why);
      this.#setLink(link);
      this.#tellLink();
    };
    socket.link.subscribe(changed);
    changed();
    lead(socket);
  }

  #follow(): void {
    this.#socket?.dispose();
    this.#socket = undefined;
    this.#options.follow();
  }

  #setClock(time: number): void {
    this.#met = true;
    this.#offset = time - Date.now();
  }

  #setLink(link: LinkState): void {
    this.link.set(link);
    this.#options.linkChanged(link);
  }

  #tellLink(): void {
    if (this.#socket) this.post({ type: 'link', link: this.link.get(), offset: this.#offset });
  }

  #receive(message: TabMessage, from: string): void {
    switch (message.type) {
      case 'link':
        if (this.#socket) return;
        this.#offset = message.offset;
        this.#met ||= message.link.status === 'online';
        this.#setLink(message.link);
        // It leads since a short while, and has not heard what was said before.
        if (message.link.status === 'online' && !message.link.identity && this.#token)
          this.post({ type: 'redial', token: this.#token });
        break;
      case 'redial':
        if (message.token !== undefined) this.#identified(message.token);
        else this.#socket?.redial();
        break;
      case 'say':
        this.send(message.message);
        break;
      default:
        this.#options.fromTab(message, from);
    }
  }
}

/** Whom a brand's token names. Not checked: the relay does that. */
function customerOf(token: string): unknown {
  try {
    const body = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    return (JSON.parse(atob(body)) as { sub?: unknown }).sub;
  } catch {
    return token; // only itself names the same
  }
}
