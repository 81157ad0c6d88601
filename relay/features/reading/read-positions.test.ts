/** How far people have read, between two writes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseConversationId, parseMemberId } from '../../../shared/ids.ts';
import { silentLog } from '../../core/ports/log.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { ReadPositions } from './read-positions.ts';
import type { ReadMark, ReadStorage } from './reading-storage.ts';

const MOST = 20_000;
const idOf = (number: number): string => {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(number);
  return bytes.toString('base64url');
};

describe('read positions', () => {
  it('wait for a slow disk up to a bound, are told meanwhile, and the log says once that some are dropped', async () => {
    const written: ReadMark[] = [];
    const warned: string[] = [];
    const storage: ReadStorage = {
      readPositions: async () => ({ asker: -1, desk: -1 }),
      markRead: async (marks) => void written.push(...marks),
    };
    const log = { ...silentLog, warn: (message: string) => void warned.push(message) };
    const positions = new ReadPositions({ storage, clock: new ManualClock(0), log });
    const member = parseMemberId(idOf(7));
    for (let each = 0; each < MOST + 500; each++)
      positions.mark(parseConversationId(idOf(each)), member, 'asker', 3);
    assert.equal(warned.length, 1);
    assert.equal((await positions.of(parseConversationId(idOf(5)))).asker, 3);
    assert.equal((await positions.of(parseConversationId(idOf(MOST + 1)))).asker, -1);
    await positions.flush();
    assert.equal(written.length, MOST);
    positions.mark(parseConversationId(idOf(MOST + 1)), member, 'asker', 3);
    await positions.flush();
    assert.equal(written.length, MOST + 1);
    assert.equal(warned.length, 1);
  });
});
