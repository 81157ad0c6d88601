/** Which states are kept, and what stays in memory until then. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silentLog } from '../ports/log.ts';
import { Checkpoints } from './checkpoints.ts';
import type { RoomReading } from './read-room.ts';
import type { ConversationRoom } from './room.ts';
import type { RoomCache } from './room-cache.ts';

const MANY = 500;

describe('checkpoints that are due', () => {
  it('keep no room in memory that was let go', async () => {
    const rooms = Array.from(
      { length: MANY },
      () => ({ type: 'conversation' }) as ConversationRoom,
    );
    const held = new Set(rooms.slice(-3));
    const kept: ConversationRoom[] = [];
    const reading = {
      isDue: () => true,
      keep: async (room: ConversationRoom) => void kept.push(room),
    };
    const checkpoints = new Checkpoints(
      reading as unknown as RoomReading,
      { isCurrent: (room: ConversationRoom) => held.has(room) } as unknown as RoomCache,
      silentLog,
    );
    for (const room of rooms) {
      checkpoints.changed([room]);
      assert.ok(checkpoints.size <= 65, `${checkpoints.size} wait`);
    }
    await checkpoints.flush();
    assert.deepEqual(kept, [...held]);
  });
});
