/** A stock y-websocket provider at a room's own path: reads that room, says nothing that counts. */
import { EMPTY_AWARENESS } from '../../shared/protocol/channel.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import type { DeviceKey } from '../../shared/ids.ts';
import { type RoomName, parseRoom } from '../../shared/protocol/rooms.ts';
import { readRoomMessage } from './room-message.ts';
import { refusalToRead } from './access.ts';
import type { Member } from '../core/ports/people.ts';
import { RoomReader } from './room-reader.ts';
import type { Services } from './services.ts';
import { KEEPALIVE_MS } from './session.ts';
import type { Connected } from './sessions.ts';
import { MOST_BUFFERED_BYTES, type Transport } from './transport.ts';

/** Messages that may come before the room is ready. */
const MOST_EARLY = 16;

/** What a token opens, and for whom. */
export interface StockOpening {
  readonly room: RoomName;
  readonly device: DeviceKey;
}

export class StockReader implements Connected {
  readonly device: DeviceKey;
  readonly #services: Services;
  readonly #transport: Transport;
  readonly #room: RoomName;
  readonly #number: string;
  #early: Uint8Array[] = [];
  #reader: RoomReader | null = null;
  #member: Member | null = null;
  #stopKeepalive: (() => void) | null = null;
  #ended = false;

  /** @param number tells this connection from all others. */
  constructor(
    services: Services,
    transport: Transport,
    { room, device }: StockOpening,
    number: string,
  ) {
    this.#services = services;
    this.#transport = transport;
    this.device = device;
    this.#room = room;
    this.#number = number;
  }

  /** Who the device acted for when it came; null until that is known. */
  get member(): Member | null {
    return this.#member;
  }

  start(): void {
    this.#services.sessions.addReader(this);
    this.#stopKeepalive = this.#services.clock.every(KEEPALIVE_MS, () =>
      this.#send(EMPTY_AWARENESS),
    );
    this.#follow().catch((error: unknown) => {
      this.#services.log.error('a room could not be opened', error);
      this.close(CloseCode.goingAway, 'storage');
    });
  }

  /** A message of the socket. Never throws. */
  receive(bytes: Uint8Array): void {
    if (this.#ended) return;
    if (this.#services.frames.take(this.#number) > 0)
      return this.close(CloseCode.tooMany, 'too many messages');
    if (!this.#reader) {
      if (this.#early.length < MOST_EARLY) this.#early.push(bytes.slice());
      return;
    }
    try {
      const message = readRoomMessage(bytes);
      if (message.type !== 'step1') return;
      this.#reader.sync(message.held).catch((error: unknown) => {
        this.#services.log.error('a room could not be read', error);
        this.close(CloseCode.goingAway, 'storage');
      });
    } catch {
      this.close(CloseCode.malformed, 'malformed');
    }
  }

  /** Ends it. Idempotent. */
  close(code: CloseCode, reason: string): void {
    if (this.#ended) return;
    this.ended();
    this.#transport.close(code, reason);
  }

  /** The socket is gone. Idempotent. */
  ended(): void {
    this.#ended = true;
    this.#services.sessions.deleteReader(this);
    this.#stopKeepalive?.();
    if (this.#reader) {
      this.#reader.close();
      this.#services.hub.remove(this.#reader);
    }
  }

  async #follow(): Promise<void> {
    const { storage, hub, people } = this.#services;
    // Who it is by now: the token was given minutes ago.
    const member = (await people.membersOf([this.device])).get(this.device);
    if (this.#ended) return;
    if (!member || member === 'removed') return this.close(CloseCode.removed, 'device removed');
    this.#member = member;
    const access = { ...this.#services, passersBy: false };
    const refusal = await refusalToRead(parseRoom(this.#room), this.device, member, access);
    if (refusal !== null) return this.close(refusal, 'not to be read');
    const { generation } = await storage.head(this.#room);
    if (this.#ended) return;
    const send = (message: Uint8Array): void => this.#send(message);
    this.#reader = new RoomReader({
      room: this.#room,
      generation,
      storage,
      send,
      knowsDigest: false,
    });
    hub.add(this.#reader);
    for (const bytes of this.#early.splice(0)) this.receive(bytes);
  }

  #send(message: Uint8Array): void {
    if (this.#ended) return;
    if (this.#transport.bufferedBytes() > MOST_BUFFERED_BYTES)
      this.close(CloseCode.slowReader, 'reads too slowly');
    else this.#transport.send(message);
  }
}
