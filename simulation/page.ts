/**
 * One life of a device: the client's rooms, outbox, sender and writer over a disk and a socket that
 * can fail. When it ends, what is on the disk stays.
 */
import { Outbox } from '../client/sync/outbox/outbox.ts';
import { Sender } from '../client/sync/outbox/sender.ts';
import { Writer } from '../client/sync/outbox/writer.ts';
import { Channels } from '../client/sync/rooms/channels.ts';
import { Rooms } from '../client/sync/rooms/rooms.ts';
import type { Timers } from '../client/sync/timers.ts';
import type { Sign } from '../shared/entry/sign-entry.ts';
import type { DeviceKey, Fingerprint } from '../shared/ids.ts';
import type { FromDevice, FromRelay } from '../shared/protocol/control.ts';
import { encodeDeviceMessage } from '../shared/protocol/device-messages.ts';
import { type Frame, encodeFrame } from '../shared/protocol/frame.ts';
import type { RoomName } from '../shared/protocol/rooms.ts';
import type { DiskConnection } from './disk.ts';
import { SimulatedFollowedRoom } from './followed-room.ts';

export interface PageOptions {
  readonly community: Fingerprint;
  readonly device: DeviceKey;
  readonly sign: Sign;
  readonly database: DiskConnection;
  readonly timers: Timers;
  random(length: number): Uint8Array;
  /** To the socket, if there is one. */
  send(bytes: Uint8Array): void;
}

export class SimulatedPage {
  readonly outbox: Outbox;
  readonly rooms: Rooms;
  readonly writer: Writer;
  readonly #options: PageOptions;
  readonly #sender: Sender;
  readonly #channels: Channels;
  readonly #watched = new Set<RoomName>();
  /** From this device's clock to the relay's. */
  #offset = 0;
  #linked = false;

  constructor(options: PageOptions) {
    const { community, device, sign, database, timers, random, send } = options;
    this.#options = options;
    const outbox = new Outbox(database, community);
    const rooms = new Rooms({
      community,
      database,
      timers,
      follow: (followed) => new SimulatedFollowedRoom(followed),
      post: () => {},
      changed: (replica) => this.#sender.roomChanged(replica),
      recall: () => Promise.resolve(),
      offer: (rows) => this.#sender.offer(rows),
    });
    this.outbox = outbox;
    this.rooms = rooms;
    const linked = (): boolean => this.#linked;
    this.#sender = new Sender({
      outbox,
      rooms,
      timers,
      linked,
      say: (message) => this.say(message),
      tell: () => {},
    });
    this.writer = new Writer({
      community,
      identity: { device, sign },
      database,
      outbox,
      now: () => this.now(),
      random,
      linked,
      kept: () => this.#sender.sendDue(false),
    });
    this.#channels = new Channels(send);
  }

  /** This device's time, corrected by the relay's. */
  now(): number {
    return this.#options.timers.now() + this.#offset;
  }

  /** Reads what earlier lives left, and leads. */
  async start(rooms: Iterable<RoomName>): Promise<void> {
    const { database } = this.#options;
    this.#offset = ((await database.get(['clock'])) as number | undefined) ?? 0;
    await this.outbox.load();
    void this.#dismiss();
    this.rooms.lead(this.#channels);
    for (const room of rooms) this.watch(room);
  }

  watch(room: RoomName): void {
    if (this.#watched.has(room)) return;
    this.#watched.add(room);
    this.rooms.watch(room);
  }

  /** Says something to the relay, if there is a link. */
  say(message: FromDevice): boolean {
    if (!this.#linked) return false;
    const data = encodeDeviceMessage(message);
    this.#options.send(encodeFrame({ op: 'data', channel: 0, data }));
    return true;
  }

  welcomed({ time }: Extract<FromRelay, { type: 'welcome' }>): void {
    const { database, timers } = this.#options;
    this.#linked = true;
    this.#offset = time - timers.now();
    void database.write((transaction) => transaction.put(['clock'], this.#offset));
    this.#channels.linked();
    this.reopen();
    this.#sender.sendDue(true);
  }

  /** Opens again what the relay did not know before. */
  reopen(): void {
    for (const replica of this.rooms.all()) replica.reconnect();
  }

  async answered(answers: Extract<FromRelay, { type: 'answer' }>['answers']): Promise<void> {
    await this.#sender.answered(answers);
    await this.#dismiss();
  }

  async erased({ ids }: Extract<FromRelay, { type: 'erased' }>): Promise<void> {
    for (const replica of this.rooms.all()) replica.erased(ids);
    await this.#sender.drop(ids.filter((id) => this.outbox.get(id)));
  }

  /** What is answered for good is shown on a screen, and dismissed there. */
  async #dismiss(): Promise<void> {
    for (const { entry, state } of this.outbox.items.get())
      if (state.type === 'refused' || state.type === 'claimed') await this.outbox.dismiss(entry.id);
  }

  receive(frame: Frame): void {
    this.#channels.receive(frame);
  }

  /** The socket is gone. */
  lost(): void {
    this.#linked = false;
    this.#channels.lost();
  }

  /** The page is gone. */
  end(): void {
    this.#options.database.close();
    this.#sender.stop();
    this.rooms.dispose();
    this.#channels.dispose();
  }
}
