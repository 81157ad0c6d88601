/** Control messages from the relay. The relay only writes them, a device only reads them. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encode } from '../encode.ts';
import { bytesToText, textToBytes } from '../bytes.ts';
import type { EntryId, MemberId } from '../ids.ts';
import { ControlType, type FromRelay, IDENTITIES, LINKS } from './control.ts';
import { oneOf, readList, readType, writeList } from './lists.ts';
import { readOutcome, writeOutcome } from './outcome.ts';

export function encodeRelayMessage(message: FromRelay): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeUint8(encoder, ControlType[message.type]);
    write(encoder, message);
  });
}

function write(encoder: encoding.Encoder, message: FromRelay): void {
  switch (message.type) {
    case 'challenge':
      encoding.writeVarUint(encoder, message.protocol);
      encoding.writeVarUint(encoder, message.minProtocol);
      encoding.writeUint8Array(encoder, message.relayKey);
      encoding.writeUint8Array(encoder, message.nonce);
      encoding.writeVarUint(encoder, message.time);
      break;
    case 'welcome':
      encoding.writeUint8Array(encoder, textToBytes(message.member, 16));
      encoding.writeVarUint8Array(encoder, message.grant);
      encoding.writeVarUint(encoder, message.time);
      encoding.writeUint8Array(encoder, message.signature);
      encoding.writeVarUint(encoder, message.blockedUntil);
      encoding.writeUint8(encoder, IDENTITIES.indexOf(message.identity));
      break;
    case 'answer':
      writeList(encoder, message.answers, ({ id, outcome }) => {
        encoding.writeUint8Array(encoder, textToBytes(id, 16));
        writeOutcome(encoder, outcome);
      });
      break;
    case 'keepalive':
      encoding.writeVarUint(encoder, message.time);
      break;
    case 'token':
      encoding.writeVarString(encoder, message.room);
      encoding.writeVarString(encoder, message.token);
      break;
    case 'erased':
      writeList(encoder, message.ids, (id) =>
        encoding.writeUint8Array(encoder, textToBytes(id, 16)),
      );
      break;
    case 'linkCode':
      encoding.writeVarString(encoder, message.code);
      encoding.writeVarUint(encoder, message.expires);
      break;
    case 'linked':
      encoding.writeUint8(encoder, LINKS.indexOf(message.outcome));
      break;
  }
}

/**
 * Null for a message of a later protocol, which is ignored, and for one about a decision, which
 * `decodeDecisionFromRelay` reads.
 * @throws on invalid bytes: the caller hangs up.
 */
export function decodeRelayMessage(bytes: Uint8Array): FromRelay | null {
  const decoder = decoding.createDecoder(bytes);
  const type = readType(decoder);
  switch (type) {
    case ControlType.challenge: {
      const protocol = decoding.readVarUint(decoder);
      const minProtocol = decoding.readVarUint(decoder);
      const relayKey = decoding.readUint8Array(decoder, 32).slice();
      const nonce = decoding.readUint8Array(decoder, 32).slice();
      return {
        type: 'challenge',
        protocol,
        minProtocol,
        relayKey,
        nonce,
        time: decoding.readVarUint(decoder),
      };
    }
    case ControlType.welcome: {
      const member = bytesToText(decoding.readUint8Array(decoder, 16)) as MemberId;
      const grant = decoding.readVarUint8Array(decoder).slice();
      const time = decoding.readVarUint(decoder);
      const signature = decoding.readUint8Array(decoder, 64).slice();
      const blockedUntil = decoding.readVarUint(decoder);
      const identity = oneOf(IDENTITIES, decoding.readUint8(decoder), 'none');
      return { type: 'welcome', member, grant, time, signature, blockedUntil, identity };
    }
    case ControlType.answer:
      return {
        type: 'answer',
        answers: readList(decoder, () => ({
          id: bytesToText(decoding.readUint8Array(decoder, 16)) as EntryId,
          outcome: readOutcome(decoder),
        })),
      };
    case ControlType.keepalive:
      return { type: 'keepalive', time: decoding.readVarUint(decoder) };
    case ControlType.token: {
      const room = decoding.readVarString(decoder);
      return { type: 'token', room, token: decoding.readVarString(decoder) };
    }
    case ControlType.erased:
      return {
        type: 'erased',
        ids: readList(decoder, () => bytesToText(decoding.readUint8Array(decoder, 16)) as EntryId),
      };
    case ControlType.linkCode: {
      const code = decoding.readVarString(decoder);
      return { type: 'linkCode', code, expires: decoding.readVarUint(decoder) };
    }
    case ControlType.linked:
      return { type: 'linked', outcome: oneOf(LINKS, decoding.readUint8(decoder), 'later') };
    default:
      return null;
  }
}
