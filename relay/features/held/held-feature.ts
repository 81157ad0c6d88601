/** What is not for everybody to read, or not yet: its author is told in the transaction of its effect. */
import { bytesToText } from '../../../shared/bytes.ts';
import { textBytes } from '../../../shared/hash.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { DecisionId, EntryId, SpaceId } from '../../../shared/ids.ts';
import type { Feature } from '../../core/feature.ts';
import type { DecisionBook } from '../../core/ports/decision-book.ts';
import { type ForgetHeldOptions, forgetHeld } from './forget-held.ts';

export interface HeldFeatureOptions extends ForgetHeldOptions {
  readonly decisions: DecisionBook;
  /** Whether somebody reads what is written in a space before it is published. */
  readonly readsBeforeIn: (space: SpaceId) => boolean;
  /** The relay's keyed hash. */
  readonly seal: (bytes: Uint8Array) => Uint8Array;
}

/** They speak for the brand: nobody reads what they write first. */
const SPEAKS_FOR_BRAND: ReadonlySet<Role> = new Set([Role.staff, Role.expert, Role.manager]);
const SAID: ReadonlySet<string> = new Set(['ask', 'say']);

export function heldFeature({
  decisions,
  readsBeforeIn,
  seal,
  ...forgetting
}: HeldFeatureOptions): Feature {
  /** The same for the same entry: sent again, it is not decided again. */
  const referenceOf = (what: string, id: EntryId): DecisionId =>
    bytesToText(seal(textBytes(`${what} ${id}`)).subarray(0, 16)) as DecisionId;

  return {
    name: 'held',
    policy: {
      weigh({ content, space, role }) {
        const isRead =
          SAID.has(content.kind) && !SPEAKS_FOR_BRAND.has(role) && readsBeforeIn(space);
        return isRead ? { does: 'hold', rule: 'before', code: 'before' } : null;
      },
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
