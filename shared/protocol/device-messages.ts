/** Control messages from devices. A device only writes them, the relay only reads them. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encode } from '../encode.ts';
import { bytesToText, textToBytes } from '../bytes.ts';
import type { DeviceKey } from '../ids.ts';
import { ControlType, type FromDevice } from './control.ts';
import { readList, readType, writeList } from './lists.ts';

export function encodeDeviceMessage(message: FromDevice): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeUint8(encoder, ControlType[message.type]);
    write(encoder, message);
  });
}

function write(encoder: encoding.Encoder, message: FromDevice): void {
  switch (message.type) {
    case 'hello':
      encoding.writeVarUint(encoder, message.protocol);
      encoding.writeUint8Array(encoder, textToBytes(message.device, 32));
      encoding.writeUint8Array(encoder, message.nonce);
      encoding.writeVarString(encoder, message.host);
      encoding.writeVarString(encoder, message.token);
      encoding.writeUint8Array(encoder, message.signature);
      break;
    case 'submit':
      writeList(encoder, message.entries, (bytes) => encoding.writeVarUint8Array(encoder, bytes));
      break;
    case 'available':
      encoding.writeUint8(encoder, message.available ? 1 : 0);
      break;
    case 'put':
      writeList(encoder, message.records, (record) => {
        encoding.writeVarString(encoder, record.key);
        encoding.writeVarString(encoder, record.value);
        encoding.writeVarUint(encoder, record.time);
      });
      break;
    case 'offer':
      writeList(encoder, message.rows, (bytes) => encoding.writeVarUint8Array(encoder, bytes));
      break;
    case 'tokenWanted':
      encoding.writeVarString(encoder, message.room);
      break;
    case 'linkWanted':
      encoding.writeVarString(encoder, message.label);
      break;
    case 'link':
      encoding.writeVarString(encoder, message.code);
      encoding.writeVarString(encoder, message.label);
      break;
    case 'removeDevice':
      encoding.writeUint8Array(encoder, textToBytes(message.device, 32));
      break;
    case 'attributes':
      encoding.writeVarString(encoder, message.json);
      break;
    case 'ping': // all is said by its type
      break;
  }
}

/**
 * Null for a message of a later protocol, which is ignored, and for one about a decision, which
 * `decodeSaidByDevice` reads.
 * @throws on invalid bytes: the caller closes with 4400.
 */
export function decodeDeviceMessage(bytes: Uint8Array): FromDevice | null {
  const decoder = decoding.createDecoder(bytes);
  const type = readType(decoder);
  switch (type) {
    case ControlType.hello: {
      const protocol = decoding.readVarUint(decoder);
      const device = bytesToText(decoding.readUint8Array(decoder, 32)) as DeviceKey;
      const nonce = decoding.readUint8Array(decoder, 32).slice();
      const host = decoding.readVarString(decoder);
      const token = decoding.readVarString(decoder);
      const signature = decoding.readUint8Array(decoder, 64).slice();
      return { type: 'hello', protocol, device, nonce, host, token, signature };
    }
    case ControlType.submit:
      return {
        type: 'submit',
        entries: readList(decoder, () => decoding.readVarUint8Array(decoder).slice()),
      };
    case ControlType.available:
      return { type: 'available', available: decoding.readUint8(decoder) === 1 };
    case ControlType.put:
      return {
        type: 'put',
        records: readList(decoder, () => {
          const key = decoding.readVarString(decoder);
          const value = decoding.readVarString(decoder);
          return { key, value, time: decoding.readVarUint(decoder) };
        }),
      };
    case ControlType.offer:
      return {
        type: 'offer',
        rows: readList(decoder, () => decoding.readVarUint8Array(decoder).slice()),
      };
    case ControlType.tokenWanted:
      return { type: 'tokenWanted', room: decoding.readVarString(decoder) };
    case ControlType.linkWanted:
      return { type: 'linkWanted', label: decoding.readVarString(decoder) };
    case ControlType.link: {
      const code = decoding.readVarString(decoder);
      return { type: 'link', code, label: decoding.readVarString(decoder) };
    }
    case ControlType.removeDevice:
      return {
        type: 'removeDevice',
        device: bytesToText(decoding.readUint8Array(decoder, 32)) as DeviceKey,
      };
    case ControlType.attributes:
      return { type: 'attributes', json: decoding.readVarString(decoder) };
    case ControlType.ping:
      return { type: 'ping' };
    default:
      return null;
  }
}
