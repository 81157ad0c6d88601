/**
 * The entry of a storage thread, and the relay's second composition root: only this file knows every
 * feature's SQL. One thread writes: a slow disk's fsync stops it, but never the sockets. Another only
 * reads, and never waits for the disk.
 */
/* oxlint-disable unicorn/require-post-message-target-origin -- a worker thread of Node has no origin */
import { parentPort } from 'node:worker_threads';
import { blockSql, moveBlocks } from '../../features/blocks/blocks-sql.ts';
import { cardSql } from '../../features/cards/cards-sql.ts';
import { invitationSql } from '../../features/invitations/invitations-sql.ts';
import { memberSql, membersInSql } from '../../features/members/members-sql.ts';
import { readingSql } from '../../features/reading/reading-sql.ts';
import { jobSql } from '../../jobs/jobs-sql.ts';
import { DataFault, faultOf } from '../../platform/data-fault.ts';
import type { SqlOf } from '../../sql/query.ts';
import { askedSql } from './core-sql/asked-sql.ts';
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

const members = membersInSql({ moved: moveBlocks });

const features = {
  asked: askedSql,
  lines: lineSql,
  jobs: jobSql,
  members: memberSql(members),
  invitations: invitationSql(members),
  blocks: blockSql((member) => members.knownAs(member)),
  cards: cardSql(members),
  reading: readingSql,
} satisfies { [Port in Exclude<keyof Ports, 'rooms' | 'checkpoints'>]: SqlOf<Ports[Port]> };

let database: Database | undefined;
let folder = '';

function opened(): Database {
  if (!database) throw new Error('storage is closed');
  return database;
}

function open({ folder: opened, reads }: ThreadData): void {
  folder = opened;
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

parentPort?.on('message', (request: Request) => {
  const { number, ask } = request;
  if (ask.type === 'copy') {
    void copy(number, ask.path).then((reply) => parentPort?.postMessage(reply));
    return;
  }
  const { reply, handOver } = answer(number, ask);
  parentPort?.postMessage(reply, handOver);
});
