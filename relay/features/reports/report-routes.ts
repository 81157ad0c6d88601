/** Reports by HTTP: for managers, and for guardians and moderators in their spaces. */
import type { reportRoutes } from '../../../shared/api/reports.ts';
import type { DeskMember, Handlers } from '../../../shared/api/route/handler.ts';
import type { HeldRight, Scope } from '../../../shared/api/route/office-right.ts';
import { timeKeyText } from '../../../shared/api/route/page.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { EntryId, SpaceId } from '../../../shared/ids.ts';
import type { Decider } from '../../core/ports/decisions.ts';
import type { Decided, OfficeReports } from './office-reports.ts';
import type { ReportQueue } from './report-queue.ts';

/** Who asks. */
type Who = {
  readonly member: DeskMember | null;
  readonly scope: Scope;
  readonly office: readonly HeldRight[];
};

type Refuse = (
  code: 'not-found' | 'forbidden' | 'conflict' | 'too-many',
  message: string,
  details?: { readonly by?: string },
) => Error;

const deciderOf = (member: DeskMember | null): Decider => member?.id ?? 'command-line';
/** By their role alone: whoever has a right in the office may know and do more. */
const isGuardian = ({ member, office }: Who): boolean =>
  member?.role === Role.guardian && office.length === 0;

export function reportHandlers({
  queue,
  office,
}: {
  readonly queue: ReportQueue;
  readonly office: OfficeReports;
}): Handlers<typeof reportRoutes> {
  const told = (decided: Decided, refuse: Refuse) => {
    switch (decided.type) {
      case 'done':
        return { state: decided.one.state, version: decided.one.version };
      case 'none':
        throw refuse('not-found', 'No message is called that, or it is so already.');
      case 'elsewhere':
        throw refuse('forbidden', 'This is not in your spaces.');
      case 'own':
        throw refuse('forbidden', 'Somebody else decides about your own words.');
      case 'decided':
        throw refuse('forbidden', 'A manager has looked at it already.', { by: decided.one.by });
      case 'too-many':
        throw refuse('too-many', 'You have hidden very many within the hour.');
      case 'other':
        throw refuse('conflict', 'It has changed: fetch it again.', { by: decided.one.by });
    }
  };
  const about = (who: Who) => ({
    by: deciderOf(who.member),
    guardian: isGuardian(who),
    isTheirs: (space: SpaceId) => who.scope.covers([space]),
  });

  return {
    async list({ query, ...who }) {
      const { spaces } = who.scope;
      if (spaces?.length === 0) return { items: [], next: null };
      const { items, next } = await queue.list(spaces ?? [], !isGuardian(who), query);
      return { items, next: next && timeKeyText(next) };
    },

    async hide({ params, body, act, refuse, ...who }) {
      const { reason, if: version } = body;
      const line = act.on(`entry:${params.id}`, reason, who.member?.id);
      const deciding = { ...about(who), reason, version, line };
      return told(await office.hide(params.id as EntryId, deciding), refuse);
    },

    async unhide({ params, body, act, refuse, ...who }) {
      const { reason, if: version } = body;
      const line = act.on(`entry:${params.id}`, reason, who.member?.id);
      const deciding = { ...about(who), reason, version, line };
      return told(await office.unhide(params.id as EntryId, deciding), refuse);
    },

    async unhideAll({ params, body, act, ...who }) {
      const { reason } = body;
      const line = act.on(`member:${params.id}`, reason, who.member?.id);
      return {
        shown: await office.unhideAllBy(params.id, { ...about(who), reason, line }),
      };
    },
  };
}
