/** All steps of the data folder, in order. Nobody edits a released step: a change is another step. */
import { blocks } from './001-blocks.ts';
import { cards } from './001-cards.ts';
import { invitations } from './001-invitations.ts';
import { jobs } from './001-jobs.ts';
import { lines } from './001-lines.ts';
import { members } from './001-members.ts';
import { reading } from './001-reading.ts';
import { rooms } from './001-rooms.ts';
import { asked } from './002-asked.ts';
import { keptPages } from './003-kept-pages.ts';
import { lists } from './004-lists.ts';
import { words } from './005-words.ts';
import { decisions } from './006-decisions.ts';
import { books } from './007-books.ts';
import { audit } from './008-audit.ts';
import { held } from './009-held.ts';
import { reports } from './010-reports.ts';
import { officeRights } from './011-office-rights.ts';
import { notices } from './012-notices.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  rooms,
  lines,
  jobs,
  members,
  invitations,
  blocks,
  cards,
  reading,
  asked,
  keptPages,
  ...lists,
  words,
  decisions,
  books,
  audit,
  held,
  reports,
  officeRights,
  notices,
];
