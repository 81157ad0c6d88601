/**
 * The versions of the wire, and which introduced what the relay sends. A device gets nothing newer than the
 * protocol of its hello. It would ignore it anyway, but an outcome that it cannot read must not look like an
 * answer.
 */
import type { SaidByRelay } from './decision-messages.ts';
import { type Outcome, UNKNOWN_OUTCOME } from './outcome.ts';

/** The version of the wire, which hello carries. It is raised when the relay says something new. */
export const PROTOCOL_VERSION = 2;
/** The oldest client that this relay serves. It closes the socket of an older one with 4426. */
export const MIN_PROTOCOL_VERSION = 1;

const messages: Readonly<Record<SaidByRelay['type'], number>> = {
  challenge: 1,
  welcome: 1,
  answer: 1,
  keepalive: 1,
  token: 1,
  erased: 1,
  linkCode: 1,
  linked: 1,
  decision: 2,
  appealed: 2,
};

const outcomes: Readonly<Record<Outcome['type'], number>> = {
  durable: 1,
  duplicate: 1,
  held: 1,
  later: 1,
  refused: 1,
  claimed: 1,
  taken: 2,
};

/** What a device that speaks `protocol` gets for `message`; null for nothing. */
export function saidTo(protocol: number, message: SaidByRelay): SaidByRelay | null {
  if (messages[message.type] > protocol) return null;
  if (message.type !== 'answer') return message;
  if (message.answers.every(({ outcome }) => outcomes[outcome.type] <= protocol)) return message;
  const answers = message.answers.map((answer) =>
    outcomes[answer.outcome.type] <= protocol ? answer : { ...answer, outcome: UNKNOWN_OUTCOME },
  );
  return { ...message, answers };
}
