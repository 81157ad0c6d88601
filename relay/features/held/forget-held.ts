/** Lets the bytes of what was refused go when nobody can appeal any more: a recurring job. */
import type { HeldStorage } from '../../core/held/held-storage.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { JobKind } from '../../core/ports/jobs.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import { SteadinessCheck } from '../../core/steadiness-check.ts';

const HOUR_MS = 3_600_000;
const AT_ONCE = 500;

export interface ForgetHeldOptions {
  readonly storage: Pick<HeldStorage, 'heldUntil'>;
  readonly committer: Pick<Committer, 'write'>;
  readonly clock: Clock;
  /** Alone with what people decide: what is published meanwhile is not forgotten. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
}

/** Looks once an hour. */
export function forgetHeld({ storage, committer, clock, inTurn }: ForgetHeldOptions): JobKind {
  const steadiness = new SteadinessCheck(clock, HOUR_MS / 2);
  return {
    standing: true,
    longestMs: HOUR_MS,
    run: async () => {
      const now = clock.now();
      // By a wrong clock all would be gone for good.
      if (!steadiness.isBelievable()) return { again: now + HOUR_MS };
      let count = 0;
      await inTurn(async () => {
        const over = await storage.heldUntil(now, AT_ONCE);
        count = over.length;
        if (count === 0) return;
        await committer.write(
          async () => {},
          (batch) => {
            for (const { id, member } of over)
              batch.forget(null, { id, member, staysRefused: true });
          },
        );
      });
      return { again: now + (count === AT_ONCE ? 0 : HOUR_MS) };
    },
  };
}
