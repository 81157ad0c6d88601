/** What every storage must do: all suites, one for each port. */
import { describe } from 'node:test';
import { askedContract } from './asked.contract.ts';
import { auditContract } from './audit.contract.ts';
import { blocksContract } from './blocks.contract.ts';
import { booksContract } from './books.contract.ts';
import { cardsContract } from './cards.contract.ts';
import { checkpointsContract } from './checkpoints.contract.ts';
import type { OpenStorage } from './contract.ts';
import { decisionsContract } from './decisions.contract.ts';
import { heldContract } from './held.contract.ts';
import { hiddenContract } from './hidden.contract.ts';
import { invitationsContract } from './invitations.contract.ts';
import { jobsContract } from './jobs.contract.ts';
import { linesContract } from './lines.contract.ts';
import { membersContract } from './members.contract.ts';
import { noticesContract } from './notices.contract.ts';
import { readingContract } from './reading.contract.ts';
import { reportsContract } from './reports.contract.ts';
import { rightsContract } from './rights.contract.ts';
import { roomsContract } from './rooms.contract.ts';
import { wordsContract } from './words.contract.ts';

export function storageContract(open: OpenStorage): void {
  void describe('rooms', () => roomsContract(open));
  void describe('checkpoints', () => checkpointsContract(open));
  void describe('who asked', () => askedContract(open));
  void describe('books', () => booksContract(open));
  void describe('held entries', () => heldContract(open));
  void describe('hidden rows', () => hiddenContract(open));
  void describe('reports', () => reportsContract(open));
  void describe('lines', () => linesContract(open));
  void describe('jobs', () => jobsContract(open));
  void describe('members', () => membersContract(open));
  void describe('invitations', () => invitationsContract(open));
  void describe('blocks', () => blocksContract(open));
  void describe('cards', () => cardsContract(open));
  void describe('reading', () => readingContract(open));
  void describe('words', () => wordsContract(open));
  void describe('decisions', () => decisionsContract(open));
  void describe('audit', () => auditContract(open));
  void describe('notices', () => noticesContract(open));
  void describe('rights', () => rightsContract(open));
}
