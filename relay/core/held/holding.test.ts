/** What waits to be read, as the relay remembers it while the disk takes it or does not. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Kind } from '../../../shared/entry/kinds.ts';
import type { Entry } from '../../../shared/entry/entry.ts';
import { parseSpaceId } from '../../../shared/ids.ts';
import { conversation, entryId, member } from '../../storage/contract/contract.ts';
import { MemoryStorage } from '../../storage/memory/memory-storage.ts';
import { silentLog } from '../ports/log.ts';
import { Batch } from '../rooms/batch.ts';
import type { ConversationRoom } from '../rooms/room.ts';
import { HeldBook } from './held-book.ts';
import { Holdings } from './holding.ts';

it('a question that did not come to disk is no question, and leaves its room to others', async () => {
  const storage = new MemoryStorage().open();
  const book = new HeldBook(storage.held);
  const holdings = new Holdings({ book, now: () => 1, log: silentLog });
  await book.ready();
  const bytes = new Uint8Array(500);
  const entry = { id: entryId(1), conversation, author: 'B'.repeat(43), kind: Kind.ask, bytes };
  const space = parseSpaceId('demo');
  const room = { type: 'conversation', id: conversation, fates: new Map() };
  const batch = new Batch();
  const put = { entry: entry as unknown as Entry, member, space };
  const why = { rule: 'x', code: 'scam' };
  const held = holdings.hold(batch, room as unknown as ConversationRoom, put, why);
  assert.deepEqual(held, { type: 'held' });
  assert.equal(book.question(conversation)?.member, member);
  batch.lost();
  assert.equal(book.isReady, false, 'whoever asks now waits until it was read again');
  await book.ready();
  assert.equal(book.question(conversation), undefined);
  assert.equal(book.size, 0);
});
