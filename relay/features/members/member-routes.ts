/** Members and their devices by HTTP, for managers. Every change takes effect at once. */
import type { memberRoutes } from '../../../shared/api/members.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { nameKeyText } from '../../../shared/api/route/page.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import { checkSpaces } from '../spaces/check-spaces.ts';
import { type ReadByOthers, checkReadable } from '../words/read-by-others.ts';
import type { Members } from './members.ts';
import { checkPlace, isWithin } from './place-in-scope.ts';

export interface MemberRoutesOptions {
  readonly members: Members;
  readonly spaces: { readonly ids: readonly SpaceId[] };
  readonly presence: { isHere(member: MemberId): boolean };
  readonly words: ReadByOthers;
  /** Resolves when everyone is shown what was changed. */
  readonly shown: () => Promise<void>;
}

export const memberHandlers = ({
  members,
  spaces,
  presence,
  words,
  shown,
}: MemberRoutesOptions): Handlers<typeof memberRoutes> => ({
  async list({ query, scope }) {
    // Who holds a right in some spaces has no business with visitors.
    const everyone = query.all === '1' && scope.spaces === null;
    const { items, next } = await members.list(everyone, query);
    const theirs = items.filter(
      ({ spaces }) => spaces.length === 0 || spaces.some((space) => scope.covers([space])),
    );
    const told = theirs.map(async ({ id, name, role, spaces, topics, since }) => ({
      member: id,
      name,
      role,
      spaces,
      topics,
      since,
      here: presence.isHere(id),
      devices: isWithin(scope, { role, spaces }) ? await members.devicesOf(id) : [],
    }));
    return { items: await Promise.all(told), next: next && nameKeyText(next) };
  },

  async change({ params, body, scope, act, refuse }) {
    checkSpaces(body.spaces ?? [], spaces.ids);
    const before = await members.member(params.id);
    checkPlace(scope, before);
    checkPlace(
      scope,
      before && { role: body.role ?? before.role, spaces: body.spaces ?? before.spaces },
    );
    const { role, spaces: places, topics } = body;
    const written = (topics ?? []).map((text) => ({ field: 'topic' as const, text }));
    const shownIn = places ?? before?.spaces ?? [];
    checkReadable(words, written, { spaces: shownIn, role: Role.manager }, refuse);
    const change = {
      ...(role === undefined ? {} : { role }),
      ...(places === undefined ? {} : { spaces: places }),
      ...(topics === undefined ? {} : { topics }),
    };
    const line = act.on(`member:${params.id}`, JSON.stringify(change));
    const found = await members.setPlace(params.id, change, line);
    if (found === 'last-manager')
      throw refuse('forbidden', 'Nobody would be left who runs the office.');
    if (!found) throw refuse('not-found', 'No member is called that.');
    await shown();
    return undefined;
  },

  async removeDevice({ params, body, scope, act, refuse }) {
    checkPlace(scope, await members.member(params.id));
    const line = act.on(`member:${params.id}`, body.device);
    if (!(await members.removeDevice(params.id, body.device, line)))
      throw refuse('not-found', 'No device of theirs is called that.');
    return undefined;
  },
});
