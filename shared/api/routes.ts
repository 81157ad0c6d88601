/** All routes of the HTTP API, by feature. */
import { aboutRoutes } from './about.ts';
import { auditRoutes } from './audit.ts';
import { blockRoutes } from './blocks.ts';
import { cardRoutes } from './cards.ts';
import { heldRoutes } from './held.ts';
import { invitationRoutes } from './invitations.ts';
import { memberRoutes } from './members.ts';
import { noticeRoutes } from './notices.ts';
import { rightRoutes } from './rights.ts';
import type { Route } from './route/route.ts';
import { reportRoutes } from './reports.ts';
import { sessionRoutes } from './sessions.ts';
import { spaceRoutes } from './spaces.ts';
import { wordRoutes } from './words.ts';

export const routes = {
  about: aboutRoutes,
  sessions: sessionRoutes,
  invitations: invitationRoutes,
  members: memberRoutes,
  blocks: blockRoutes,
  cards: cardRoutes,
  spaces: spaceRoutes,
  words: wordRoutes,
  held: heldRoutes,
  reports: reportRoutes,
  audit: auditRoutes,
  rights: rightRoutes,
  notices: noticeRoutes,
} as const satisfies Readonly<Record<string, Readonly<Record<string, Route>>>>;

export type Routes = typeof routes;
