/** What is not for everybody to read, or not yet: its author is told in the transaction of its effect. */
import { bytesToText } from '../../../shared/bytes.ts';
import { textBytes } from '../../../shared/hash.ts';
import type { DecisionId, EntryId } from '../../../shared/ids.ts';
import type { Feature } from '../../core/feature.ts';
import type { DecisionBook } from '../../core/ports/decision-book.ts';
import { type ForgetHeldOptions, forgetHeld } from './forget-held.ts';

export interface HeldFeatureOptions extends ForgetHeldOptions {
  readonly decisions: DecisionBook;
  /** The relay's keyed hash. */
  readonly seal: (bytes: Uint8Array) => Uint8Array;
}

export function heldFeature({ decisions, seal, ...forgetting }: HeldFeatureOptions): Feature {
  /** The same for the same entry: sent again, it is not decided again. */
  const referenceOf = (what: string, id: EntryId): DecisionId =>
    bytesToText(seal(textBytes(`${what} ${id}`)).subarray(0, 16)) as DecisionId;

  return {
    name: 'held',
    policy: {
      found(effect, { finding, entry, conversation }) {
        const { id, space, member } = entry;
        const { does, code, rule } = finding;
        const what = does === 'hold' ? 'held' : 'refused';
        const reference = referenceOf(what, id);
        const by = 'machine';
        const about = { id, conversation, space, member, what, code, rule, by, reference } as const;
        decisions.decide(effect, about);
      },
    },
    jobs: { 'forget-held': forgetHeld(forgetting) },
  };
}
