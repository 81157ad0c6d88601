/** WebSockets: the shared socket at `/sync`, and one room at its own path for a stock provider. */
import type { IncomingMessage, Server } from 'node:http';
import { type BlockList, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { Limits } from '../../shared/limits.ts';
import { type RoomName, parseRoom } from '../../shared/protocol/rooms.ts';
import { readRoomToken } from '../connections/room-token/room-token.ts';
import type { Connections } from '../connections/connections.ts';
import { InputPool } from '../connections/limits/input-pool.ts';
import { sourcePath } from '../core/limits/fair-memory.ts';
import { Places } from '../core/limits/places.ts';
import type { RelayCore } from '../core/relay-core.ts';
import type { StockOpening } from '../connections/stock-reader.ts';
import { clientAddress } from './client-address.ts';
import type { Hosts } from './own-hosts.ts';
import type { RequestTurns } from './request-turns.ts';
import { SocketTransport } from './socket-transport.ts';

export interface SocketsOptions {
  readonly core: RelayCore;
  readonly connections: Connections;
  readonly hosts: Hosts;
  readonly proxies: BlockList;
  /** Sockets are opened in turns with what is asked otherwise. */
  readonly turns: RequestTurns;
  /** Sockets of one address that are being closed: beyond them the first is cut. */
  readonly mostLeaving: number;
}

const SUBPROTOCOL = 'comptoir';
/** Of a message. Our clients send it whole; what is between may cut it into pieces of 4 KB. */
const MOST_FRAGMENTS = 512;
/** In which a message comes from the network before it is whole: each takes far more memory than a byte of it. */
const MOST_PIECES = 4_096;

export class Sockets {
  readonly #options: SocketsOptions;
  readonly #server: WebSocketServer;
  /** Those that are being closed, while their peers say nothing to it. */
  readonly #leaving: Places;
  readonly #input: InputPool;

  constructor(options: SocketsOptions) {
    this.#options = options;
    this.#leaving = new Places({ most: options.mostLeaving });
    this.#input = new InputPool(options.core.platform);
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: Limits.frameBytes,
      maxFragments: MOST_FRAGMENTS,
      maxBufferedChunks: MOST_PIECES,
      perMessageDeflate: false,
      autoPong: false,
      // The token beside it is never echoed.
      handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    });
  }

  /** Takes the upgrades of a server. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      this.#options.turns.upgrade(request, socket, () => {
        try {
          this.#upgrade(request, socket, head);
        } catch (error) {
          this.#options.core.log.error('an upgrade failed', error);
          socket.destroy();
        }
      });
    });
  }

  get count(): number {
    return this.#server.clients.size;
  }

  /** Asks every peer to disconnect. */
  closeAll(): void {
    for (const client of this.#server.clients) client.close(CloseCode.goingAway, 'the relay stops');
  }

  /** Cuts connections that did not close by themselves. */
  terminate(): void {
    this.#input.stop();
    for (const client of this.#server.clients) client.terminate();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { hosts, proxies } = this.#options;
    const { origin, host = '' } = request.headers;
    if (origin !== undefined && !hosts.mayTalk(origin, host))
      return refuse(socket, 403, 'Forbidden');
    const path = (request.url ?? '').split('?')[0] ?? '';
    const address = clientAddress(request, proxies);
    if (path === '/sync') {
      return this.#accept(request, socket, head, address, (client, transport) =>
        this.#startSession(client, transport, address),
      );
    }
    const opening = this.#openingOf(path, request, address);
    if (opening === null) return refuse(socket, 404, 'Not Found');
    if (opening === undefined) return refuse(socket, 401, 'Unauthorized');
    return this.#accept(request, socket, head, address, (client, transport) => {
      // A browser tells a page nothing of a refused upgrade: its provider would dial for ever.
      if (opening === 'ended') transport.close(CloseCode.tokenEnded, 'token ended');
      else this.#startStock(client, transport, opening);
    });
  }

  /** What a stock provider opens: null if the path names no room, undefined without a token for it. */
  #openingOf(
    path: string,
    request: IncomingMessage,
    address: string,
  ): StockOpening | 'ended' | null | undefined {
    let name: string;
    try {
      name = decodeURIComponent(path.slice('/sync/'.length));
      if (!path.startsWith('/sync/')) return null;
      parseRoom(name);
    } catch {
      return null;
    }
    const offered = (request.headers['sec-websocket-protocol'] ?? '')
      .split(',')
      .map((word) => word.trim());
    const { authority, platform } = this.#options.core;
    const seal = (bytes: Uint8Array): Uint8Array => authority.seal(bytes);
    const token = offered.find((word) => word !== SUBPROTOCOL) ?? '';
    const room = name as RoomName;
    const read = readRoomToken(token, room, platform.clock.now(), seal);
    if (read === null) return undefined;
    return read.hasEnded ? 'ended' : { room, device: read.device, address };
  }

  #accept(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    address: string,
    start: (client: WebSocket, transport: SocketTransport) => void,
  ): void {
    this.#server.handleUpgrade(request, socket, head, (client) => {
      // ws reports a frame that is too big or malformed by an error, then closes by itself.
      client.on('error', (error) =>
        this.#options.core.log.info('a socket failed', { reason: error.message }),
      );
      this.#watch(client, socket, address);
      const leaving = (): void => {
        const left = this.#leaving.take(address, { letGo: () => client.terminate() });
        if (left) client.once('close', left);
      };
      start(client, new SocketTransport(client, socket, leaving));
    });
  }

  /** Counts what has come of a message that is not whole yet. */
  #watch(client: WebSocket, socket: Duplex, address: string): void {
    const come = (): number => (socket instanceof Socket ? socket.bytesRead : 0);
    let whole = come();
    const heard = (): void => {
      whole = come();
    };
    client.on('message', heard).on('ping', heard).on('pong', heard);
    const leave = this.#input.add({
      path: sourcePath({ address, connection: '' }),
      unfinished: () => come() - whole,
      cut: () => client.terminate(),
    });
    client.once('close', leave);
  }

  #startSession(client: WebSocket, transport: SocketTransport, address: string): void {
    const session = this.#options.connections.open(transport, address);
    transport.answerPings(() => session.count());
    client.on('message', (data) => session.receive(bytesOf(data)));
    client.on('close', () => session.ended());
  }

  #startStock(client: WebSocket, transport: SocketTransport, opening: StockOpening): void {
    const reader = this.#options.connections.openReader(transport, opening);
    transport.answerPings(() => reader.count());
    client.on('message', (data) => reader.receive(bytesOf(data)));
    client.on('close', () => reader.ended());
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/**
 * Answers and disconnects. An HTTP server's sockets may stay open at the other end: waiting for that could
 * take forever.
 */
function refuse(socket: Duplex, status: number, reason: string): void {
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    socket.destroy(),
  );
}
