/** Members and their devices by HTTP, for managers. Every change takes hold at once. */
import type { Handlers } from '../../../shared/api/route/handler.ts';
import type { memberRoutes } from '../../../shared/api/members.ts';
import { nameKey, pageAfter } from '../../../shared/api/route/page.ts';
import type { DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import { checkSpaces } from '../spaces/check-spaces.ts';
import type { StoredMember } from './members-storage.ts';
import type { CommunityPeople } from './people.ts';

export interface MemberRoutesOptions {
  readonly people: Pick<CommunityPeople, 'members' | 'member' | 'setMember' | 'devicesOf'>;
  readonly spaces: { readonly ids: readonly SpaceId[] };
  readonly isHere: (member: MemberId) => boolean;
  /** Everybody who must know is told of a member as they are by now. */
  readonly changed: (before: StoredMember, after: StoredMember) => Promise<void>;
  /** Cuts a device off; whether the member had it. */
  readonly removeDevice: (member: MemberId, device: DeviceKey) => Promise<boolean>;
}

export const memberHandlers = ({
  people,
  spaces,
  isHere,
  changed,
  removeDevice,
}: MemberRoutesOptions): Handlers<typeof memberRoutes> => ({
  async list({ query }) {
    const all = await people.members(query.all === '1');
    const keyOf = ({ name, id }: StoredMember): string => `${nameKey(name)}\n${id}`;
    const { items, next } = pageAfter(all, query, keyOf);
    const told = items.map(async ({ id, name, role, spaces, topics, since }) => ({
      member: id,
      name,
      role,
      spaces,
      topics,
      since,
      here: isHere(id),
      devices: await people.devicesOf(id),
    }));
    return { items: await Promise.all(told), next };
  },

  async change({ params, body, refuse }) {
    checkSpaces(body.spaces ?? [], spaces.ids);
    const before = await people.member(params.id);
    if (!before) throw refuse('not-found', 'No member is called that.');
    await people.setMember(params.id, {
      role: body.role ?? before.role,
      spaces: body.spaces ?? before.spaces,
      topics: body.topics ?? before.topics,
    });
    const after = await people.member(params.id);
    if (after) await changed(before, after);
    return undefined;
  },

  async removeDevice({ params, body, refuse }) {
    if (!(await removeDevice(params.id, body.device)))
      throw refuse('not-found', 'No device of theirs is called that.');
    return undefined;
  },
});
