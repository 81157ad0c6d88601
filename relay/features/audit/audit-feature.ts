/** Says each day where the audit ends: who keeps the logs elsewhere can tell later whether it was cut. */
import type { Feature } from '../../core/feature.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import { headText } from '../../core/audit/chain.ts';
import type { Audit } from './audit.ts';

const DAY_MS = 24 * 3_600_000;

export const auditFeature = (
  audit: Pick<Audit, 'head'>,
  { clock, log }: { readonly clock: Pick<Clock, 'now'>; readonly log: Log },
): Feature => ({
  name: 'audit',
  jobs: {
    'tell-audit': {
      standing: true,
      async run() {
        const head = await audit.head();
        if (head) log.info('the audit ends here', { end: headText(head) });
        return { again: clock.now() + DAY_MS };
      },
    },
  },
});
