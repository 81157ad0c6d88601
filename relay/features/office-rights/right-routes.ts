/** Rights in the office by HTTP, for managers. They count at once. */
import type { HeldRight } from '../../../shared/api/route/office-right.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import type { rightRoutes } from '../../../shared/api/rights.ts';
import { pageAfter } from '../../../shared/api/route/page.ts';
import type { SpaceId } from '../../../shared/ids.ts';
import { type Members, runsOffice } from '../members/members.ts';
import { checkSpaces } from '../spaces/check-spaces.ts';
import { MOST_RIGHTS, type OfficeRights } from './office-rights.ts';

export interface RightRoutesOptions {
  readonly rights: OfficeRights;
  readonly members: Pick<Members, 'member' | 'turns'>;
  readonly spaces: { readonly ids: readonly SpaceId[] };
}

export const rightHandlers = ({
  rights,
  members,
  spaces,
}: RightRoutesOptions): Handlers<typeof rightRoutes> => ({
  async list({ query }) {
    const page = pageAfter(rights.all, query, ({ member, right }) => `${member} ${right}`);
    const told = page.items.map(async ({ member, right, spaces }) => ({
      member,
      name: (await members.member(member))?.name ?? '',
      right,
      spaces,
    }));
    return { items: await Promise.all(told), next: page.next };
  },

  give({ body, act, refuse }) {
    checkSpaces(body.spaces, spaces.ids);
    const fault = faultIn(body);
    if (fault !== null) throw refuse('bad-request', fault, { field: 'spaces' });
    return members.turns.take(async () => {
      const line = act.on(`member:${body.member}`, [body.right, ...body.spaces].join(' '));
      if (await rights.give(body, line)) return undefined;
      throw refuse('too-many', `There are ${MOST_RIGHTS} rights: take some first.`);
    });
  },

  take({ params, body, act, refuse, member: self }) {
    return members.turns.take(async () => {
      const member = await members.member(params.id);
      const losesOffice = body.right === 'manager' && !(member && runsOffice(member));
      // Whoever acts is one: of others there is always one left.
      if (self?.id === params.id && losesOffice && (await rights.isLastManager(params.id)))
        throw refuse('forbidden', 'Nobody would be left who runs the office.');
      if (!(await rights.take(params.id, body.right, act.on(`member:${params.id}`, body.right))))
        throw refuse('not-found', 'They do not hold this right.');
      return undefined;
    });
  },
});

function faultIn({ right, spaces }: HeldRight): string | null {
  if (right === 'manager' && spaces.length > 0)
    return 'A manager’s right holds everywhere: a space manager’s holds in spaces.';
  if (right === 'space-manager' && spaces.length === 0)
    return 'A space manager’s right holds in spaces: name one.';
  return null;
}
