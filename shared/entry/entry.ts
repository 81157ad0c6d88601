/**
 * The signed entry: one immutable thing that somebody did. It is a fixed header, a body and a signature;
 * protocol/PROTOCOL.md §2 has the bytes. Everybody keeps and passes on an entry as the bytes that its
 * author signed; everything else here is read from them.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { bytesToText, concatBytes, textToBytes } from '../bytes.ts';
import { domainPrefix } from '../domain.ts';
import { shortHash } from '../hash.ts';
import type { ConversationId, DeviceKey, EntryId, Fingerprint } from '../ids.ts';
import { Limits } from '../limits.ts';
import { type Content, decodeContent, encodeContent, kindOf } from './content.ts';
import { EntryError } from './schema/entry-error.ts';

/** Version of the header this build writes and reads. */
export const ENTRY_VERSION = 1;
export const SIGNATURE_LENGTH = 64;
const NONCE_LENGTH = 8;
const HEADER_LENGTH = 1 + 1 + 16 + 32 + 8 + NONCE_LENGTH;

/** An entry as read from its bytes. Its signature is not checked yet: see `verifyEntry`. */
export interface Entry {
  readonly id: EntryId;
  /** The kind's number; `contentOf` reads its name and body. */
  readonly kind: number;
  readonly conversation: ConversationId;
  readonly author: DeviceKey;
  /** When the author's device says it was made, in ms since the epoch. */
  readonly time: number;
  readonly body: Uint8Array;
  /** The whole entry as its author signed it, signature included. */
  readonly bytes: Uint8Array;
}

/** What an author fills in; the rest of the header is constant or derived. */
export interface Draft {
  readonly conversation: ConversationId;
  readonly author: DeviceKey;
  readonly time: number;
  readonly content: Content;
  /** 8 random bytes, so that the same words twice in a millisecond are two entries. */
  readonly nonce: Uint8Array;
}

/** The entry's bytes up to its signature. */
export function encodeUnsigned(draft: Draft): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, ENTRY_VERSION);
  encoding.writeUint8(encoder, kindOf(draft.content));
  encoding.writeUint8Array(encoder, textToBytes(draft.conversation, 16));
  encoding.writeUint8Array(encoder, textToBytes(draft.author, 32));
  encoding.writeBigUint64(encoder, BigInt(draft.time));
  encoding.writeUint8Array(encoder, draft.nonce);
  encoding.writeUint8Array(encoder, encodeContent(draft.content));
  return encoding.toUint8Array(encoder);
}

/** What is signed: the community's domain, then the entry up to its signature. */
export function signedBytes(unsigned: Uint8Array, community: Fingerprint): Uint8Array<ArrayBuffer> {
  return concatBytes(domainPrefix('entry', community), unsigned);
}

/** The entry's id, from its bytes (of any version). */
export function entryIdOf(bytes: Uint8Array, community: Fingerprint): EntryId {
  const unsigned = bytes.subarray(0, bytes.length - SIGNATURE_LENGTH);
  return bytesToText(shortHash(signedBytes(unsigned, community))) as EntryId;
}

/**
 * Reads an entry's header and finds its body.
 * @throws {EntryError} `too-long`, `malformed`, or `unknown-version` for a header of a newer build.
 */
export function decodeEntry(bytes: Uint8Array, community: Fingerprint): Entry {
  if (bytes.length > Limits.entryBytes) throw new EntryError('too-long', `${bytes.length} bytes`);
  if (bytes.length < HEADER_LENGTH + SIGNATURE_LENGTH)
    throw new EntryError('malformed', 'too short');
  if (bytes[0] !== ENTRY_VERSION) throw new EntryError('unknown-version', `version ${bytes[0]}`);
  const decoder = decoding.createDecoder(bytes);
  decoder.pos = 1;
  const kind = decoding.readUint8(decoder);
  const conversation = bytesToText(decoding.readUint8Array(decoder, 16)) as ConversationId;
  const author = bytesToText(decoding.readUint8Array(decoder, 32)) as DeviceKey;
  const time = Number(decoding.readBigUint64(decoder));
  if (!Number.isSafeInteger(time)) throw new EntryError('malformed', 'time');
  const body = bytes.subarray(HEADER_LENGTH, bytes.length - SIGNATURE_LENGTH);
  return { id: entryIdOf(bytes, community), kind, conversation, author, time, body, bytes };
}

/** The author's key in an entry's bytes, which are whole. */
export const authorKeyIn = (bytes: Uint8Array): Uint8Array => bytes.subarray(18, 50);

/**
 * The entry's body by its kind.
 * @throws {EntryError} `unknown-kind`, `too-long` or `malformed`.
 */
export const contentOf = (entry: Entry): Content => decodeContent(entry.kind, entry.body);
