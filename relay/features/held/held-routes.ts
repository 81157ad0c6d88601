/** What waits, and appeals, by HTTP: for managers, and for guardians of the spaces where it is. */
import type { heldRoutes } from '../../../shared/api/held.ts';
import { OPERATOR } from '../../../shared/api/route/act.ts';
import type { DeskMember, Handlers } from '../../../shared/api/route/handler.ts';
import type { Scope } from '../../../shared/api/route/office-right.ts';
import { timeKeyText } from '../../../shared/api/route/page.ts';
import type { DecisionId, EntryId, SpaceId } from '../../../shared/ids.ts';
import type { Decider } from '../../core/ports/decisions.ts';
import type { DecisionStorage } from '../decisions/decisions-storage.ts';
import type { Appeals } from './appeals.ts';
import type { Decided, HeldDecisions, Unready } from './held-decisions.ts';
import type { HeldQueue } from './held-queue.ts';

export interface HeldRoutesOptions {
  readonly queue: HeldQueue;
  readonly held: HeldDecisions;
  readonly appeals: Appeals;
  readonly decisions: Pick<DecisionStorage, 'decisionsAbout'>;
}

/** As every route here can refuse. */
type Refuse = (
  code: 'not-found' | 'forbidden' | 'conflict',
  message: string,
  details?: { readonly by?: string },
) => Error;

const ENDED: ReadonlySet<string> = new Set(['approved', 'refused', 'change-asked', 'erased']);

/** Where whoever asks may decide. None: everywhere. */
const spacesOf = ({ spaces }: Scope): readonly SpaceId[] => spaces ?? [];
const deciderOf = (member: DeskMember | null): Decider => member?.id ?? 'command-line';

const unready = ({ type }: Unready, refuse: Refuse): Error =>
  refuse(
    'conflict',
    type === 'later'
      ? 'Its author changed at that moment: try again.'
      : 'Its question waits: decide about that first.',
  );

export function heldHandlers(options: HeldRoutesOptions): Handlers<typeof heldRoutes> {
  const { queue, held, appeals, decisions } = options;

  /** @throws what `refuse` makes, unless it waits where they may decide. */
  const check = async (id: EntryId, scope: Scope, refuse: Refuse): Promise<void> => {
    const space = await queue.spaceOf(id);
    if (space === undefined) throw await gone(id, refuse);
    scope.check(space);
  };

  /** It waits no more: who decided, if anybody did. */
  const gone = async (id: EntryId, refuse: Refuse): Promise<Error> => {
    const made = await decisions.decisionsAbout(id);
    const last = made.findLast(({ what, by }) => ENDED.has(what) && by !== 'machine');
    return last
      ? refuse('conflict', 'Somebody else decided it.', { by: last.by })
      : refuse('not-found', 'Nothing that waits is called that.');
  };

  const failed = async (decided: Decided, id: EntryId, refuse: Refuse): Promise<Error> => {
    switch (decided.type) {
      case 'conflict':
        return refuse(
          'conflict',
          decided.by === null ? 'It has changed: fetch it again.' : 'Somebody else looks at it.',
          decided.by === null ? {} : { by: decided.by },
        );
      case 'own':
        return refuse('forbidden', 'Somebody else decides about your own words.');
      case 'question-first':
      case 'later':
        return unready(decided, refuse);
      default:
        return gone(id, refuse);
    }
  };

  return {
    async list({ query, scope }) {
      const { items, next } = await queue.list(spacesOf(scope), query);
      return { items, next: next && timeKeyText(next) };
    },

    async lock({ params, body, member, scope, refuse }) {
      const id = params.id as EntryId;
      await check(id, scope, refuse);
      const asked = { id, version: body.if, by: deciderOf(member), line: null };
      const locked = await held.lock(asked, true);
      if (locked.type !== 'locked') throw await failed(locked, id, refuse);
      return { version: body.if + 1, lockedUntil: locked.until };
    },

    async unlock({ params, body, member, scope, refuse }) {
      const id = params.id as EntryId;
      await check(id, scope, refuse);
      const asked = { id, version: body.if, by: deciderOf(member), line: null };
      const locked = await held.lock(asked, false);
      if (locked.type !== 'locked') throw await failed(locked, id, refuse);
      return { version: body.if + 1 };
    },

    async approve({ params, body, member, scope, act, refuse }) {
      const id = params.id as EntryId;
      await check(id, scope, refuse);
      const asked = { id, version: body.if, by: deciderOf(member), line: act.on(`entry:${id}`) };
      const decided = await held.approve(asked);
      if (decided.type !== 'done') throw await failed(decided, id, refuse);
      const outcome = decided.outcomes[0]?.outcome;
      return {
        outcome: outcome?.type === 'refused' ? outcome.code : (outcome?.type ?? 'durable'),
      };
    },

    async refuse({ params, body, member, scope, act, refuse }) {
      const id = params.id as EntryId;
      await check(id, scope, refuse);
      const { reason, erase } = body;
      const line = act.on(`entry:${id}`, reason);
      const asked = { id, version: body.if, by: deciderOf(member), line };
      const decided = await held.refuse(asked, { what: 'refused', reason, erase });
      if (decided.type !== 'done') throw await failed(decided, id, refuse);
      return undefined;
    },

    async change({ params, body, member, scope, act, refuse }) {
      const id = params.id as EntryId;
      await check(id, scope, refuse);
      const { reason } = body;
      const line = act.on(`entry:${id}`, reason);
      const asked = { id, version: body.if, by: deciderOf(member), line };
      const decided = await held.refuse(asked, { what: 'change-asked', reason, erase: false });
      if (decided.type !== 'done') throw await failed(decided, id, refuse);
      return undefined;
    },

    async appeals({ query, scope }) {
      const { items, next } = await appeals.list(spacesOf(scope), query);
      return { items, next: next && timeKeyText(next) };
    },

    async decideAppeal({ params, body, member, scope, act, refuse }) {
      const reference = params.id as DecisionId;
      const found = await appeals.find(reference);
      if (!found) throw refuse('not-found', 'No appeal is called that.');
      scope.check(...(found.space === null ? [] : [found.space]));
      const { grant, reason } = body;
      const line = act.on(`decision:${reference}`, reason);
      const by = deciderOf(member);
      const decided = await appeals.decide({ reference, grant, reason, by, line });
      if (decided.type === 'own')
        throw refuse(
          'forbidden',
          'Who made a decision does not judge it, nor whose words they are.',
        );
      if (decided.type === 'gone')
        throw refuse('conflict', 'Somebody else decided it.', { by: decided.by ?? OPERATOR });
      if (decided.type !== 'done') throw unready(decided, refuse);
      return { published: decided.published };
    },
  };
}
