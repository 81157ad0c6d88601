/** Appeals: another person looks at a decision again, and what was held or refused may be published after all. */
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { AppealItem } from '../../../shared/api/held.ts';
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import type { DecisionId, EntryId, SpaceId } from '../../../shared/ids.ts';
import { actWrite } from '../../core/audit/acts.ts';
import type { DecisionBook } from '../../core/ports/decision-book.ts';
import { type Decider, type IsLastManager, canAnother } from '../../core/ports/decisions.ts';
import { writesOf } from '../../core/ports/port.ts';
import type { Batch } from '../../core/rooms/batch.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type {
  DecisionStorage,
  StoredDecision,
  decisionOps,
} from '../decisions/decisions-storage.ts';
import type { HeldDecisions, Unready } from './held-decisions.ts';
import type { HeldQueue } from './held-queue.ts';

export interface AppealsOptions {
  readonly storage: Pick<DecisionStorage, 'openAppeals' | 'decision'>;
  readonly decisions: DecisionBook;
  readonly held: Pick<HeldDecisions, 'publishAgain'>;
  readonly queue: Pick<HeldQueue, 'textOf'>;
  /** Shows a hidden message again; whether it could. */
  readonly unhide: (id: EntryId, by: Decider, also: (batch: Batch) => void) => Promise<boolean>;
  readonly committer: Pick<Committer, 'write'>;
  readonly isLastManager: IsLastManager;
}

export interface DecidingAppeal {
  readonly reference: DecisionId;
  readonly grant: boolean;
  readonly reason: string;
  readonly by: Decider;
  readonly line: ActLine;
}

export type AppealOutcome =
  | { readonly type: 'done'; readonly published: boolean }
  | { readonly type: 'gone'; readonly by: Decider | null }
  /** Neither whoever made a decision nor whose words they are judges it, where somebody else can. */
  | { readonly type: 'own' }
  /** It waits still: it cannot be published now. */
  | Unready;

const decisionWrite = writesOf<DecisionStorage, typeof decisionOps>('decisions');
const PUBLISHABLE: ReadonlySet<string> = new Set(['held', 'refused', 'change-asked']);

export class Appeals {
  readonly #options: AppealsOptions;
  /** Those that somebody decides at this moment. */
  readonly #deciding = new Map<DecisionId, Decider>();

  constructor(options: AppealsOptions) {
    this.#options = options;
  }

  /** @param spaces none: everywhere */
  async list(
    spaces: readonly SpaceId[],
    page: PageRequest<number>,
  ): Promise<KeyedPage<AppealItem, number>> {
    const { items, next } = await this.#options.storage.openAppeals(spaces, page);
    return { items: await Promise.all(items.map((one) => this.#itemOf(one))), next };
  }

  async find(reference: DecisionId): Promise<StoredDecision | null> {
    const found = await this.#options.storage.decision(reference);
    return found?.appeal ? found : null;
  }

  async decide(deciding: DecidingAppeal): Promise<AppealOutcome> {
    const { reference, by } = deciding;
    const other = this.#deciding.get(reference);
    if (other) return { type: 'gone', by: other };
    this.#deciding.set(reference, by);
    try {
      return await this.#decide(deciding);
    } finally {
      this.#deciding.delete(reference);
    }
  }

  async #decide(deciding: DecidingAppeal): Promise<AppealOutcome> {
    const { isLastManager, held, unhide, committer } = this.#options;
    const { reference, grant, by } = deciding;
    const found = await this.find(reference);
    if (!found?.appeal || found.appeal.by !== null)
      return { type: 'gone', by: found?.appeal?.by ?? null };
    const isOwn = found.by === by || found.member === by;
    if (isOwn && (await canAnother(by, isLastManager))) return { type: 'own' };
    const write = (batch: Batch): void => this.#write(batch, found, deciding);
    if (grant && found.id !== null && PUBLISHABLE.has(found.what)) {
      const done = await held.publishAgain(found.id, by, write);
      if (done.type === 'done')
        return { type: 'done', published: done.outcomes[0]?.outcome.type === 'durable' };
      if (done.type !== 'gone') return done;
    }
    if (grant && found.id !== null && found.what === 'hidden')
      if (await unhide(found.id, by, write)) return { type: 'done', published: true };
    await committer.write(async () => {}, write);
    return { type: 'done', published: false };
  }

  #write(batch: Batch, found: StoredDecision, { grant, reason, by, line }: DecidingAppeal): void {
    const { id, conversation, space, member, rule, reference } = found;
    batch.write(decisionWrite('closeAppeal', reference, by));
    batch.write(actWrite(line));
    this.#options.decisions.decide(batch, {
      id,
      conversation,
      space,
      member,
      rule,
      reason,
      by,
      what: 'appeal-decided',
      code: grant ? 'granted' : 'upheld',
    });
  }

  async #itemOf(found: StoredDecision): Promise<AppealItem> {
    const { reference, id, conversation, space, member, what, code, reason, rule, by, at } = found;
    return {
      reference,
      id,
      conversation,
      space,
      member,
      what,
      code,
      reason,
      rule,
      by,
      at,
      appeal: found.appeal?.text ?? '',
      appealedAt: found.appeal?.at ?? 0,
      text: id === null ? null : await this.#options.queue.textOf(id),
    };
  }
}
