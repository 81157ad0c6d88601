/**
 * Control messages about decisions on somebody's words: what was decided, that it was seen, and an appeal.
 * They have a codec of their own, so that a page that only chats is not sent it.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { bytesToText, textToBytes } from '../bytes.ts';
import { encode } from '../encode.ts';
import type { DecisionId, EntryId } from '../ids.ts';
import { Limits } from '../limits.ts';
import type { FromDevice, FromRelay } from './control.ts';
import { oneOf, readList, readType, writeList } from './lists.ts';

/** The numbers of these messages, beside those of `ControlType`. */
export const DecisionType = { decision: 18, decisionSeen: 19, appeal: 20, appealed: 22 } as const;

/** What was decided. On the wire: the index. */
export const DECISIONS = [
  'approved',
  'refused',
  'change-asked',
  'hidden',
  'unhidden',
  'erased',
  'held',
  'blocked',
  'appeal-decided',
] as const;
export type DecisionWhat = (typeof DECISIONS)[number];

/** A decision about somebody's words, as their author is told of it. */
export interface Decision {
  /** The entry; null: the member. */
  readonly id: EntryId | null;
  /** `unknown`: of a later protocol. */
  readonly what: DecisionWhat | 'unknown';
  /** The kind of the rule, or the charter's article; of `appeal-decided`, `granted` or `upheld`. */
  readonly code: string;
  /** What a person wrote to the author; may be empty. */
  readonly reason: string;
  /** When it ends, ms since the epoch; 0: it has no end. */
  readonly until: number;
  /** Whether a machine decided it. */
  readonly automatic: boolean;
  /** The decision's own name: what `decisionSeen` and `appeal` give. */
  readonly reference: DecisionId;
}

export type DecisionFromRelay =
  /** To the author alone; again after each welcome, until the device says that it was seen. */
  | { readonly type: 'decision'; readonly decisions: readonly Decision[] }
  /** The appeal is in the books, or can never be: the device need not send it again. */
  | { readonly type: 'appealed'; readonly reference: DecisionId };

export type DecisionFromDevice =
  | { readonly type: 'decisionSeen'; readonly references: readonly DecisionId[] }
  /** Asks for another look, once a decision. */
  | { readonly type: 'appeal'; readonly reference: DecisionId; readonly text: string };

export type DecisionMessage = DecisionFromRelay | DecisionFromDevice;

/** All that a device may say, and all that a relay may. */
export type SaidByDevice = FromDevice | DecisionFromDevice;
export type SaidByRelay = FromRelay | DecisionFromRelay;

const NOBODY = new Uint8Array(16);

export const isDecisionMessage = (message: { readonly type: string }): message is DecisionMessage =>
  Object.hasOwn(DecisionType, message.type);

export function encodeDecisionMessage(message: DecisionMessage): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeUint8(encoder, DecisionType[message.type]);
    switch (message.type) {
      case 'decision':
        writeList(encoder, message.decisions, (decision) => writeDecision(encoder, decision));
        break;
      case 'decisionSeen':
        writeList(encoder, message.references, (reference) => writeId(encoder, reference));
        break;
      case 'appeal':
        writeId(encoder, message.reference);
        encoding.writeVarString(encoder, message.text);
        break;
      case 'appealed':
        writeId(encoder, message.reference);
        break;
    }
  });
}

/** Null for a message that is not the relay's to say about decisions. @throws as `decodeDecisionFromDevice`. */
export function decodeDecisionFromRelay(bytes: Uint8Array): DecisionFromRelay | null {
  const decoder = decoding.createDecoder(bytes);
  switch (readType(decoder)) {
    case DecisionType.decision:
      return { type: 'decision', decisions: readList(decoder, () => readDecision(decoder)) };
    case DecisionType.appealed:
      return { type: 'appealed', reference: readReference(decoder) };
    default:
      return null;
  }
}

/**
 * Null for a message that is not a device's to say about decisions.
 * @throws on invalid bytes, and on a text over its length.
 */
export function decodeDecisionFromDevice(bytes: Uint8Array): DecisionFromDevice | null {
  const decoder = decoding.createDecoder(bytes);
  switch (readType(decoder)) {
    case DecisionType.decisionSeen:
      return { type: 'decisionSeen', references: readList(decoder, () => readReference(decoder)) };
    case DecisionType.appeal: {
      const reference = readReference(decoder);
      return { type: 'appeal', reference, text: readText(decoder, Limits.reasonLength) };
    }
    default:
      return null;
  }
}

function writeDecision(encoder: encoding.Encoder, decision: Decision): void {
  encoding.writeUint8Array(encoder, decision.id === null ? NOBODY : textToBytes(decision.id, 16));
  encoding.writeUint8(encoder, DECISIONS.indexOf(decision.what as DecisionWhat));
  encoding.writeVarString(encoder, decision.code);
  encoding.writeVarString(encoder, decision.reason);
  encoding.writeVarUint(encoder, decision.until);
  encoding.writeUint8(encoder, decision.automatic ? 1 : 0);
  writeId(encoder, decision.reference);
}

function readDecision(decoder: decoding.Decoder): Decision {
  const id = decoding.readUint8Array(decoder, 16);
  return {
    id: id.every((byte) => byte === 0) ? null : (bytesToText(id) as EntryId),
    what: oneOf<Decision['what']>(DECISIONS, decoding.readUint8(decoder), 'unknown'),
    code: readText(decoder, Limits.codeLength),
    reason: readText(decoder, Limits.reasonLength),
    until: decoding.readVarUint(decoder),
    automatic: decoding.readUint8(decoder) === 1,
    reference: readReference(decoder),
  };
}

const writeId = (encoder: encoding.Encoder, id: DecisionId): void =>
  encoding.writeUint8Array(encoder, textToBytes(id, 16));

const readReference = (decoder: decoding.Decoder): DecisionId =>
  bytesToText(decoding.readUint8Array(decoder, 16)) as DecisionId;

function readText(decoder: decoding.Decoder, most: number): string {
  const text = decoding.readVarString(decoder);
  if (text.length > most) throw new RangeError(`a text of ${text.length}`);
  return text;
}
