/**
 * What an entry's body says: one schema per kind, written and read here and nowhere else.
 * Bytes after the known fields are left for newer builds to add to a kind, so they are ignored.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { bytesToText, textToBytes } from '../bytes.ts';
import { type EntryId, type MemberId, type SpaceId, parseSpaceId } from '../ids.ts';
import { Limits } from '../limits.ts';
import { EntryError } from './entry-error.ts';
import { type KindName, Kind, kindName } from './kinds.ts';

/** The page a question was asked from. Empty strings when the asker's page has none. */
export interface Page {
  readonly url: string;
  readonly title: string;
}

/** A body by kind. */
export type Content =
  | {
      readonly kind: 'join';
      /** An encoded grant of the author's device. */ readonly grant: Uint8Array;
    }
  | {
      readonly kind: 'ask';
      /** The 16 random bytes that, with the author's key, make the conversation's id. */
      readonly salt: Uint8Array;
      readonly space: SpaceId;
      readonly text: string;
      readonly page: Page;
      /** BCP 47 language of the asker's screen, such as `fr`. */
      readonly lang: string;
    }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'claim' | 'release' | 'close' | 'reopen' }
  | { readonly kind: 'retract'; readonly target: EntryId }
  | { readonly kind: 'lapse'; /** The claim that ended. */ readonly claim: EntryId }
  | {
      readonly kind: 'merge';
      /** Who they were known as. */ readonly from: MemberId;
      readonly to: MemberId;
    };

/** Content of one kind. */
export type ContentOf<K extends KindName> = Extract<Content, { readonly kind: K }>;

/** The body bytes of `content`. */
export function encodeContent(content: Content): Uint8Array {
  return encoding.encode((encoder) => {
    switch (content.kind) {
      case 'join':
        encoding.writeVarUint8Array(encoder, content.grant);
        break;
      case 'ask':
        encoding.writeUint8Array(encoder, content.salt);
        encoding.writeVarString(encoder, content.space);
        encoding.writeVarString(encoder, content.text);
        encoding.writeVarString(encoder, content.page.url);
        encoding.writeVarString(encoder, content.page.title);
        encoding.writeVarString(encoder, content.lang);
        break;
      case 'say':
        encoding.writeVarString(encoder, content.text);
        break;
      case 'retract':
        encoding.writeUint8Array(encoder, textToBytes(content.target, 16));
        break;
      case 'lapse':
        encoding.writeUint8Array(encoder, textToBytes(content.claim, 16));
        break;
      case 'merge':
        encoding.writeUint8Array(encoder, textToBytes(content.from, 16));
        encoding.writeUint8Array(encoder, textToBytes(content.to, 16));
        break;
      case 'claim':
      case 'release':
      case 'close':
      case 'reopen':
        break;
    }
  });
}

/**
 * Reads the body of a kind.
 * @throws {EntryError} `unknown-kind` for a kind of a newer build, `malformed` for anything off.
 */
export function decodeContent(kind: number, body: Uint8Array): Content {
  const name = kindName(kind);
  if (name === undefined) throw new EntryError('unknown-kind', `kind ${kind}`);
  try {
    return readContent(name, decoding.createDecoder(body));
  } catch (cause) {
    if (cause instanceof EntryError) throw cause;
    throw new EntryError('malformed', `body of ${name}`, { cause });
  }
}

function readContent(kind: KindName, decoder: decoding.Decoder): Content {
  switch (kind) {
    case 'join':
      return { kind, grant: readBytes(decoder, Limits.grantBytes) };
    case 'ask': {
      const salt = decoding.readUint8Array(decoder, 16).slice();
      const space = parseSpaceId(decoding.readVarString(decoder));
      const text = readText(decoder);
      const page = { url: readUrl(decoder), title: readShort(decoder, Limits.titleLength) };
      return { kind, salt, space, text, page, lang: readShort(decoder, 35) };
    }
    case 'say':
      return { kind, text: readText(decoder) };
    case 'retract':
      return { kind, target: bytesToText(decoding.readUint8Array(decoder, 16)) as EntryId };
    case 'lapse':
      return { kind, claim: bytesToText(decoding.readUint8Array(decoder, 16)) as EntryId };
    case 'merge': {
      const from = bytesToText(decoding.readUint8Array(decoder, 16)) as MemberId;
      return { kind, from, to: bytesToText(decoding.readUint8Array(decoder, 16)) as MemberId };
    }
    case 'claim':
    case 'release':
    case 'close':
    case 'reopen':
      return { kind };
  }
}

function readBytes(decoder: decoding.Decoder, longest: number): Uint8Array {
  const bytes = decoding.readVarUint8Array(decoder);
  if (bytes.length > longest) throw new EntryError('too-long', 'bytes');
  return bytes.slice();
}

function readText(decoder: decoding.Decoder): string {
  const text = decoding.readVarString(decoder);
  if (text.length > Limits.textLength) throw new EntryError('too-long', 'text');
  if (!isSayable(text)) throw new EntryError('malformed', 'text');
  return text;
}

function readShort(decoder: decoding.Decoder, longest: number): string {
  const text = decoding.readVarString(decoder);
  if (text.length > longest) throw new EntryError('too-long', 'string');
  return text;
}

/** Only web addresses: a `javascript:` page must never become a link on a helper's screen. */
function readUrl(decoder: decoding.Decoder): string {
  const url = readShort(decoder, Limits.urlLength);
  if (url !== '' && !/^https?:\/\//i.test(url)) throw new EntryError('malformed', 'page address');
  return url;
}

/** Whether a text is something to say: not blank, and no control characters but tab and line feed. */
export function isSayable(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.trim() !== '' && !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text);
}

/** The number of a content's kind. */
export const kindOf = (content: Content): number => Kind[content.kind];
