/** What every adapter of the books must do. */
import assert from 'node:assert/strict';
import { Kind } from '../../../shared/entry/kinds.ts';
import type { BookEntry } from '../../core/ports/book-storage.ts';
import {
  type OpenStorage,
  conversation,
  deviceKey,
  entryId,
  memberId,
  testsOn,
} from './contract.ts';

/** A report of entry 1. */
export const booked = (fill: number, more: Partial<BookEntry> = {}): BookEntry => ({
  id: entryId(fill),
  kind: Kind.report,
  conversation,
  target: entryId(1),
  member: memberId(fill),
  device: deviceKey('d'),
  bytes: new Uint8Array([1, 0, 255]),
  at: fill,
  ...more,
});

export function booksContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('finds what is about something, the oldest first', async ({ books, rooms }) => {
    const late = booked(3, { at: 9 });
    for (const entry of [
      late,
      booked(4),
      booked(5, { target: entryId(2) }),
      booked(6, { kind: 34 }),
    ])
      await books.book(entry);
    assert.deepEqual(await books.booked(Kind.report, entryId(1)), [booked(4), late]);
    assert.deepEqual((await rooms.fates([late.id])).get(late.id), { type: 'taken' });
  });

  test('keeps one of a kind by a member about the same: the first', async ({ books, rooms }) => {
    await books.book(booked(3));
    await books.book(booked(3));
    await books.book(booked(4, { member: memberId(3) }));
    assert.deepEqual(await books.booked(Kind.report, entryId(1)), [booked(3)]);
    assert.equal((await rooms.fates([entryId(4)])).size, 0);
  });

  test('keeps one by a member about a conversation as a whole', async ({ books, rooms }) => {
    const whole = { target: '', kind: 34, member: memberId(3) };
    await books.book(booked(3, whole));
    await books.book(booked(4, whole));
    await books.book(booked(5, { ...whole, conversation: entryId(8) as never }));
    assert.deepEqual([...(await rooms.fates([3, 4, 5].map(entryId))).keys()], [3, 5].map(entryId));
    assert.deepEqual(await books.booked(34, ''), []);
  });
}
