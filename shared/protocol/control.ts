/**
 * Control messages: the `data` of channel 0. Hello proves both ends to each other; then entries are
 * submitted and answered. PROTOCOL.md §5 and §6 say the order.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { bytesToText, concatBytes, textToBytes } from '../bytes.ts';
import { domainPrefix } from '../domain.ts';
import { textBytes } from '../hash.ts';
import type { DeviceKey, EntryId, Fingerprint, MemberId } from '../ids.ts';
import { type Outcome, readOutcome, writeOutcome } from './outcome.ts';

/** Longer lists are nobody's: empty items would cost memory before anyone counts them. */
const MOST_ITEMS = 1_000;

const ControlType = {
  challenge: 0,
  hello: 1,
  welcome: 2,
  submit: 3,
  answer: 4,
  keepalive: 5,
  available: 6,
  put: 7,
  offer: 8,
  tokenWanted: 9,
  token: 10,
  erased: 11,
  linkWanted: 12,
  linkCode: 13,
  link: 14,
  linked: 15,
  removeDevice: 16,
  attributes: 17,
} as const;

/** What the relay made of the brand's token in a hello. On the wire: the index. */
const IDENTITIES = ['none', 'accepted', 'expired', 'refused'] as const;
export type IdentityOutcome = (typeof IDENTITIES)[number];

/** What became of a linking code that a device gave. On the wire: the index. */
const LINKS = ['linked', 'unknown', 'later', 'full', 'other'] as const;
/**
 * `unknown`: no such code, or no longer. `later`: too many tries. `full`: the member has all the
 * devices they may. `other`: this device belongs to somebody else
 * already: to a member of the desk, or to another customer that the brand has named.
 */
export type LinkOutcome = (typeof LINKS)[number];

/** `blockedUntil` of somebody who is blocked without an end. */
export const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** A member's private record (canned reply, setting, marker): newest `time` wins, then device. */
export interface PrivateRecord {
  readonly key: string;
  /** JSON text; empty removes the record. */
  readonly value: string;
  readonly time: number;
}

export type Control =
  /** Relay, first: who it says it is, and its nonce. */
  | {
      readonly type: 'challenge';
      readonly protocol: number;
      readonly minProtocol: number;
      readonly relayKey: Uint8Array;
      readonly nonce: Uint8Array;
      readonly time: number;
    }
  /** Device: who it is, signed over both nonces. `token` is the brand's JWT, or empty. */
  | {
      readonly type: 'hello';
      readonly protocol: number;
      readonly device: DeviceKey;
      readonly nonce: Uint8Array;
      readonly host: string;
      readonly token: string;
      readonly signature: Uint8Array;
    }
  /** Relay: proved in turn. `grant` is empty for a device that has none. */
  | {
      readonly type: 'welcome';
      readonly member: MemberId;
      readonly grant: Uint8Array;
      readonly time: number;
      readonly signature: Uint8Array;
      /** When this device may write again, ms since the epoch; 0 if it may, `FOR_EVER` if never. */
      readonly blockedUntil: number;
      readonly identity: IdentityOutcome;
    }
  | { readonly type: 'submit'; readonly entries: readonly Uint8Array[] }
  | {
      readonly type: 'answer';
      readonly answers: readonly { readonly id: EntryId; readonly outcome: Outcome }[];
    }
  /** Relay, every 20 s: it is alive, and its time. */
  | { readonly type: 'keepalive'; readonly time: number }
  /** Device of a helper: whether questions may be brought to them. */
  | { readonly type: 'available'; readonly available: boolean }
  /** Device: its member's private records; they come back as rows of the member's room. */
  | { readonly type: 'put'; readonly records: readonly PrivateRecord[] }
  /** Device: rows, with receipts, that this relay lacks since it was restored from a backup. Answered like a submit. */
  | { readonly type: 'offer'; readonly rows: readonly Uint8Array[] }
  /** Device: wants a token that opens one room at its own path for 5 minutes. */
  | { readonly type: 'tokenWanted'; readonly room: string }
  | { readonly type: 'token'; readonly room: string; readonly token: string }
  /** Relay: entries to forget wherever they are kept. */
  | { readonly type: 'erased'; readonly ids: readonly EntryId[] }
  /** Device: wants a short code with which another device joins its member. `label`: what it calls itself. */
  | { readonly type: 'linkWanted'; readonly label: string }
  /** Relay: the code, good once and until `expires`; empty when the member has all the devices they may. */
  | { readonly type: 'linkCode'; readonly code: string; readonly expires: number }
  /** Device: joins the member whose device was given this code. */
  | { readonly type: 'link'; readonly code: string; readonly label: string }
  /** Relay: what became of it. After `linked` it closes with 1001: the device comes back as that member. */
  | { readonly type: 'linked'; readonly outcome: LinkOutcome }
  /** Device: cuts a device of its own member off. */
  | { readonly type: 'removeDevice'; readonly device: DeviceKey }
  /** Device: what the page tells helpers of the visitor, as a JSON object of texts; kept nowhere. */
  | { readonly type: 'attributes'; readonly json: string };

export function encodeControl(message: Control): Uint8Array<ArrayBuffer> {
  return encoding.encode((encoder) => {
    encoding.writeUint8(encoder, ControlType[message.type]);
    writeControl(encoder, message);
  });
}

function writeControl(encoder: encoding.Encoder, message: Control): void {
  switch (message.type) {
    case 'challenge':
      encoding.writeVarUint(encoder, message.protocol);
      encoding.writeVarUint(encoder, message.minProtocol);
      encoding.writeUint8Array(encoder, message.relayKey);
      encoding.writeUint8Array(encoder, message.nonce);
      encoding.writeVarUint(encoder, message.time);
      break;
    case 'hello':
      encoding.writeVarUint(encoder, message.protocol);
      encoding.writeUint8Array(encoder, textToBytes(message.device, 32));
      encoding.writeUint8Array(encoder, message.nonce);
      encoding.writeVarString(encoder, message.host);
      encoding.writeVarString(encoder, message.token);
      encoding.writeUint8Array(encoder, message.signature);
      break;
    case 'welcome':
      encoding.writeUint8Array(encoder, textToBytes(message.member, 16));
      encoding.writeVarUint8Array(encoder, message.grant);
      encoding.writeVarUint(encoder, message.time);
      encoding.writeUint8Array(encoder, message.signature);
      encoding.writeVarUint(encoder, message.blockedUntil);
      encoding.writeUint8(encoder, IDENTITIES.indexOf(message.identity));
      break;
    case 'submit':
      writeList(encoder, message.entries, (bytes) => encoding.writeVarUint8Array(encoder, bytes));
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
    case 'token':
      encoding.writeVarString(encoder, message.room);
      encoding.writeVarString(encoder, message.token);
      break;
    case 'erased':
      writeList(encoder, message.ids, (id) =>
        encoding.writeUint8Array(encoder, textToBytes(id, 16)),
      );
      break;
    case 'linkWanted':
      encoding.writeVarString(encoder, message.label);
      break;
    case 'linkCode':
      encoding.writeVarString(encoder, message.code);
      encoding.writeVarUint(encoder, message.expires);
      break;
    case 'link':
      encoding.writeVarString(encoder, message.code);
      encoding.writeVarString(encoder, message.label);
      break;
    case 'linked':
      encoding.writeUint8(encoder, LINKS.indexOf(message.outcome));
      break;
    case 'removeDevice':
      encoding.writeUint8Array(encoder, textToBytes(message.device, 32));
      break;
    case 'attributes':
      encoding.writeVarString(encoder, message.json);
      break;
  }
}

/** @throws on bytes that are no control message: the caller closes with 4400. */
export function decodeControl(bytes: Uint8Array): Control {
  const decoder = decoding.createDecoder(bytes);
  const type = decoding.readUint8(decoder);
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
    case ControlType.hello: {
      const protocol = decoding.readVarUint(decoder);
      const device = bytesToText(decoding.readUint8Array(decoder, 32)) as DeviceKey;
      const nonce = decoding.readUint8Array(decoder, 32).slice();
      const host = decoding.readVarString(decoder);
      const token = decoding.readVarString(decoder);
      const signature = decoding.readUint8Array(decoder, 64).slice();
      return { type: 'hello', protocol, device, nonce, host, token, signature };
    }
    case ControlType.welcome: {
      const member = bytesToText(decoding.readUint8Array(decoder, 16)) as MemberId;
      const grant = decoding.readVarUint8Array(decoder).slice();
      const time = decoding.readVarUint(decoder);
      const signature = decoding.readUint8Array(decoder, 64).slice();
      const blockedUntil = decoding.readVarUint(decoder);
      const identity = oneOf(IDENTITIES, decoding.readUint8(decoder));
      return { type: 'welcome', member, grant, time, signature, blockedUntil, identity };
    }
    case ControlType.submit:
      return {
        type: 'submit',
        entries: readList(decoder, () => decoding.readVarUint8Array(decoder).slice()),
      };
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
    case ControlType.token: {
      const room = decoding.readVarString(decoder);
      return { type: 'token', room, token: decoding.readVarString(decoder) };
    }
    case ControlType.erased:
      return {
        type: 'erased',
        ids: readList(decoder, () => bytesToText(decoding.readUint8Array(decoder, 16)) as EntryId),
      };
    case ControlType.linkWanted:
      return { type: 'linkWanted', label: decoding.readVarString(decoder) };
    case ControlType.linkCode: {
      const code = decoding.readVarString(decoder);
      return { type: 'linkCode', code, expires: decoding.readVarUint(decoder) };
    }
    case ControlType.link: {
      const code = decoding.readVarString(decoder);
      return { type: 'link', code, label: decoding.readVarString(decoder) };
    }
    case ControlType.linked:
      return { type: 'linked', outcome: oneOf(LINKS, decoding.readUint8(decoder)) };
    case ControlType.removeDevice:
      return {
        type: 'removeDevice',
        device: bytesToText(decoding.readUint8Array(decoder, 32)) as DeviceKey,
      };
    case ControlType.attributes:
      return { type: 'attributes', json: decoding.readVarString(decoder) };
    default:
      throw new RangeError(`control message ${type}`);
  }
}

function oneOf<T>(all: readonly T[], index: number): T {
  const found = all[index];
  if (found === undefined) throw new RangeError(`${index} of ${all.length}`);
  return found;
}

function writeList<T>(
  encoder: encoding.Encoder,
  items: readonly T[],
  write: (item: T) => void,
): void {
  encoding.writeVarUint(encoder, items.length);
  items.forEach(write);
}

/** Reads item by item, so a length that lies runs into the end of the bytes, not into memory. */
function readList<T>(decoder: decoding.Decoder, read: () => T): T[] {
  const length = decoding.readVarUint(decoder);
  if (length > MOST_ITEMS) throw new RangeError(`${length} items`);
  const items: T[] = [];
  for (let index = 0; index < length; index++) items.push(read());
  return items;
}

/** What the device signs in its hello. The host is the one it dialled: a hello passed on by another host fails. */
export function helloSignedBytes(
  community: Fingerprint,
  hello: {
    readonly relayNonce: Uint8Array;
    readonly nonce: Uint8Array;
    readonly relayKey: Uint8Array;
    readonly host: string;
    readonly token: string;
  },
): Uint8Array<ArrayBuffer> {
  const said = textBytes(`${hello.host}\n${hello.token}`);
  return concatBytes(
    domainPrefix('hello', community),
    hello.relayNonce,
    hello.nonce,
    hello.relayKey,
    said,
  );
}

/** What the relay signs in its welcome, with the community's key. */
export function welcomeSignedBytes(
  community: Fingerprint,
  welcome: {
    readonly relayNonce: Uint8Array;
    readonly nonce: Uint8Array;
    readonly device: DeviceKey;
    readonly member: MemberId;
    readonly time: number;
  },
): Uint8Array<ArrayBuffer> {
  const said = textBytes(`${welcome.member}\n${welcome.time}`);
  return concatBytes(
    domainPrefix('welcome', community),
    welcome.relayNonce,
    welcome.nonce,
    textToBytes(welcome.device, 32),
    said,
  );
}
