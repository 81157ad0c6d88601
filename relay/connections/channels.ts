/** The channels of one connection: each follows a room. */
import type { SpaceId } from '../../shared/ids.ts';
import { Limits } from '../../shared/limits.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { type Frame, encodeFrame } from '../../shared/protocol/frame.ts';
import { type Room, type RoomName, parseRoom } from '../../shared/protocol/rooms.ts';
import type { Caller, ChannelHandlers, Reader } from '../core/feature.ts';
import type { TokenBuckets } from '../core/limits/token-buckets.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Log } from '../core/ports/log.ts';
import type { RoomStorage } from '../core/ports/room-storage.ts';
import type { Asked } from '../core/ports/asked-storage.ts';
import type { Admission, RoomAccess } from './access.ts';
import type { RoomFollowers } from './followers.ts';
import type { Output } from './output/output.ts';
import { type RoomMessage, readRoomMessage } from './room-message.ts';
import { RoomReader } from './room-reader.ts';

type Channel = { readonly room: RoomName } & (
  | { readonly type: 'opening' }
  | { readonly type: 'plain'; readonly follower: RoomReader }
  | {
      readonly type: 'conversation';
      readonly follower: RoomReader;
      readonly reader: Reader;
    }
);

/** When somebody comes again who has had very much read. */
const READ_LATER_MS = 1_000;

/** What channels are opened with. */
export interface ChannelParts {
  readonly access: RoomAccess;
  readonly followers: RoomFollowers;
  readonly storage: Pick<RoomStorage, 'page'>;
  readonly handlers: readonly ChannelHandlers[];
  /** Rooms that a connection may open: each may have to be read. */
  readonly openings: TokenBuckets;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
}

export interface ChannelsOptions extends ChannelParts {
  readonly caller: Caller;
  readonly output: Output;
}

export class Channels {
  readonly #options: ChannelsOptions;
  readonly #channels = new Map<number, Channel>();
  /** Channels that are being opened, those closed meanwhile too. */
  #openings = 0;

  constructor(options: ChannelsOptions) {
    this.#options = options;
  }

  async open(number: number, name: string): Promise<void> {
    if (this.#channels.has(number))
      return this.#refuse(number, CloseCode.malformed, 'channel in use');
    if (Math.max(this.#channels.size, this.#openings) >= Limits.channels)
      return this.#refuse(number, CloseCode.tooMany, 'channels');
    const room = parsed(name);
    if (!room) return this.#refuse(number, CloseCode.unknownRoom, 'no such room');
    const opening: Channel = { type: 'opening', room: name as RoomName };
    // Each of them would get whatever is said in the room.
    if (this.#countOf(opening.room) >= Limits.channelsPerRoom)
      return this.#refuse(number, CloseCode.tooMany, 'channels of this room');
    this.#channels.set(number, opening);
    this.#openings++;
    try {
      await this.#turn();
      if (this.#channels.get(number) !== opening) return; // closed meanwhile
      await this.#admit(number, opening, room);
    } catch (error) {
      this.#options.log.error('a room could not be opened', error);
      this.#close(number, opening, CloseCode.goingAway, 'storage');
    } finally {
      this.#openings--;
    }
  }

  /** @throws if the bytes are not a room message. */
  async receive(number: number, data: Uint8Array): Promise<void> {
    const channel = this.#channels.get(number);
    if (!channel || channel.type === 'opening') return; // closed meanwhile: a late frame is normal
    const message = readRoomMessage(data);
    if (message.type === 'step1') channel.follower.sync(message.held);
    else if (channel.type === 'conversation') await this.#handle(message, channel.reader);
  }

  /** The device closed it, or the connection ends. Idempotent. */
  close(number: number): void {
    const channel = this.#channels.get(number);
    this.#channels.delete(number);
    if (!channel || channel.type === 'opening') return;
    channel.follower.close();
    this.#options.followers.remove(channel.follower);
    if (channel.type === 'conversation')
      for (const handlers of this.#options.handlers) handlers.left?.(channel.reader);
  }

  /** Closes what passers-by read in a space that has closed. */
  shutOut(space: SpaceId): void {
    for (const [number, channel] of Array.from(this.#channels)) {
      if (channel.type !== 'conversation' || channel.reader.side !== null) continue;
      if (channel.reader.space !== space) continue;
      this.close(number);
      this.#refuse(number, CloseCode.forbidden, 'not to be read any more');
    }
  }

  closeAll(): void {
    for (const number of Array.from(this.#channels.keys())) this.close(number);
  }

  async #handle(message: RoomMessage, reader: Reader): Promise<void> {
    for (const handlers of this.#options.handlers) {
      if (message.type === 'typing') await handlers.typing?.(message, reader);
      if (message.type === 'read') await handlers.read?.(message, reader);
    }
  }

  async #admit(number: number, opening: Channel, wanted: Room): Promise<void> {
    const { room } = opening;
    const { followers, storage, caller, output, access } = this.#options;
    const isWanted = (): boolean => this.#channels.get(number) === opening;
    const admission = await this.#admission(wanted, isWanted);
    if (!isWanted()) return; // closed meanwhile; no waiting from here on
    if (admission.type === 'refused')
      return this.#close(number, opening, admission.code, 'not to be read');
    const { generation, conversation } = admission;
    // The space may have closed in this very moment.
    if (conversation?.side === null && !access.isPublic(conversation.asked))
      return this.#close(number, opening, CloseCode.forbidden, 'not to be read any more');
    const follower = new RoomReader({
      room,
      generation,
      storage,
      output,
      send: (broadcast) => output.send(broadcast.frameOn(number)),
      knowsDigest: true,
    });
    followers.add(follower); // first follow, then read what is committed
    this.#send({ op: 'open', channel: number, room, generation });
    if (!conversation) {
      this.#channels.set(number, { type: 'plain', room, follower });
      return;
    }
    const { id, asked, side } = conversation;
    const reader: Reader = {
      conversation: id,
      space: asked.space,
      caller,
      side,
      send: (message) => follower.send(message),
    };
    this.#channels.set(number, { type: 'conversation', room, follower, reader });
    await this.#joined(reader, asked);
  }

  #countOf(name: RoomName): number {
    let count = 0;
    for (const { room } of this.#channels.values()) if (room === name) count++;
    return count;
  }

  /** Whoever has opened very many rooms waits before the next. */
  async #turn(): Promise<void> {
    const { openings, caller } = this.#options;
    for (;;) {
      const waitMs = openings.take(caller.connection);
      if (waitMs === 0) return;
      await this.#after(waitMs);
    }
  }

  async #joined(reader: Reader, asked: Asked): Promise<void> {
    // Everyone hears of it before anyone waits: a channel may be closed meanwhile.
    const joining = this.#options.handlers.map(async (each) => each.joined?.(reader, asked));
    await Promise.all(joining);
  }

  /** Whoever has had very much read into memory waits, as long as the channel is wanted. */
  async #admission(
    room: Room,
    isWanted: () => boolean,
  ): Promise<Exclude<Admission, { readonly type: 'later' }>> {
    const { access, caller } = this.#options;
    const { device, who: member, address } = caller;
    for (;;) {
      const found = await access.admit(room, { device, member, address }, { passersBy: true });
      if (found.type !== 'later') return found;
      await this.#after(READ_LATER_MS);
      if (!isWanted()) return { type: 'refused', code: CloseCode.normal };
    }
  }

  #after(ms: number): Promise<void> {
    const { clock } = this.#options;
    return new Promise((resolve) => clock.after(ms, resolve));
  }

  #refuse(number: number, code: CloseCode, reason: string): void {
    this.#send({ op: 'close', channel: number, code, reason });
  }

  #send(frame: Frame): void {
    this.#options.output.send(encodeFrame(frame));
  }

  #close(number: number, opening: Channel, code: CloseCode, reason: string): void {
    if (this.#channels.get(number) !== opening) return;
    this.#channels.delete(number);
    this.#refuse(number, code, reason);
  }
}

function parsed(name: string): Room | undefined {
  try {
    return parseRoom(name);
  } catch {
    return undefined; // whatever it names, it is no room
  }
}
