/** Forgets decisions when nobody can appeal any more: a recurring job. */
import type { Clock } from '../../core/ports/clock.ts';
import type { JobKind } from '../../core/ports/jobs.ts';
import { writesOf } from '../../core/ports/port.ts';
import { SteadinessCheck } from '../../core/steadiness-check.ts';
import type { DecisionStorage, decisionOps } from './decisions-storage.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The law leaves six months for an appeal. */
const KEPT_DAYS = 190;

const decisionWrite = writesOf<DecisionStorage, typeof decisionOps>('decisions');

/** Looks an hour after the start, and once a day. */
export function forgetDecisions({ clock }: { readonly clock: Clock }): JobKind {
  const steadiness = new SteadinessCheck(clock, HOUR_MS / 2);
  return {
    standing: true,
    longestMs: DAY_MS,
    run: async () => {
      const now = clock.now();
      // By a wrong clock all would be gone for good.
      if (!steadiness.isBelievable()) return { again: now + HOUR_MS };
      const forget = decisionWrite('forgetDecisions', now - KEPT_DAYS * DAY_MS);
      return { writes: [forget], again: now + DAY_MS };
    },
  };
}
