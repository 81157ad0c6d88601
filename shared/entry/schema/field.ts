/**
 * The fields of entry bodies: how each is written, read and checked. Lengths are checked before anything
 * is made from the bytes.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { bytesToText, textToBytes } from '../../bytes.ts';
import { type Role, parseRole } from '../../grant/roles.ts';
import {
  type DeviceKey,
  type EntryId,
  type MemberId,
  type SpaceId,
  parseSpaceId,
} from '../../ids.ts';
import { Limits } from '../../limits.ts';
import type { SpaceMode } from '../../space-mode.ts';
import { EntryError } from './entry-error.ts';

/** One field of a body. The last ones may be left out: they are `undefined` then. */
export interface Field<T> {
  write(encoder: encoding.Encoder, value: T): void;
  /** @throws if the bytes are not such a field. */
  read(decoder: decoding.Decoder): T;
}

/** The page a question was asked from. Empty strings when the asker's page has none. */
export interface Page {
  readonly url: string;
  readonly title: string;
}

function text<T extends string>(read: (text: string) => T): Field<T> {
  return {
    write: encoding.writeVarString,
    read: (decoder) => read(decoding.readVarString(decoder)),
  };
}

const id = <T extends string>(): Field<T> => ({
  write: (encoder, value) => encoding.writeUint8Array(encoder, textToBytes(value, 16)),
  read: (decoder) => bytesToText(decoding.readUint8Array(decoder, 16)) as T,
});

/** Checks a text's length. */
function atMost(longest: number, value: string): string {
  if (value.length > longest) throw new EntryError('too-long', 'text');
  return value;
}

/** Only web addresses: a `javascript:` page must never become a link on a helper's screen. */
function webAddress(value: string): string {
  const url = atMost(Limits.urlLength, value);
  if (url !== '' && !/^https?:\/\//i.test(url)) throw new EntryError('malformed', 'page address');
  return url;
}

/**
 * What somebody says. Reading it asks little, and the same of every build: what may be written is judged
 * once, when the relay takes it (`../writable.ts`).
 */
export const words: Field<string> = text((value) => {
  const said = atMost(Limits.textLength, value);
  if (said.trim() === '') throw new EntryError('malformed', 'text');
  return said;
});

/** What a person adds to an act, if they wish; empty when they do not. */
export const note: Field<string> = text((value) => atMost(Limits.noteLength, value));

/** A BCP 47 language, such as `fr`. */
export const language: Field<string> = text((value) => atMost(35, value));

export const spaceId: Field<SpaceId> = text(parseSpaceId);
export const entryId: Field<EntryId> = id();
export const memberId: Field<MemberId> = id();

/** One of a few: each kind says what its numbers mean, and what one of a later build does. */
export const u8: Field<number> = { write: encoding.writeUint8, read: decoding.readUint8 };

/** 16 bytes. */
export const bytes16: Field<Uint8Array> = {
  write: encoding.writeUint8Array,
  read: (decoder) => decoding.readUint8Array(decoder, 16).slice(),
};

/** What is left of a question that is hidden: without it nobody would know whose conversation this is, and where. */
export interface HiddenQuestion {
  readonly device: DeviceKey;
  readonly member: MemberId;
  readonly role: Role;
  readonly mode: SpaceMode;
  readonly received: number;
  readonly time: number;
  readonly space: SpaceId;
  readonly lang: string;
}

/** Undefined for any other message. */
export const hiddenQuestion: Field<HiddenQuestion | undefined> = {
  write(encoder, value) {
    if (value === undefined) return;
    encoding.writeUint8Array(encoder, textToBytes(value.device, 32));
    memberId.write(encoder, value.member);
    for (const number of [value.role, value.mode, value.received, value.time])
      encoding.writeVarUint(encoder, number);
    spaceId.write(encoder, value.space);
    language.write(encoder, value.lang);
  },
  read(decoder) {
    if (!decoding.hasContent(decoder)) return undefined;
    return {
      device: bytesToText(decoding.readUint8Array(decoder, 32)) as DeviceKey,
      member: memberId.read(decoder),
      role: parseRole(decoding.readVarUint(decoder)),
      mode: decoding.readVarUint(decoder) as SpaceMode,
      received: decoding.readVarUint(decoder),
      time: decoding.readVarUint(decoder),
      space: spaceId.read(decoder),
      lang: language.read(decoder),
    };
  },
};

/** Bytes, up to a maximum. */
export const blob = (longest: number): Field<Uint8Array> => ({
  write: encoding.writeVarUint8Array,
  read(decoder) {
    const bytes = decoding.readVarUint8Array(decoder);
    if (bytes.length > longest) throw new EntryError('too-long', 'bytes');
    return bytes.slice();
  },
});

/**
 * The entry that a message answers. Anything shorter is nothing: an entry that was taken once must not
 * become unreadable by the bytes behind it.
 */
export const quoted: Field<EntryId | undefined> = {
  write(encoder, value) {
    if (value === undefined) return;
    entryId.write(encoder, value);
    encoding.writeUint8(encoder, 0);
  },
  read(decoder) {
    if (decoder.arr.length - decoder.pos < 17) return undefined;
    const id = entryId.read(decoder);
    decoder.pos++; // a reply, or an addition: both are shown alike
    return /^A+$/.test(id) ? undefined : id; // zeros are nothing
  },
};

export const page: Field<Page> = {
  write(encoder, { url, title }) {
    encoding.writeVarString(encoder, url);
    encoding.writeVarString(encoder, title);
  },
  read(decoder) {
    const url = webAddress(decoding.readVarString(decoder));
    return { url, title: atMost(Limits.titleLength, decoding.readVarString(decoder)) };
  },
};
