/** The relay's answer to an entry, by id. Only `later` leaves the entry in the outbox. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encode } from '../encode.ts';
import { bytesToText, textToBytes } from '../bytes.ts';
import type { MemberId } from '../ids.ts';

/** Why an entry was refused for good. */
export const REFUSALS = [
  'too-long',
  'malformed',
  'unknown-version',
  'unknown-kind',
  'bad-key',
  'bad-signature',
  /** It says something that nobody may write: PROTOCOL.md §10. */
  'not-plain',
  /** Its author may not do this here. */
  'forbidden',
  /** The conversation does not exist, or this `ask` does not make its id. */
  'unknown-conversation',
  /** The space does not exist. */
  'unknown-space',
  /** The conversation is full: offer the text as a new one. */
  'full',
  /** It was erased: its id is refused forever. */
  'erased',
  /** Its author is blocked. */
  'blocked',
  /** Its member removed the device. */
  'removed',
  /** The filter found what the brand does not let others read. */
  'moderated',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** Why an entry is not taken now. A reader treats a number that it does not know as `unsaid`. */
export const LaterWhy = {
  /** Too much came from its author, or from the device that brought it. */
  tooMuch: 0,
  /** The relay could not write it: its fault, not the author's. */
  relay: 1,
  /** Its conversation's question is put off. */
  question: 2,
  /** Too much came from the same address or neighbourhood. */
  place: 3,
  /** The answer is one of a later protocol. */
  unsaid: 4,
} as const;
export type LaterWhy = (typeof LaterWhy)[keyof typeof LaterWhy];

export type Outcome =
  /** Committed to disk under this seq. */
  | { readonly type: 'durable'; readonly seq: number }
  /** Was already there. */
  | { readonly type: 'duplicate'; readonly seq: number }
  /** Held until a moderator has read it. */
  | { readonly type: 'held' }
  /** Not taken now: send it again after this many ms. */
  | { readonly type: 'later'; readonly afterMs: number; readonly why?: LaterWhy }
  | { readonly type: 'refused'; readonly code: RefusalCode }
  /** A `claim` that came second: this member has the conversation. */
  | { readonly type: 'claimed'; readonly by: MemberId }
  /** In the relay's books, on disk: it never becomes a row. */
  | { readonly type: 'taken' };

const OutcomeType = {
  durable: 0,
  duplicate: 1,
  held: 2,
  later: 3,
  refused: 4,
  claimed: 5,
  taken: 6,
} as const;

/**
 * How a device treats an outcome of a later protocol: asking again costs little, losing a text costs much.
 */
export const UNKNOWN_OUTCOME: Outcome = {
  type: 'later',
  afterMs: 60_000,
  why: 4, // `LaterWhy.unsaid`; the widget is not sent the others’ names
};

/** The type, then its fields as one blob, so that a reader who does not know the type can skip them. */
export function writeOutcome(encoder: encoding.Encoder, outcome: Outcome): void {
  encoding.writeUint8(encoder, OutcomeType[outcome.type]);
  encoding.writeVarUint8Array(
    encoder,
    encode((fields) => writeFields(fields, outcome)),
  );
}

function writeFields(fields: encoding.Encoder, outcome: Outcome): void {
  switch (outcome.type) {
    case 'durable':
    case 'duplicate':
      encoding.writeVarUint(fields, outcome.seq);
      break;
    case 'later':
      encoding.writeVarUint(fields, outcome.afterMs);
      if (outcome.why !== undefined) encoding.writeUint8(fields, outcome.why);
      break;
    case 'refused':
      encoding.writeVarString(fields, outcome.code);
      break;
    case 'claimed':
      encoding.writeUint8Array(fields, textToBytes(outcome.by, 16));
      break;
    case 'held':
    case 'taken':
      break;
  }
}

/** An outcome that this build does not know is `later`. @throws on invalid bytes. */
export function readOutcome(decoder: decoding.Decoder): Outcome {
  const type = decoding.readUint8(decoder);
  const fields = decoding.createDecoder(decoding.readVarUint8Array(decoder));
  switch (type) {
    case OutcomeType.durable:
      return { type: 'durable', seq: decoding.readVarUint(fields) };
    case OutcomeType.duplicate:
      return { type: 'duplicate', seq: decoding.readVarUint(fields) };
    case OutcomeType.held:
      return { type: 'held' };
    case OutcomeType.later:
      return {
        type: 'later',
        afterMs: decoding.readVarUint(fields),
        ...(decoding.hasContent(fields) && { why: decoding.readUint8(fields) as LaterWhy }),
      };
    case OutcomeType.refused:
      return { type: 'refused', code: decoding.readVarString(fields) as RefusalCode };
    case OutcomeType.claimed:
      return { type: 'claimed', by: bytesToText(decoding.readUint8Array(fields, 16)) as MemberId };
    case OutcomeType.taken:
      return { type: 'taken' };
    default:
      return UNKNOWN_OUTCOME;
  }
}
