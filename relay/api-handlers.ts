/** Every feature's handlers, put together for the table of routes. */
import type { Routes } from '../shared/api/routes.ts';
import { answersAtDesk } from '../shared/grant/roles.ts';
import type { Composition } from './create-core.ts';
import { blockHandlers } from './features/blocks/block-routes.ts';
import type { Blocks } from './features/blocks/blocks.ts';
import { cardHandlers } from './features/cards/card-routes.ts';
import type { Cards } from './features/cards/cards.ts';
import { sessionHandlers } from './features/desk-sessions/session-routes.ts';
import type { BrowserSessions } from './features/desk-sessions/session.ts';
import { invitationHandlers } from './features/invitations/invitation-routes.ts';
import { memberHandlers } from './features/members/member-routes.ts';
import type { CommunityPeople } from './features/members/people.ts';
import { spaceHandlers } from './features/spaces/space-routes.ts';
import { aboutHandlers } from './http/api/about-routes.ts';
import type { HandlersOf } from './http/api/mount.ts';

export interface ApiParts {
  readonly composition: Composition;
  readonly people: CommunityPeople;
  readonly cards: Cards;
  readonly blocks: Blocks;
  readonly sessions: BrowserSessions;
  /** How people reach the relay. */
  readonly url: () => string;
}

export function apiHandlers(parts: ApiParts): HandlersOf<Routes> {
  const { composition, people, cards, blocks, sessions, url } = parts;
  const { core, spaces, devices, merges, presence, lapses } = composition;
  const { authority, platform, storage, log, events } = core;
  const { now } = platform.clock;
  return {
    about: aboutHandlers({ authority, check: () => storage.check(), log }),
    sessions: sessionHandlers(sessions),
    invitations: invitationHandlers({
      invitations: people,
      member: (id) => people.member(id),
      authority,
      spaces,
      now,
      url,
      async joined(device, { before, member, merge, left }) {
        if (merge) await merges.settle(merge);
        if (left) await devices.publish(left);
        events.tell({ type: 'member-changed', before, after: member, device });
        await devices.publish(member.id);
        await cards.publish(member.id);
      },
    }),
    members: memberHandlers({
      people,
      spaces,
      isHere: (member) => presence.isHere(member),
      async changed(before, after) {
        await cards.publish(after.id);
        events.tell({ type: 'member-changed', before, after, device: null });
        if (!answersAtDesk(after.role)) await lapses.endClaimsOf(after.id);
      },
      removeDevice: (member, device) => devices.remove(member, device),
    }),
    blocks: blockHandlers({
      blocks,
      membersOf: (keys) => people.membersOf(keys),
      now,
      newId: () => hexOf(platform.random(5)),
      revokeInvitationsBy: (member) => people.revokeInvitationsBy(member),
      async changed(blocked) {
        events.tell({ type: 'block-changed' });
        if (blocked !== undefined) await lapses.endClaimsOf(blocked);
      },
    }),
    cards: cardHandlers(cards),
    spaces: spaceHandlers(spaces),
  };
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
