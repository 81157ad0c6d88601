/**
 * Our own y-websocket messages on a room's channel, besides sync (0) and awareness (1): the digest, and
 * what is told but never becomes a row (typing, how far each side has read, whether the asker is here). A
 * stock provider logs unknown types and goes on, so they are sent only on the shared socket.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encode } from '../encode.ts';
import { bytesToText, textToBytes } from '../bytes.ts';
import type { MemberId } from '../ids.ts';
import { type Digest, readDigest, writeDigest } from './digest.ts';

/** First varuint of a y-websocket message. */
export const ChannelType = {
  sync: 0,
  awareness: 1,
  digest: 100,
  typing: 101,
  read: 102,
  asker: 103,
  attributes: 104,
} as const;

/** Our own types, now or later. A build ignores those that it does not know. */
export const OWN_CHANNEL_TYPES = { first: 100, last: 127 } as const;

/** An awareness message that says nothing: feeds the y-websocket watchdog, which closes after 30 s of silence. */
export const EMPTY_AWARENESS: Uint8Array<ArrayBuffer> = new Uint8Array([1, 1, 0]);

/** The two sides of a conversation, for read positions. */
export type Side = 'asker' | 'desk';

export type ChannelMessage =
  /** From the relay, right after each sync step 2: what the replica must now hold. */
  | { readonly type: 'digest'; readonly digest: Digest }
  /**
   * To the relay: I am typing, or have stopped (`member` is ignored). From it: that member is. Expires
   * after 6 s.
   */
  | { readonly type: 'typing'; readonly member: MemberId; readonly typing: boolean }
  /** To the relay: I have read up to this seq (`side` is ignored). From it: that side has. */
  | { readonly type: 'read'; readonly side: Side; readonly seq: number }
  /**
   * From the relay to the desk: whether the asker is connected, otherwise when they last were (ms; 0
   * unknown).
   */
  | { readonly type: 'asker'; readonly here: boolean; readonly seen: number }
  /** From the relay to the desk: what the brand's page tells about the asker, as a JSON object of texts. */
  | { readonly type: 'attributes'; readonly json: string };

export function encodeChannelMessage(message: ChannelMessage): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, ChannelType[message.type]);
    switch (message.type) {
      case 'digest':
        writeDigest(encoder, message.digest);
        break;
      case 'typing':
        encoding.writeUint8Array(encoder, textToBytes(message.member, 16));
        encoding.writeUint8(encoder, message.typing ? 1 : 0);
        break;
      case 'read':
        encoding.writeUint8(encoder, message.side === 'asker' ? 0 : 1);
        encoding.writeVarUint(encoder, message.seq);
        break;
      case 'asker':
        encoding.writeUint8(encoder, message.here ? 1 : 0);
        encoding.writeVarUint(encoder, message.seen);
        break;
      case 'attributes':
        encoding.writeVarString(encoder, message.json);
        break;
    }
  });
}

/**
 * Reads the message after its type, as y-websocket's `messageHandlers` pass it on. Null for a type of a
 * later protocol, which is ignored.
 * @throws on invalid bytes.
 */
export function readChannelMessage(type: number, decoder: decoding.Decoder): ChannelMessage | null {
  switch (type) {
    case ChannelType.digest:
      return { type: 'digest', digest: readDigest(decoder) };
    case ChannelType.typing: {
      const member = bytesToText(decoding.readUint8Array(decoder, 16)) as MemberId;
      return { type: 'typing', member, typing: decoding.readUint8(decoder) === 1 };
    }
    case ChannelType.read: {
      const side: Side = decoding.readUint8(decoder) === 0 ? 'asker' : 'desk';
      return { type: 'read', side, seq: decoding.readVarUint(decoder) };
    }
    case ChannelType.asker: {
      const here = decoding.readUint8(decoder) === 1;
      return { type: 'asker', here, seen: decoding.readVarUint(decoder) };
    }
    case ChannelType.attributes:
      return { type: 'attributes', json: decoding.readVarString(decoder) };
    default:
      return null;
  }
}
