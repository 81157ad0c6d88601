/**
 * The entry of a storage thread, and the relay's second composition root: only this file knows every
 * feature's SQL. One thread writes: a slow disk's fsync stops it, but never the sockets. Another only
 * reads, and never waits for the disk.
 */
/* oxlint-disable unicorn/require-post-message-target-origin -- a worker thread of Node has no origin */
import { parentPort } from 'node:worker_threads';
import { auditSql } from '../../features/audit/audit-sql.ts';
import { blockSql, moveBlocks } from '../../features/blocks/blocks-sql.ts';
import { cardSql } from '../../features/cards/cards-sql.ts';
import { decisionSql, moveDecisions } from '../../features/decisions/decisions-sql.ts';
import { invitationSql } from '../../features/invitations/invitations-sql.ts';
import { memberSql, membersInSql } from '../../features/members/members-sql.ts';
import { noticeSql } from '../../features/notices/notices-sql.ts';
import { moveRights, rightSql } from '../../features/office-rights/rights-sql.ts';
import { readingSql } from '../../features/reading/reading-sql.ts';
import { moveReports, reportSql } from '../../features/reports/reports-sql.ts';
import { wordSql } from '../../features/words/words-sql.ts';
import { jobSql } from '../../jobs/jobs-sql.ts';
import { DataFault, faultOf } from '../../platform/data-fault.ts';
import type { Merge } from '../../core/ports/people.ts';
import type { Operation, SqlOf } from '../../sql/query.ts';
import { askedSql } from './core-sql/asked-sql.ts';
import { bookSql, fateSql } from './core-sql/book-sql.ts';
import { heldSql, moveHeld } from './core-sql/held-sql.ts';
import { hiddenSql } from './core-sql/hidden-sql.ts';
import { lineSql } from './core-sql/line-sql.ts';
import type { Ports } from '../storage.ts';
import { type Database, ReadingDatabase, WritingDatabase } from './sqlite-database.ts';
import {
  type Ask,
  type Reply,
  type Request,
  type ThreadData,
  packResult,
  unpackCall,
} from './wire.ts';

const members = membersInSql({
  *moved(merge: Merge): Operation<void> {
    yield* moveBlocks(merge);
    yield* moveDecisions(merge);
    yield* moveHeld(merge);
    yield* moveReports(merge);
    yield* moveRights(merge);
  },
});

const features = {
  asked: askedSql,
  books: bookSql,
  fates: fateSql,
  held: heldSql((member) => members.knownAs(member)),
  hidden: hiddenSql,
  lines: lineSql,
  reports: reportSql,
  jobs: jobSql,
  members: memberSql(members),
  invitations: invitationSql(members),
  blocks: blockSql((member) => members.knownAs(member)),
  cards: cardSql(members),
  reading: readingSql,
  words: wordSql,
  decisions: decisionSql((member) => members.knownAs(member)),
  audit: auditSql,
  notices: noticeSql,
  rights: rightSql((member) => members.knownAs(member)),
} satisfies { [Port in Exclude<keyof Ports, 'rooms' | 'checkpoints'>]: SqlOf<Ports[Port]> };

let database: Database | undefined;
let folder = '';
let reads = false;

function opened(): Database {
  if (!database) throw new Error('storage is closed');
  return database;
}

function open(data: ThreadData): void {
  ({ folder, reads } = data);
  database = reads ? new ReadingDatabase(folder, features) : new WritingDatabase(folder, features);
}

function close(): void {
  database?.close();
  database = undefined;
}

function answer(
  number: number,
  ask: Exclude<Ask, { readonly type: 'copy' }>,
): { reply: Reply; handOver: ArrayBuffer[] } {
  try {
    if (ask.type === 'call') {
      const { result, handOver } = packResult(ask.call, opened().call(unpackCall(ask.call)));
      return { reply: { number, result }, handOver };
    }
    if (ask.type === 'open') open(ask.data);
    else close();
    return { reply: { number, result: undefined }, handOver: [] };
  } catch (error) {
    return { reply: failed(number, error), handOver: [] };
  }
}

async function copy(number: number, path: string): Promise<Reply> {
  try {
    await opened().copy(path);
    return { number, result: undefined };
  } catch (error) {
    return failed(number, error);
  }
}

function failed(number: number, thrown: unknown): Reply {
  const error = faultOf(thrown, folder);
  return { number, error, fault: error instanceof DataFault ? error.kind : undefined };
}

/** Replies that go together wait no longer for each other. */
const GATHER_MS = 1;

/** Reads are answered together; who waits for a write hears of it at once. */
function serve(requests: readonly Request[]): void {
  let replies: Reply[] = [];
  let handOvers: ArrayBuffer[] = [];
  let since = performance.now();
  const send = (): void => {
    if (replies.length > 0) parentPort?.postMessage(replies, handOvers);
    [replies, handOvers, since] = [[], [], performance.now()];
  };
  for (const { number, ask } of requests) {
    if (ask.type === 'copy') {
      void copy(number, ask.path).then((reply) => parentPort?.postMessage([reply]));
      continue;
    }
    const { reply, handOver } = answer(number, ask);
    replies.push(reply);
    handOvers.push(...handOver);
    if (!reads || performance.now() - since > GATHER_MS) send();
  }
  send();
}

parentPort?.on('message', serve);
