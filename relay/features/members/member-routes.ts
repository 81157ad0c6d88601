/** Members and their devices by HTTP, for managers. Every change takes effect at once. */
import type { memberRoutes } from '../../../shared/api/members.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { nameKeyText } from '../../../shared/api/route/page.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import { checkSpaces } from '../spaces/check-spaces.ts';
import { type ReadByOthers, checkReadable } from '../words/read-by-others.ts';
import type { Members } from './members.ts';

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
  async list({ query }) {
    const { items, next } = await members.list(query.all === '1', query);
    const told = items.map(async ({ id, name, role, spaces, topics, since }) => ({
      member: id,
      name,
      role,
      spaces,
      topics,
      since,
      here: presence.isHere(id),
      devices: await members.devicesOf(id),
    }));
    return { items: await Promise.all(told), next: next && nameKeyText(next) };
  },

  async change({ params, body, act, refuse }) {
    checkSpaces(body.spaces ?? [], spaces.ids);
    const { role, spaces: places, topics } = body;
    const written = (topics ?? []).map((text) => ({ field: 'topic' as const, text }));
    const shownIn = places ?? (await members.member(params.id))?.spaces ?? [];
    checkReadable(words, written, { spaces: shownIn, role: Role.manager }, refuse);
    const change = {
      ...(role === undefined ? {} : { role }),
      ...(places === undefined ? {} : { spaces: places }),
      ...(topics === undefined ? {} : { topics }),
    };
    const line = act.on(`member:${params.id}`, JSON.stringify(change));
    const found = await members.setPlace(params.id, change, line);
    if (!found) throw refuse('not-found', 'No member is called that.');
    await shown();
    return undefined;
  },

  async removeDevice({ params, body, act, refuse }) {
    const line = act.on(`member:${params.id}`, body.device);
    if (!(await members.removeDevice(params.id, body.device, line)))
      throw refuse('not-found', 'No device of theirs is called that.');
    return undefined;
  },
});
