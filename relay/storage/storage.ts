/** All ports that an adapter implements, by name: what the contract suites run on. */
import type { ActLine } from '../../shared/api/route/act.ts';
import type { Acting } from '../core/audit/acts.ts';
import { type AskedStorage, askedOps } from '../core/ports/asked-storage.ts';
import { type BookStorage, bookOps } from '../core/ports/book-storage.ts';
import { type CheckpointStorage, checkpointOps } from '../core/ports/checkpoint-storage.ts';
import { type HeldStorage, heldOps } from '../core/held/held-storage.ts';
import { type HiddenStorage, hiddenOps } from '../core/hidden/hidden-storage.ts';
import { type LineStorage, lineOps } from '../core/listing/line-storage.ts';
import type { OpsOf } from '../core/ports/port.ts';
import {
  type FateStorage,
  type RoomStorage,
  fateOps,
  roomOps,
} from '../core/ports/room-storage.ts';
import { type AuditStorage, auditOps } from '../features/audit/audit-storage.ts';
import { type BlockStorage, blockOps } from '../features/blocks/blocks-storage.ts';
import { type CardStorage, cardOps } from '../features/cards/cards-storage.ts';
import { type DecisionStorage, decisionOps } from '../features/decisions/decisions-storage.ts';
import {
  type InvitationStorage,
  invitationOps,
} from '../features/invitations/invitations-storage.ts';
import { type MemberStorage, memberOps } from '../features/members/members-storage.ts';
import { type NoticeStorage, noticeOps } from '../features/notices/notices-storage.ts';
import { type RightStorage, rightOps } from '../features/office-rights/rights-storage.ts';
import { type ReadStorage, readingOps } from '../features/reading/reading-storage.ts';
import { type ReportStorage, reportOps } from '../features/reports/reports-storage.ts';
import { type WordStorage, wordOps } from '../features/words/words-storage.ts';
import { type JobStorage, jobOps } from '../jobs/jobs-storage.ts';

export interface Ports {
  readonly rooms: RoomStorage;
  readonly checkpoints: CheckpointStorage;
  readonly asked: AskedStorage;
  readonly books: BookStorage;
  readonly fates: FateStorage;
  readonly held: HeldStorage;
  readonly hidden: HiddenStorage;
  readonly reports: ReportStorage;
  readonly lines: LineStorage;
  readonly jobs: JobStorage;
  readonly members: MemberStorage;
  readonly invitations: InvitationStorage;
  readonly blocks: BlockStorage;
  readonly cards: CardStorage;
  readonly reading: ReadStorage;
  readonly words: WordStorage;
  readonly decisions: DecisionStorage;
  readonly audit: AuditStorage;
  readonly rights: RightStorage;
  readonly notices: NoticeStorage;
}

/** The ports, of which a change can carry its line of the audit. */
export type ActingPorts = { readonly [Port in keyof Ports]: Acting<Ports[Port]> };

export interface Storage extends ActingPorts {
  /**
   * Writes a copy of all of it into a file, while it is written. The copy is of one moment, not before
   * this call.
   */
  copyTo(path: string): Promise<void>;
  /** Idempotent. Resolves once everything is on disk and released. */
  close(): Promise<void>;
}

export const ports = {
  rooms: roomOps,
  checkpoints: checkpointOps,
  asked: askedOps,
  books: bookOps,
  fates: fateOps,
  held: heldOps,
  hidden: hiddenOps,
  reports: reportOps,
  lines: lineOps,
  jobs: jobOps,
  members: memberOps,
  invitations: invitationOps,
  blocks: blockOps,
  cards: cardOps,
  reading: readingOps,
  words: wordOps,
  decisions: decisionOps,
  audit: auditOps,
  rights: rightOps,
  notices: noticeOps,
} as const satisfies { readonly [Port in keyof Ports]: OpsOf<Ports[Port]> };

export type PortName = keyof Ports;

/** An operation of a port, named as it is sent to a thread. */
export interface Call {
  readonly port: PortName;
  readonly op: string;
  readonly args: readonly unknown[];
  /** Written in its transaction, if it changes something. */
  readonly line?: ActLine;
}

/** Ports that send every operation through one function. */
export function portsOver(call: (call: Call) => Promise<unknown>): ActingPorts {
  const over = (port: string, ops: object, more: Pick<Call, 'line'>): object =>
    Object.fromEntries(
      Object.keys(ops).map((op) => [
        op,
        (...args: readonly unknown[]) => call({ port: port as PortName, op, args, ...more }),
      ]),
    );
  return Object.fromEntries(
    Object.entries(ports).map(([port, ops]) => [
      port,
      { ...over(port, ops, {}), with: (line: ActLine) => over(port, ops, { line }) },
    ]),
  ) as unknown as ActingPorts;
}
