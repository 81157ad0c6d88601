/** Invitations by HTTP: managers make them, and whoever has the link looks at them and uses them. */
import { checkSpaces } from '../spaces/check-spaces.ts';
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import type {
  InviteResponse,
  OfficeInvitation,
  invitationRoutes,
} from '../../../shared/api/invitations.ts';
import { timeKeyText } from '../../../shared/api/route/page.ts';
import { bytesToText } from '../../../shared/bytes.ts';
import { Role, answersAtDesk } from '../../../shared/grant/roles.ts';
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import type { LocalText, SpaceRecord } from '../../../shared/protocol/records.ts';
import type { Authority } from '../../core/ports/authority.ts';
import type { Member } from '../../core/ports/people.ts';
import { checkPlace, isWithin } from '../members/place-in-scope.ts';
import { type ReadByOthers, checkReadable } from '../words/read-by-others.ts';
import type { StoredInvitation } from './invitations-storage.ts';
import { type Invitations, type NewInvitation, invitationLink } from './invitations.ts';
import type { Redeeming } from './redeeming.ts';

/** More would be a list to read, and not a name. */
const MOST_PLACES = 3;

export interface InvitationRoutesOptions {
  readonly invitations: Invitations;
  readonly redeeming: Pick<Redeeming, 'redeem'>;
  readonly member: (id: MemberId) => Promise<Member | undefined>;
  readonly authority: Pick<Authority, 'fingerprint' | 'key'>;
  readonly spaces: {
    readonly ids: readonly SpaceId[];
    /** Where a member's role holds. */
    of(member: Pick<Member, 'spaces'>): readonly SpaceId[];
    record(id: SpaceId): SpaceRecord | undefined;
  };
  readonly words: ReadByOthers;
  readonly now: () => number;
  /** How people reach the relay. It is known late, because the system may choose the port. */
  readonly url: () => string;
  /** Resolves when everyone is shown who joined. */
  readonly shown: () => Promise<void>;
}

export function invitationHandlers(
  options: InvitationRoutesOptions,
): Handlers<typeof invitationRoutes> {
  const { invitations, authority, spaces, words, now } = options;
  const madeOf = (made: NewInvitation): InviteResponse => ({
    id: made.id,
    link: invitationLink(options.url(), made),
    expires: made.expires,
  });

  const nameOf = async (id: MemberId | null): Promise<string> =>
    (id === null ? undefined : await options.member(id))?.name ?? '';
  const placesOf = (held: readonly SpaceId[]): LocalText[] => {
    const named = spaces.of({ spaces: held }).map((id) => spaces.record(id)?.name ?? {});
    return named.length > MOST_PLACES ? [] : named;
  };

  return {
    async look({ body, refuse }) {
      const found = await invitations.find(body.code);
      if (!found) throw refuse('not-found', 'There is no such invitation.');
      if (found.usedBy !== null) throw refuse('invitation-used', 'This invitation has been used.');
      if (found.expires <= now())
        throw refuse('invitation-expired', 'This invitation has expired.');
      const { role, expires, spaces: held } = found;
      const [name, by] = await Promise.all([nameOf(found.member), nameOf(found.madeBy)]);
      const at = { community: authority.fingerprint, places: placesOf(held) };
      return { role, spaces: held, ...at, expires, name, by };
    },

    async redeem({ body, act, refuse }) {
      // Only who has an invitation learns what the filter says.
      const invitation = await invitations.find(body.code);
      const name = { field: 'name', text: body.name } as const;
      if (invitation) checkReadable(words, [name], invitation, refuse);
      const redeemed = await options.redeeming.redeem({
        ...body,
        line: (self) =>
          act.on(`invitation:${invitation?.id ?? ''}`, '', invitation?.member ?? self),
      });
      switch (redeemed.type) {
        case 'removed':
          throw refuse('bad-signature', 'This device was cut off.');
        case 'blocked':
          throw refuse('forbidden', 'Whoever is blocked cannot take up a place.');
        case 'unknown':
          throw refuse('not-found', 'There is no such invitation.');
        case 'used':
          throw refuse('invitation-used', 'This invitation has been used.');
        case 'expired':
          throw refuse('invitation-expired', 'This invitation has expired.');
        case 'joined': {
          await options.shown();
          const { member, grant } = redeemed;
          return {
            member: member.id,
            grant: bytesToText(grant.bytes),
            key: bytesToText(authority.key),
            space: spaces.of(member)[0] ?? '',
          };
        }
      }
    },

    async list({ query, scope }) {
      const { items, next } = await invitations.list(query);
      const theirs = items.filter((one) => isWithin(scope, one));
      return { items: theirs.map((one) => toldOf(one, now())), next: next && timeKeyText(next) };
    },

    async invite({ body, member: manager, scope, act, refuse }) {
      if (body.member === undefined) checkPlace(scope, body);
      checkSpaces(body.spaces, spaces.ids);
      const topics = body.topics.map((text) => ({ field: 'topic' as const, text }));
      const written = [{ field: 'note' as const, text: body.note }, ...topics];
      checkReadable(words, written, { spaces: body.spaces, role: Role.manager }, refuse);
      const draft = { ...body, madeBy: manager?.id ?? null };
      const lineOf = (id: string): ActLine => act.on(`invitation:${id}`, body.note);
      if (body.member === undefined) return madeOf(await invitations.invite(draft, lineOf));
      const member = await options.member(body.member);
      checkPlace(scope, member);
      if (!member || !answersAtDesk(member.role))
        throw refuse('not-found', 'Nobody of the desk is called that.');
      const { role, spaces: held } = member;
      return madeOf(await invitations.invite({ ...draft, role, spaces: held }, lineOf));
    },

    async resend({ params, scope, act, refuse }) {
      checkPlace(scope, await invitations.get(params.id));
      const renewed = await invitations.resend(params.id, act.on(`invitation:${params.id}`));
      if (!renewed) throw refuse('not-found', 'No unused invitation is called that.');
      return madeOf(renewed);
    },

    async revoke({ params, scope, act, refuse }) {
      checkPlace(scope, await invitations.get(params.id));
      if (!(await invitations.revoke(params.id, act.on(`invitation:${params.id}`))))
        throw refuse('not-found', 'No unused invitation is called that.');
      return undefined;
    },
  };
}

function toldOf(invitation: StoredInvitation, now: number): OfficeInvitation {
  const { hash: _secret, revoked: _state, ...told } = invitation;
  return { ...told, state: stateOf(invitation, now) };
}

function stateOf(
  { usedBy, revoked, expires }: StoredInvitation,
  now: number,
): OfficeInvitation['state'] {
  if (usedBy !== null) return 'used';
  if (revoked) return 'revoked';
  return expires <= now ? 'expired' : 'waiting';
}
