/**
 * Limits on connections of every kind. They are counted before a byte is read, because silence costs an
 * attacker nothing. Where all are taken, one goes for each that comes: those that do least first.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import { Memory } from '../core/memory/memory.ts';
import { ADDRESSES_NEARBY, type Holder, Places } from '../core/limits/places.ts';
import { isTrusted, plainAddress } from './client-address.ts';

export interface ConnectionLimits {
  /** All connections together. */
  readonly most: number;
  /**
   * From one address. Its neighbourhood may have ten times as many; neither may have more than half of
   * all.
   */
  readonly mostFromAddress: number;
  /** Everybody comes through their addresses, so these are not counted. */
  readonly proxies: BlockList;
}

const MOST_CONNECTIONS = 20_000;
/** A socket of a device that has said hello and follows its rooms. */
const CONNECTION_BYTES = 44 * 1_024;
/** The rest is for the database, the command line, and connections that are accepted only to be refused. */
const SHARE_OF_DESCRIPTORS = 0.8;
/** Beyond this share of all somebody goes. The rest is for those that are being cut. */
const SHARE_OF_ALL = 0.95;
/** What does least goes first, but for this share of an address: somebody new has not asked yet. */
const KEPT = 0.25;

/** How many connections a process takes with this open-file limit, and this memory. */
export const mostConnections = (descriptors: number, memory = new Memory()): number =>
  Math.min(
    memory.places(MOST_CONNECTIONS, CONNECTION_BYTES),
    Math.floor(descriptors * SHARE_OF_DESCRIPTORS),
  );

/** What a connection does, the least first. */
const Doing = {
  /** Nothing was asked yet, or not wholly. */
  silent: 0,
  /** It was answered, and may ask again. */
  idle: 1,
  answered: 2,
  /** A WebSocket: these have limits of their own. */
  upgraded: 3,
} as const;
type Doing = (typeof Doing)[keyof typeof Doing];

class Line implements Holder {
  readonly #socket: Socket;
  doing: Doing = Doing.silent;
  /** Since when, ms. */
  since = performance.now();
  #asked = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Whether nothing more will be said on it. */
  get isEnding(): boolean {
    return this.#socket.writableEnded;
  }

  asks(response: ServerResponse): void {
    this.#asked++;
    this.#does(Doing.answered);
    response.once('close', () => {
      if (--this.#asked === 0) this.#does(Doing.idle);
    });
  }

  upgrades(): void {
    this.#does(Doing.upgraded);
  }

  letGo(): void {
    this.#socket.destroy();
  }

  #does(doing: Doing): void {
    if (this.doing === Doing.upgraded) return;
    this.doing = doing;
    this.since = performance.now();
  }
}

/** Applies the limits to a server. */
export function limitConnections(
  server: Server,
  { most, mostFromAddress, proxies }: ConnectionLimits,
): void {
  const half = Math.floor(most / 2);
  const ofAddress = Math.min(half, mostFromAddress);
  const places = new Places<Line>({
    most: ofAddress,
    mostNearby: Math.min(half, ofAddress * ADDRESSES_NEARBY),
    mostOfAll: Math.floor(most * SHARE_OF_ALL),
    choose,
  });
  const lines = new WeakMap<Socket, Line>();
  server.maxConnections = most;
  server.on('connection', (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress);
    if (isTrusted(address, proxies)) return;
    const line = new Line(socket);
    const leave = places.take(address, line);
    if (!leave) return socket.destroy();
    lines.set(socket, line);
    socket.once('close', leave);
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) =>
    lines.get(socket)?.asks(response),
  );
  server.on('upgrade', ({ socket }: IncomingMessage) => lines.get(socket)?.upgrades());
}

/** Who of an address goes: one that ends anyway; else of those that do least whoever has for longest. */
function choose(there: ReadonlySet<Line>): Line | null {
  const all = [...there];
  const ending = all.find(({ isEnding }) => isEnding);
  if (ending) return ending;
  const kinds = [Doing.silent, Doing.idle, Doing.answered]
    .map((doing) => all.filter((line) => line.doing === doing))
    .filter(({ length }) => length > 0);
  const [first, ...others] =
    kinds.find(({ length }) => length > all.length * KEPT) ?? kinds[0] ?? [];
  return others.reduce((oldest, line) => (line.since < oldest.since ? line : oldest), first!);
}
