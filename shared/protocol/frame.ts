/**
 * Frames of the one socket: many channels, each of which looks like a WebSocket of its own to a
 * y-websocket provider. Channel 0 is control (control.ts); each other channel carries one room.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encode } from '../encode.ts';

/** Channel 0 carries control messages as `data` frames. Nobody opens or closes it. */
export const CONTROL_CHANNEL = 0;

const Op = { open: 0, data: 1, close: 2 } as const;

export type Frame =
  /** To the relay: opens a room. From the relay: it is open, at this generation. */
  | {
      readonly op: 'open';
      readonly channel: number;
      readonly room: string;
      readonly generation: number;
    }
  | { readonly op: 'data'; readonly channel: number; readonly data: Uint8Array }
  | {
      readonly op: 'close';
      readonly channel: number;
      readonly code: number;
      readonly reason: string;
    };

export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, frame.channel);
    encoding.writeUint8(encoder, Op[frame.op]);
    switch (frame.op) {
      case 'open':
        encoding.writeVarString(encoder, frame.room);
        encoding.writeVarUint(encoder, frame.generation);
        break;
      case 'data':
        encoding.writeUint8Array(encoder, frame.data);
        break;
      case 'close':
        encoding.writeVarUint(encoder, frame.code);
        encoding.writeVarString(encoder, frame.reason);
        break;
    }
  });
}

/** @throws if the bytes are not a frame: the caller closes with 4400. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const decoder = decoding.createDecoder(bytes);
  const channel = decoding.readVarUint(decoder);
  const op = decoding.readUint8(decoder);
  switch (op) {
    case Op.open: {
      const room = decoding.readVarString(decoder);
      return { op: 'open', channel, room, generation: decoding.readVarUint(decoder) };
    }
    case Op.data:
      return { op: 'data', channel, data: decoding.readTailAsUint8Array(decoder) };
    case Op.close: {
      const code = decoding.readVarUint(decoder);
      return { op: 'close', channel, code, reason: decoding.readVarString(decoder) };
    }
    default:
      throw new RangeError(`frame op ${op}`);
  }
}
