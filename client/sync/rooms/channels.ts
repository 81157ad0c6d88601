/**
 * The channels of one socket: rooms by number. They open once hello is done, and all close when the socket
 * is lost.
 */
import { CloseCode } from '../../../shared/protocol/close-codes.ts';
import { EMPTY_AWARENESS } from '../../../shared/protocol/channel.ts';
import { CONTROL_CHANNEL, type Frame, encodeFrame } from '../../../shared/protocol/frame.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { Channel, ChannelEvents, Transport } from './transport.ts';

interface OpenChannel {
  readonly room: RoomName;
  readonly generation: number;
  readonly events: ChannelEvents;
  opened: boolean;
}

/** `answered`: whether the relay will say something to it. */
type SendFrame = (frame: Uint8Array<ArrayBuffer>, answered: boolean) => void;

export class Channels implements Transport {
  readonly #send: SendFrame;
  readonly #channels = new Map<number, OpenChannel>();
  #next = CONTROL_CHANNEL + 1;
  #linked = false;

  constructor(send: SendFrame) {
    this.#send = send;
  }

  open(room: RoomName, generation: number, events: ChannelEvents): Channel {
    const number = this.#next++;
    this.#channels.set(number, { room, generation, events, opened: false });
    if (this.#linked) this.#sendOpen(number);
    return {
      send: (data) => {
        if (this.#channels.get(number)?.opened !== true) return;
        this.#send(encodeFrame({ op: 'data', channel: number, data }), false);
      },
      close: () => {
        if (!this.#channels.delete(number) || !this.#linked) return;
        const code = CloseCode.normal;
        this.#send(encodeFrame({ op: 'close', channel: number, code, reason: '' }), false);
      },
    };
  }

  /** Hello is done: what was opened before is opened now. */
  linked(): void {
    this.#linked = true;
    for (const number of this.#channels.keys()) this.#sendOpen(number);
  }

  /** The socket is gone. */
  lost(): void {
    this.#linked = false;
    const channels = [...this.#channels.values()];
    this.#channels.clear();
    for (const { events } of channels) events.closed(1006, '');
  }

  /** Forgets them all without telling anybody. */
  dispose(): void {
    this.#linked = false;
    this.#channels.clear();
  }

  /** A frame of a channel other than control. */
  receive(frame: Frame): void {
    const channel = this.#channels.get(frame.channel);
    if (!channel) return; // closed here while the frame was on its way
    switch (frame.op) {
      case 'open':
        channel.opened = true;
        channel.events.opened(frame.generation);
        break;
      case 'data':
        channel.events.data(frame.data.slice());
        break;
      case 'close':
        this.#channels.delete(frame.channel);
        channel.events.closed(frame.code, frame.reason);
        break;
    }
  }

  /**
   * A provider closes its channel after 30 s of silence, so the relay's keepalive counts for all channels.
   */
  keepAlive(): void {
    for (const { opened, events } of this.#channels.values())
      if (opened) events.data(EMPTY_AWARENESS);
  }

  #sendOpen(channel: number): void {
    const { room, generation } = this.#channels.get(channel)!;
    this.#send(encodeFrame({ op: 'open', channel, room, generation }), true);
  }
}
