/**
 * A state as bytes, so that the relay can open a conversation again without reading its history. The bytes
 * hold its facts: loading them costs a fraction of hashing and decoding the entries, and the state goes on
 * as if it had never stopped, erasures included.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encode } from '../encode.ts';
import { bytesToText, textToBytes } from '../bytes.ts';
import type { Effect } from '../entry/schema/effect.ts';
import { hiddenQuestion, page, spaceId } from '../entry/schema/field.ts';
import { parseRole } from '../grant/roles.ts';
import type { DeviceKey, EntryId, MemberId } from '../ids.ts';
import type { SpaceMode } from '../space-mode.ts';
import { ConversationState } from './conversation-state.ts';
import type { Author } from './fact.ts';

/** Raised whenever the same rows come to another state, or to other bytes. */
export const STATE_VERSION = 3;

/** Which parts of an effect are there, one bit each. */
const Part = {
  readable: 1,
  asks: 2,
  says: 4,
  claims: 8,
  frees: 16,
  closes: 32,
  reopens: 64,
  withdraws: 128,
  ends: 256,
  unites: 512,
  hides: 1_024,
  unhides: 2_048,
} as const;

/** An id as text, in characters. */
const ID_TEXT = 22;

type Encoder = encoding.Encoder;
type Decoder = decoding.Decoder;

export function encodeState(state: ConversationState): Uint8Array<ArrayBuffer> {
  const facts = [...state.rows, ...state.doubles];
  const authors = new Map<Author, number>();
  for (const { author } of facts) if (!authors.has(author)) authors.set(author, authors.size);
  return encode((encoder) => {
    encoding.writeVarUint(encoder, STATE_VERSION);
    encoding.writeVarUint(encoder, authors.size);
    for (const { device, member, role } of authors.keys()) {
      encoding.writeVarString(encoder, device);
      writeId(encoder, member);
      encoding.writeUint8(encoder, role);
    }
    encoding.writeVarUint(encoder, facts.length);
    // All in one text: reading it at once and cutting it costs a tenth.
    encoding.writeVarString(encoder, facts.map(({ id }) => id).join(''));
    let before = 0;
    for (const fact of facts) {
      encoding.writeVarUint(encoder, fact.seq);
      encoding.writeVarUint(encoder, fact.place);
      encoding.writeVarInt(encoder, fact.received - before);
      encoding.writeVarUint(encoder, fact.received - fact.time);
      before = fact.received;
      encoding.writeVarUint(encoder, authors.get(fact.author) ?? 0);
      encoding.writeUint8(encoder, fact.mode);
      encoding.writeVarUint(encoder, fact.bytes);
      writeEffect(encoder, fact.effect);
    }
  });
}

/** The state of these bytes, or null when another version wrote them. */
export function decodeState(bytes: Uint8Array): ConversationState | null {
  const decoder = decoding.createDecoder(bytes);
  if (decoding.readVarUint(decoder) !== STATE_VERSION) return null;
  const authors = Array.from({ length: decoding.readVarUint(decoder) }, (): Author => ({
    device: decoding.readVarString(decoder) as DeviceKey,
    member: readId<MemberId>(decoder),
    role: parseRole(decoding.readUint8(decoder)),
  }));
  const state = new ConversationState();
  const count = decoding.readVarUint(decoder);
  const ids = decoding.readVarString(decoder);
  let before = 0;
  for (let index = 0; index < count; index++) {
    const id = ids.slice(index * ID_TEXT, (index + 1) * ID_TEXT) as EntryId;
    const seq = decoding.readVarUint(decoder);
    const place = decoding.readVarUint(decoder);
    const received = before + decoding.readVarInt(decoder);
    const time = received - decoding.readVarUint(decoder);
    const author = authors[decoding.readVarUint(decoder)]!;
    const mode = decoding.readUint8(decoder) as SpaceMode;
    const size = decoding.readVarUint(decoder);
    before = received;
    const effect = readEffect(decoder);
    state.add({ id, seq, place, received, time, author, mode, bytes: size, effect });
  }
  return state;
}

const writeId = (encoder: Encoder, id: string): void =>
  encoding.writeUint8Array(encoder, textToBytes(id, 16));
const readId = <T extends string>(decoder: Decoder): T =>
  bytesToText(decoding.readUint8Array(decoder, 16)) as T;

function writeEffect(encoder: Encoder, effect: Effect | null): void {
  let parts = effect ? Part.readable : 0;
  for (const name in effect) parts |= Part[name as keyof Effect];
  encoding.writeVarUint(encoder, parts);
  if (!effect) return;
  if (effect.asks) {
    spaceId.write(encoder, effect.asks.space);
    page.write(encoder, effect.asks.page);
    encoding.writeVarString(encoder, effect.asks.lang);
  }
  if (effect.says !== undefined) encoding.writeVarString(encoder, effect.says);
  if (effect.withdraws) writeId(encoder, effect.withdraws);
  if (effect.ends) writeId(encoder, effect.ends);
  if (effect.unites) {
    writeId(encoder, effect.unites.from);
    writeId(encoder, effect.unites.to);
  }
  if (effect.hides) {
    writeId(encoder, effect.hides.target);
    const { question } = effect.hides;
    const rest = encode((bytes) => hiddenQuestion.write(bytes, question));
    encoding.writeVarUint8Array(encoder, rest);
  }
  if (effect.unhides) writeId(encoder, effect.unhides);
}

function readEffect(decoder: Decoder): Effect | null {
  const parts = decoding.readVarUint(decoder);
  if ((parts & Part.readable) === 0) return null;
  const effect: { -readonly [Name in keyof Effect]: Effect[Name] } = {};
  if (parts & Part.asks) {
    const space = spaceId.read(decoder);
    effect.asks = { space, page: page.read(decoder), lang: decoding.readVarString(decoder) };
  }
  if (parts & Part.says) effect.says = decoding.readVarString(decoder);
  if (parts & Part.claims) effect.claims = true;
  if (parts & Part.frees) effect.frees = true;
  if (parts & Part.closes) effect.closes = true;
  if (parts & Part.reopens) effect.reopens = true;
  if (parts & Part.withdraws) effect.withdraws = readId(decoder);
  if (parts & Part.ends) effect.ends = readId(decoder);
  if (parts & Part.unites) effect.unites = { from: readId(decoder), to: readId(decoder) };
  if (parts & Part.hides) {
    const target = readId<EntryId>(decoder);
    const rest = decoding.readVarUint8Array(decoder);
    const question = hiddenQuestion.read(decoding.createDecoder(rest));
    effect.hides = { target, ...(question && { question }) };
  }
  if (parts & Part.unhides) effect.unhides = readId(decoder);
  return effect;
}
