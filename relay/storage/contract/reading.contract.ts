/** What every adapter of read positions must do. */
import assert from 'node:assert/strict';
import { type OpenStorage, conversation, member, memberId, testsOn } from './contract.ts';

export function readingContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps the highest read position of each side', async ({ reading, rooms }) => {
    assert.deepEqual(await reading.readPositions(conversation), { asker: -1, desk: -1 });
    await reading.markRead([{ conversation, member, side: 'desk', seq: 5 }]);
    await reading.markRead([
      { conversation, member, side: 'desk', seq: 3 },
      { conversation, member: memberId(2), side: 'desk', seq: 4 },
    ]);
    assert.deepEqual(await reading.readPositions(conversation), { asker: -1, desk: 5 });
    await rooms.check(); // written behind, yet what comes next waits for the disk again
  });
}
