/**
 * All ports in memory, for tests and the simulation: the relay runs on it as on a disk, in Node and in a
 * browser. It keeps the same contract as the durable adapters.
 */
import type { MemberId } from '../../../shared/ids.ts';
import { actWrite, hasChanged } from '../../core/audit/acts.ts';
import type { Write } from '../../core/ports/port.ts';
import type { StorageBatch } from '../../core/ports/room-storage.ts';
import { type Call, type Ports, type Storage, portsOver } from '../storage.ts';
import { MemoryAsked } from './memory-asked.ts';
import { MemoryAudit } from './office/memory-audit.ts';
import { MemoryNotices } from './office/memory-notices.ts';
import { MemoryRights } from './office/memory-rights.ts';
import { MemoryBlocks } from './memory-blocks.ts';
import { MemoryBooks } from './memory-books.ts';
import { MemoryCards } from './memory-cards.ts';
import { MemoryDecisions } from './memory-decisions.ts';
import { MemoryHeld } from './memory-held.ts';
import { MemoryInvitations } from './memory-invitations.ts';
import { MemoryJobs } from './memory-jobs.ts';
import { MemoryLines } from './memory-lines.ts';
import { MemoryMembers } from './memory-members.ts';
import { MemoryReading } from './memory-reading.ts';
import { MemoryRooms } from './memory-rooms.ts';
import { MemoryWords } from './memory-words.ts';
import { MemoryReports } from './office/memory-reports.ts';
import { type Backup, Tables } from './tables/table.ts';

type Method = (...args: readonly unknown[]) => unknown;

export class MemoryStorage {
  readonly #tables = new Tables();
  /** What rooms hold, readable without waiting. */
  readonly rooms: Pick<MemoryRooms, 'fates' | 'range'>;
  readonly #rooms: MemoryRooms;
  readonly #ports: { readonly [Port in keyof Ports]: object };

  constructor() {
    const tables = this.#tables;
    const members = new MemoryMembers(tables, (merge) => {
      blocks.moved(merge);
      decisions.moved(merge);
      held.moved(merge);
      reports.moved(merge);
      rights.moved(merge);
    });
    const knownAs = (member: MemberId): MemberId => members.knownAs(member);
    const blocks = new MemoryBlocks(tables, knownAs);
    const decisions = new MemoryDecisions(tables, knownAs);
    const rights = new MemoryRights(tables, knownAs);
    const books = new MemoryBooks(tables);
    const held = new MemoryHeld(tables, knownAs);
    this.#rooms = new MemoryRooms(tables, books, held);
    const reports = new MemoryReports(tables);
    this.rooms = this.#rooms;
    this.#ports = {
      rooms: this.#rooms,
      checkpoints: this.#rooms,
      asked: new MemoryAsked(tables),
      books,
      fates: this.#rooms,
      held,
      hidden: this.#rooms,
      reports,
      lines: new MemoryLines(tables),
      jobs: new MemoryJobs(tables),
      members,
      invitations: new MemoryInvitations(tables, members),
      blocks,
      cards: new MemoryCards(tables, members),
      reading: new MemoryReading(tables),
      words: new MemoryWords(tables),
      decisions,
      audit: new MemoryAudit(tables),
      rights,
      notices: new MemoryNotices(tables),
    };
  }

  /** The ports. Another relay may open them once the previous one is gone, and finds what it left. */
  open(): Storage {
    let isOpen = true;
    const ports = portsOver(async (call) => {
      if (!isOpen) throw new Error('storage is closed');
      return this.#call(call);
    });
    const close = async (): Promise<void> => {
      isOpen = false;
    };
    const copyTo = (): Promise<void> => Promise.reject(new Error('it is in no file'));
    return { ...ports, copyTo, close };
  }

  backUp(): Backup {
    return this.#tables.backUp();
  }

  /** Restores a backup. What was erased since stays erased. */
  restore(backup: Backup): void {
    this.#tables.restore(backup);
    this.#rooms.reconcile();
  }

  #call(call: Call): unknown {
    if (call.port === 'rooms' && call.op === 'commit') {
      const [batch] = call.args as [StorageBatch];
      return this.#rooms.commit(batch, (write) => void this.#do(write));
    }
    let result: unknown;
    this.#tables.transaction(() => {
      result = this.#do(call);
      if (call.line && hasChanged(result)) this.#do(actWrite(call.line));
      return true;
    });
    return result;
  }

  /** Arguments are cloned, as on their way to a thread: the port owns what it gets. */
  #do({ port, op, args }: Write): unknown {
    const methods = this.#ports[port as keyof Ports] as Record<string, Method> | undefined;
    if (!methods?.[op]) throw new Error(`no ${port}.${op}`);
    return methods[op](...structuredClone(args));
  }
}
