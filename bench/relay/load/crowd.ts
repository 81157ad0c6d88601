/** The people of one generator: their rooms, their lines, and the entries they have signed. */
import { setImmediate as turn } from 'node:timers/promises';
import { TestIdentity, redeem } from '../../../relay/testing/test-device.ts';
import type { Content } from '../../../shared/entry/content.ts';
import { type Fingerprint, parseFingerprint } from '../../../shared/ids.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { WireName } from '../servers/servers.ts';
import { Deliveries } from './deliveries.ts';
import { marked } from './marks.ts';
import { ComptoirWire } from './wires/comptoir-wire.ts';
import { PlainWire } from './wires/plain-wire.ts';
import type { JoinOptions, Line, Room, Signed, Wire } from './wires/wire.ts';
import { YjsWire } from './wires/yjs-wire.ts';

export interface Place {
  readonly wire: WireName;
  /** `ws://…` */
  readonly url: string;
  /** Links to Comptoir's desk: as many helpers. */
  readonly invitations: readonly string[];
  readonly helpers: number;
}

type JoinMore = Pick<JoinOptions, 'held' | 'screen' | 'asks'>;

/** Somebody in a room. */
interface Seat {
  readonly room: number;
  readonly who: TestIdentity;
}

/** An entry that is signed, and who sends it. */
interface Ready {
  readonly number: number;
  readonly seat: number;
  readonly entry: Signed;
}

const TEXT = 'Does this drill take the bits of the older one, or do I need the adapter?';
/** Sockets that are opened at once: more would wait in the backlog. */
const AT_ONCE = 100;

export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

export class Crowd {
  readonly rooms: Room[] = [];
  readonly seats: Seat[] = [];
  readonly lines: Line[] = [];
  helpers: readonly TestIdentity[] = [];
  /** Entries that are signed and not sent yet, and who sends them. */
  ready: readonly Ready[] = [];
  deliveries = new Deliveries(0, [], 0);
  readonly #community: Fingerprint;
  readonly #wire: Wire;
  #numbers = 0;

  private constructor(community: Fingerprint, wire: Wire) {
    this.#community = community;
    this.#wire = wire;
  }

  static async start({ wire, url, invitations, helpers }: Place): Promise<Crowd> {
    const address = url.replace('ws', 'http');
    const community = wire === 'comptoir' ? await communityOf(address) : NO_COMMUNITY;
    const crowd = new Crowd(community, wireTo(wire, url, community));
    crowd.helpers = many(helpers, () => new TestIdentity());
    for (const [index, link] of invitations.entries())
      await redeem(address, community, crowd.helpers[index]!, link, `Helper ${index}`);
    return crowd;
  }

  /** Founds rooms; in each sits its visitor, and then so many helpers, each with a line of their own. */
  async found(
    rooms: number,
    helpers: number,
    screen: { readonly visitor?: 'widget'; readonly helper?: 'desk' } = {},
  ): Promise<void> {
    const before = this.rooms.length;
    for (const room of await Promise.all(many(rooms, () => this.#room()))) this.rooms.push(room);
    const numbers = many(rooms, (index) => before + index);
    await this.sit(
      numbers.map((room) => ({ room, who: this.rooms[room]!.visitor })),
      { screen: screen.visitor, asks: true },
    );
    const others = numbers.flatMap((room) =>
      many(helpers, (index) => ({
        room,
        who: this.helpers[(room * helpers + index) % this.helpers.length]!,
      })),
    );
    await this.sit(others, { screen: screen.helper });
  }

  /** More lines into rooms that were founded. */
  async sit(seats: readonly Seat[], more: JoinMore = {}): Promise<void> {
    const from = this.seats.length;
    this.seats.push(...seats);
    await inGroups(seats, async ({ room, who }, index) => {
      this.lines[from + index] = await this.join([room], who, from + index, more);
    });
  }

  /** Somebody's line to some rooms. What it hears counts for `line`. */
  join(
    rooms: readonly number[],
    who: TestIdentity,
    line: number,
    more: JoinMore = {},
  ): Promise<Line> {
    return this.#wire.join({
      rooms: rooms.map((room) => this.rooms[room]!),
      who,
      heard: (bytes) => this.deliveries.heard(line, bytes),
      ...more,
    });
  }

  /** Signs an entry for each of the seats, in this order, and expects that all in the room get it. */
  async sign(seats: readonly number[], readers: number, text = TEXT): Promise<void> {
    const first = this.#numbers;
    const ready: Ready[] = [];
    for (const [index, seat] of seats.entries()) {
      const { room, who } = this.seats[seat]!;
      const number = first + index;
      const content: Content = { kind: 'say', text: marked(text, number) };
      const { conversation } = this.rooms[room]!.ask;
      ready.push({ number, seat, entry: await who.entry(this.#community, conversation, content) });
      if (index % AT_ONCE === 0) await turn(); // servers ask meanwhile whether one is still there
    }
    this.ready = ready;
    this.#numbers += seats.length;
    this.deliveries = new Deliveries(first, seats, readers);
  }

  /** Expects the last so many entries once, on any line. */
  expect(entries: number): void {
    this.deliveries = new Deliveries(
      this.#numbers - entries,
      many(entries, () => -1),
      0,
    );
  }

  /** Asks by somebody, which nobody reads: what fills an inbox. */
  asks(who: TestIdentity, count: number): Promise<Signed[]> {
    return Promise.all(many(count, () => who.ask(this.#community, TEXT)));
  }

  /** Entries of that many strangers in a room that anybody may answer in. */
  answers(room: number, count: number): Promise<Signed[]> {
    const { conversation } = this.rooms[room]!.ask;
    const content: Content = { kind: 'say', text: TEXT };
    return Promise.all(
      many(count, () => new TestIdentity().entry(this.#community, conversation, content)),
    );
  }

  get refused(): number {
    return this.lines.reduce((sum, { refused }) => sum + refused, 0);
  }

  /** Everybody's line is cut. */
  cut(): void {
    for (const line of this.lines.splice(0)) line.close();
  }

  async #room(): Promise<Room> {
    const visitor = new TestIdentity();
    const ask = await visitor.ask(this.#community, TEXT);
    return { name: conversationRoom(ask.conversation), ask, visitor };
  }
}

const NO_COMMUNITY = parseFingerprint('AAAAAAAAAAAAAAAAAAAAAA');

function wireTo(wire: WireName, url: string, community: Fingerprint): Wire {
  switch (wire) {
    case 'comptoir':
      return new ComptoirWire(url, community);
    case 'plain':
      return new PlainWire(url);
    case 'y-websocket':
      return new YjsWire(url, false);
    case 'hocuspocus':
      return new YjsWire(url, true);
  }
}

async function communityOf(address: string): Promise<Fingerprint> {
  const answer = await fetch(`${address}/api/community`);
  return parseFingerprint(((await answer.json()) as { fingerprint: string }).fingerprint);
}

/** Some at a time, in their order. */
export async function inGroups<T>(
  items: readonly T[],
  act: (item: T, index: number) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE)
    await Promise.all(
      items.slice(from, from + AT_ONCE).map((item, index) => act(item, from + index)),
    );
}
