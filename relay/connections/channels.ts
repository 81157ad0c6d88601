/** The channels of one session: each follows a room. */
import type { DeviceKey, SpaceId } from '../../shared/ids.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { type Frame } from '../../shared/protocol/frame.ts';
import { Limits } from '../../shared/limits.ts';
import { type Room, type RoomName, parseRoom } from '../../shared/protocol/rooms.ts';
import { readRoomMessage } from './room-message.ts';
import { refusalToRead, sideIn } from './access.ts';
import type { Listener } from '../features/reading/conversation-talk.ts';
import type { Member } from '../core/ports/people.ts';
import { RoomReader } from './room-reader.ts';
import type { ConversationRoom } from '../core/rooms/room.ts';
import type { Services } from './services.ts';

type Channel =
  | { readonly type: 'opening' }
  | { readonly type: 'plain'; readonly reader: RoomReader }
  | {
      readonly type: 'conversation';
      readonly reader: RoomReader;
      readonly room: ConversationRoom;
      readonly listener: Listener;
      readonly leave: () => void;
    };

export interface ChannelsOptions {
  readonly services: Services;
  readonly device: DeviceKey;
  readonly member: Member;
  /** Whether they may not write now. */
  readonly isBlocked: () => boolean;
  readonly send: (frame: Frame) => void;
}

export class Channels {
  readonly #options: ChannelsOptions;
  readonly #channels = new Map<number, Channel>();

  constructor(options: ChannelsOptions) {
    this.#options = options;
  }

  async open(number: number, name: string): Promise<void> {
    if (this.#channels.has(number))
      return this.#refuse(number, CloseCode.malformed, 'channel in use');
    if (this.#channels.size >= Limits.channels)
      return this.#refuse(number, CloseCode.tooMany, 'channels');
    const room = parsed(name);
    if (!room) return this.#refuse(number, CloseCode.unknownRoom, 'no such room');
    const opening: Channel = { type: 'opening' };
    this.#channels.set(number, opening);
    try {
      await this.#admit(number, opening, room, name as RoomName);
    } catch (error) {
      this.#options.services.log.error('a room could not be opened', error);
      this.#close(number, opening, CloseCode.goingAway, 'storage');
    }
  }

  /** @throws on bytes that are no room message. */
  async receive(number: number, data: Uint8Array): Promise<void> {
    const channel = this.#channels.get(number);
    if (!channel || channel.type === 'opening') return; // closed meanwhile: a late frame is normal
    const message = readRoomMessage(data);
    switch (message.type) {
      case 'step1':
        await channel.reader.sync(message.held);
        break;
      case 'typing':
        if (channel.type === 'conversation') {
          if (this.#options.isBlocked()) break; // nobody is kept waiting for what will not come
          this.#options.services.talk.typing(channel.room.id, channel.listener, message.typing);
        }
        break;
      case 'read':
        if (channel.type === 'conversation') {
          // Looked up again: the room may have been let go and read anew since the channel opened.
          const room = await this.#options.services.book.conversation(channel.room.id);
          await this.#options.services.talk.read(room, channel.listener, message.seq);
        }
        break;
      case 'ignored':
        break;
    }
  }

  /** The device closed it, or the session ends. Idempotent. */
  close(number: number): void {
    const channel = this.#channels.get(number);
    this.#channels.delete(number);
    if (!channel || channel.type === 'opening') return;
    channel.reader.close();
    this.#options.services.hub.remove(channel.reader);
    if (channel.type === 'conversation') channel.leave();
  }

  /** Closes what passers-by read of a space that has closed. */
  shutOut(space: SpaceId): void {
    for (const [number, channel] of Array.from(this.#channels)) {
      if (channel.type !== 'conversation' || channel.listener.side !== null) continue;
      if (channel.room.state.space !== space) continue;
      this.close(number);
      this.#refuse(number, CloseCode.forbidden, 'not to be read any more');
    }
  }

  closeAll(): void {
    for (const number of Array.from(this.#channels.keys())) this.close(number);
  }

  async #admit(number: number, opening: Channel, room: Room, name: RoomName): Promise<void> {
    const { services, device, member, send } = this.#options;
    const refusal = await refusalToRead(room, device, member, services);
    if (refusal !== null) return this.#close(number, opening, refusal, 'not to be read');
    const { generation } = await services.storage.head(name);
    const held = room.kind === 'conversation' ? await services.book.conversation(room.id) : null;
    const side = held && sideIn(held, device, member);
    // Once more for whoever reads by the space's leave: it may have closed while we looked.
    const late = held && side === null ? await refusalToRead(room, device, member, services) : null;
    if (late !== null) return this.#close(number, opening, late, 'not to be read any more');
    if (this.#channels.get(number) !== opening) return; // closed meanwhile; no waiting from here on
    const reader = new RoomReader({
      room: name,
      generation,
      storage: services.storage,
      send: (data) => send({ op: 'data', channel: number, data }),
      knowsDigest: true,
    });
    services.hub.add(reader); // first follow, then read what is committed
    send({ op: 'open', channel: number, room: name, generation });
    if (!held) {
      this.#channels.set(number, { type: 'plain', reader });
      return;
    }
    const listener: Listener = { reader, member: member.id, side };
    let left = false;
    let undo: (() => void) | undefined;
    const leave = (): void => {
      left = true;
      undo?.();
    };
    this.#channels.set(number, { type: 'conversation', reader, room: held, listener, leave });
    undo = await services.talk.join(held, listener);
    if (left) undo();
  }

  #refuse(number: number, code: CloseCode, reason: string): void {
    this.#options.send({ op: 'close', channel: number, code, reason });
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
