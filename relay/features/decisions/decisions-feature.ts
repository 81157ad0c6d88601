/** Decisions on the wire: their author's devices hear of them, say that they were seen, and appeal. */
import type { MemberId } from '../../../shared/ids.ts';
import type { DecisionFromRelay } from '../../../shared/protocol/decision-messages.ts';
import type { Feature } from '../../core/feature.ts';
import type { Memory } from '../../core/memory/memory.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import { type Decisions, toldOf } from './decisions.ts';
import { forgetDecisions } from './forget-decisions.ts';

export interface DecisionsFeatureOptions {
  readonly decisions: Decisions;
  /** Tells those connections, as far as they are open. */
  readonly tell: (whose: Whose, message: DecisionFromRelay) => void;
  readonly clock: Clock;
  readonly memory?: Memory | undefined;
  readonly log: Log;
}

/** All connections of a member, or one. */
export type Whose = { readonly member: MemberId } | { readonly connection: string };

/** A device that was away for long says it all at once. What is more than that waits for its next welcome. */
const SAID = { burst: 60, perSecond: 1 };

export function decisionsFeature(options: DecisionsFeatureOptions): Feature {
  const { decisions, tell, clock, log, memory } = options;
  const said = new TokenBuckets(SAID, clock.steady, memory);

  const tellUnseen = async (connection: string, member: MemberId): Promise<void> => {
    const unseen = await decisions.unseen(member);
    if (unseen.length > 0) tell({ connection }, { type: 'decision', decisions: unseen });
  };

  return {
    name: 'decisions',
    control: {
      async decisionSeen({ references }, { device, member }) {
        if (said.take(device) === 0) await decisions.seen(member, references);
      },
      async appeal({ reference, text }, from) {
        if (said.take(from.device) > 0) return;
        await decisions.appeal(reference, from.member, text);
        from.say({ type: 'appealed', reference });
      },
    },
    events: {
      'entry-decided': ({ decision }) =>
        tell({ member: decision.member }, { type: 'decision', decisions: [toldOf(decision)] }),
      connected({ connection, member }) {
        tellUnseen(connection, member.id).catch((error: unknown) =>
          log.error('a device is not told what was decided', error),
        );
      },
    },
    jobs: { 'forget-decisions': forgetDecisions({ clock }) },
  };
}
