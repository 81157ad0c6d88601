/**
 * Which protocol introduced what the relay sends. A device gets nothing newer than the protocol of its
 * hello. It would ignore it anyway, but an outcome that it cannot read must not look like an answer.
 */
import type { FromRelay } from './control.ts';
import { type Outcome, UNKNOWN_OUTCOME } from './outcome.ts';

const messages: Readonly<Record<FromRelay['type'], number>> = {
  challenge: 1,
  welcome: 1,
  answer: 1,
  keepalive: 1,
  token: 1,
  erased: 1,
  linkCode: 1,
  linked: 1,
};

const outcomes: Readonly<Record<Outcome['type'], number>> = {
  durable: 1,
  duplicate: 1,
  held: 1,
  later: 1,
  refused: 1,
  claimed: 1,
};

/** What a device that speaks `protocol` gets for `message`; null for nothing. */
export function saidTo(protocol: number, message: FromRelay): FromRelay | null {
  if (messages[message.type] > protocol) return null;
  if (message.type !== 'answer') return message;
  if (message.answers.every(({ outcome }) => outcomes[outcome.type] <= protocol)) return message;
  const answers = message.answers.map((answer) =>
    outcomes[answer.outcome.type] <= protocol ? answer : { ...answer, outcome: UNKNOWN_OUTCOME },
  );
  return { ...message, answers };
}
