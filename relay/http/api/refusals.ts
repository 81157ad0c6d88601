/** Who was let in nowhere, for the log: a line each, and no more lines than a person reads. */
import type { Context } from 'hono';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import type { Log } from '../../core/ports/log.ts';
import type { ApiError } from '../../../shared/api/route/api-error.ts';
import type { Caller } from './rights.ts';

/** Whoever has a session is named; all others share one allowance, so that they fill nothing. */
const RATE = { burst: 60, perSecond: 1 / 5 };
const NOBODY = '';
const LOGGED: ReadonlySet<string> = new Set(['no-session', 'forbidden', 'forbidden-origin']);

export class Refusals {
  readonly #log: Log;
  readonly #rate: TokenBuckets;

  constructor(log: Log, now: () => number) {
    this.#log = log;
    this.#rate = new TokenBuckets(RATE, now);
  }

  /** Logs that a request was refused for who asked. */
  note(error: ApiError, context: Context): void {
    if (!LOGGED.has(error.code)) return;
    const caller = context.get('caller') as Caller | undefined;
    const member = caller?.type === 'desk' ? caller.member.id : NOBODY;
    if (this.#rate.take(member) > 0) return;
    const { method, routePath: route } = context.req;
    this.#log.warn('a request was refused', { method, route, why: error.code, member });
  }
}
