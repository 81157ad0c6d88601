/** Every feature's handlers, joined for the table of routes. */
import type { Routes } from '../shared/api/routes.ts';
import type { Composition } from './create-core.ts';
import { auditHandlers } from './features/audit/audit-routes.ts';
import { blockHandlers } from './features/blocks/block-routes.ts';
import { cardHandlers } from './features/cards/card-routes.ts';
import { noticeHandlers } from './features/notices/notice-routes.ts';
import { rightHandlers } from './features/office-rights/right-routes.ts';
import { sessionHandlers } from './features/desk-sessions/session-routes.ts';
import type { BrowserSessions } from './features/desk-sessions/session.ts';
import { heldHandlers } from './features/held/held-routes.ts';
import { invitationHandlers } from './features/invitations/invitation-routes.ts';
import { memberHandlers } from './features/members/member-routes.ts';
import { reportHandlers } from './features/reports/report-routes.ts';
import { spaceHandlers } from './features/spaces/space-routes.ts';
import { wordHandlers } from './features/words/word-routes.ts';
import { aboutHandlers } from './http/api/about-routes.ts';
import type { HandlersOf } from './http/api/mount.ts';

export interface ApiParts {
  readonly composition: Composition;
  readonly sessions: BrowserSessions;
  /** The description of the API, as JSON. */
  readonly openapi: string;
  /** How people reach the relay. */
  readonly url: () => string;
}

export function apiHandlers(parts: ApiParts): HandlersOf<Routes> {
  const { composition, sessions, openapi, url } = parts;
  const { core, spaces, members, presence, invitations, redeeming, blocking, cards, words } =
    composition;
  const { authority, platform, storage, log } = core;
  const { now } = platform.clock;
  const member: typeof members.member = (id) => members.member(id);
  const shown = (): Promise<void> => cards.settled();
  return {
    about: aboutHandlers({ authority, check: () => storage.check(), log, openapi }),
    sessions: sessionHandlers(sessions),
    invitations: invitationHandlers({
      invitations,
      redeeming,
      member,
      authority,
      spaces,
      words,
      now,
      url,
      shown,
    }),
    members: memberHandlers({ members, spaces, presence, words, shown }),
    blocks: blockHandlers(blocking),
    cards: cardHandlers(cards, words, async (id) => (await member(id))?.spaces ?? []),
    spaces: spaceHandlers({ spaces, shown }),
    words: wordHandlers(words, spaces),
    held: heldHandlers(composition.held),
    reports: reportHandlers(composition.reports),
    audit: auditHandlers(composition.audit),
    notices: noticeHandlers(composition.notices),
    rights: rightHandlers({ rights: composition.rights, members, spaces }),
  };
}
