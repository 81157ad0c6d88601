/** Notices of what is unlawful: anybody sends one, the brand's people decide. */
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import { textBytes } from '../../../shared/hash.ts';
import type { Acting } from '../../core/audit/acts.ts';
import type { Feature } from '../../core/feature.ts';
import { addressNames, networkHash, networksOf } from '../../core/limits/networks.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import type { Seal } from '../../core/ports/authority.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Platform } from '../../core/ports/platform.ts';
import type { Notice, NoticeDecision, NoticeStorage, StoredNotice } from './notices-storage.ts';

export interface NoticesOptions {
  readonly storage: Acting<NoticeStorage>;
  readonly platform: Pick<Platform, 'clock' | 'random'>;
  readonly seal: Seal;
  readonly log: Log;
}

/** What became of a notice that was sent. */
export type Sent =
  | { readonly type: 'kept'; readonly reference: string; readonly at: number }
  | { readonly type: 'too-many'; readonly afterMs: number };

/** What waits at most. docs/security.md says so. */
const ROOM = { most: 2_000, mostBytes: 8 * 1024 * 1024 };
/** Each is written to disk. */
const RATE = { burst: 5, perSecond: 1 / 60 };
const FULL_MS = 3_600_000;
const TOLD_EVERY_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
/** How long a decided one is kept. */
const KEPT_MS = 365 * DAY_MS;
/** Without those that are mistaken for others when read aloud. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

export class Notices implements Feature {
  readonly name = 'notices';
  readonly #options: NoticesOptions;
  readonly #rate: TokenBuckets;
  #toldAt = -Infinity;

  readonly jobs = {
    'forget-notices': {
      standing: true,
      run: async (): Promise<{ again: number }> => {
        const { storage, platform } = this.#options;
        await storage.forgetNotices(platform.clock.now() - KEPT_MS);
        return { again: platform.clock.now() + DAY_MS };
      },
    },
  };

  constructor(options: NoticesOptions) {
    this.#options = options;
    this.#rate = new TokenBuckets(RATE, options.platform.clock.steady);
  }

  /** Keeps a notice that came from an address. */
  async send(notice: Notice, address: string): Promise<Sent> {
    const { storage, platform, seal, log } = this.#options;
    const afterMs = this.#rate.take(addressNames(address).narrow);
    if (afterMs > 0) return { type: 'too-many', afterMs };
    const widest = networksOf(address).at(-1);
    const source = widest ? networkHash(widest, seal) : '';
    const at = platform.clock.now();
    const reference = this.#newReference();
    const bytes = textBytes(JSON.stringify(notice)).length;
    const gone = await storage.putNotice({ ...notice, reference, at, source, bytes }, ROOM);
    if (gone !== 0 && at - this.#toldAt >= TOLD_EVERY_MS) {
      this.#toldAt = at;
      log.warn('too many notices wait: the network that sent most loses its newest');
    }
    return gone === null ? { type: 'too-many', afterMs: FULL_MS } : { type: 'kept', reference, at };
  }

  list(waiting: boolean, page: PageRequest<number>): Promise<KeyedPage<StoredNotice, number>> {
    return this.#options.storage.notices(waiting, page);
  }

  find(reference: string): Promise<StoredNotice | undefined> {
    return this.#options.storage.notice(reference);
  }

  /** Whether it waited: the first decision counts. */
  decide(
    reference: string,
    decision: Pick<NoticeDecision, 'upheld' | 'reason'>,
    line: ActLine,
  ): Promise<boolean> {
    const { by, at } = line;
    const made = { ...decision, by, at };
    return this.#options.storage.with(line).decideNotice(reference, made);
  }

  /** Such as `N-7F3K-Q2MX`: to be read aloud and typed. */
  #newReference(): string {
    const letters = Array.from(this.#options.platform.random(8), (byte) => LETTERS[byte % 32]);
    return `N-${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
  }
}
