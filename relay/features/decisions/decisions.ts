/** Decisions about people's words: written with their effect, and told to their authors until they are seen. */
import { bytesToText } from '../../../shared/bytes.ts';
import type { DecisionId, MemberId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import type { Decision } from '../../../shared/protocol/decision-messages.ts';
import { cutText } from '../../../shared/text/cut-text.ts';
import { cleanText } from '../../../shared/text/plain-text.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DecisionBook, Effect } from '../../core/ports/decision-book.ts';
import type { Deciding, MadeDecision } from '../../core/ports/decisions.ts';
import type { Platform } from '../../core/ports/platform.ts';
import { writesOf } from '../../core/ports/port.ts';
import type { DecisionStorage, StoredDecision, decisionOps } from './decisions-storage.ts';

export interface DecisionsOptions {
  readonly storage: DecisionStorage;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Platform['random'];
}

const decisionWrite = writesOf<DecisionStorage, typeof decisionOps>('decisions');

/** What a device is told of at once. */
const MOST_TOLD = 100;

export class Decisions implements DecisionBook {
  readonly #options: DecisionsOptions;

  constructor(options: DecisionsOptions) {
    this.#options = options;
  }

  decide(effect: Effect, deciding: Deciding): MadeDecision {
    const { clock, random } = this.#options;
    const decision: MadeDecision = {
      reference: bytesToText(random(16)) as DecisionId,
      rule: '',
      until: 0,
      ...deciding,
      code: cutText(deciding.code, Limits.codeLength),
      reason: cutText(deciding.reason ?? '', Limits.reasonLength),
      at: clock.now(),
    };
    effect.write(decisionWrite('addDecision', decision));
    effect.tell({ type: 'entry-decided', decision });
    return decision;
  }

  /** What a member has not seen yet, as it is told. */
  async unseen(member: MemberId): Promise<readonly Decision[]> {
    const found = await this.#options.storage.unseenDecisions(member, MOST_TOLD);
    return found.map(toldOf);
  }

  async seen(member: MemberId, references: readonly DecisionId[]): Promise<void> {
    if (references.length > 0) await this.#options.storage.decisionsSeen(member, references);
  }

  /** Whether it was taken: the first to a decision, by whom that is about. */
  appeal(reference: DecisionId, member: MemberId, text: string): Promise<boolean> {
    const { storage, clock } = this.#options;
    return storage.appealDecision({ reference, member, text: cleanText(text), at: clock.now() });
  }

  /** Null for one that is forgotten. */
  async find(reference: DecisionId): Promise<StoredDecision | null> {
    return (await this.#options.storage.decision(reference)) ?? null;
  }
}

/** What its author learns of a decision: never the rule, nor who decided. */
export const toldOf = (decision: MadeDecision): Decision => {
  const { id, what, code, reason, until, by, reference } = decision;
  return { id, what, code, reason, until, automatic: by === 'machine', reference };
};
