/** Rooms in memory are bounded by what they take, and those that somebody works on stay. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fingerprint } from '../../../shared/ids.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import { MemoryStorage } from '../../storage/memory/memory-storage.ts';
import { RoomReading } from './read-room.ts';
import { RoomCache } from './room-cache.ts';
import { RoomLease } from './room-lease.ts';

const MOST = 50_000;

function newCache(): RoomCache {
  const { rooms, checkpoints } = new MemoryStorage().open();
  const community = '' as Fingerprint;
  return new RoomCache(new RoomReading({ storage: rooms, checkpoints, community }), MOST);
}

const name = (number: number): RoomName => `member/${number}` as RoomName;

describe('the room cache', () => {
  it('lets the longest unused go when all together take too much', async () => {
    const cache = newCache();
    for (let number = 0; number < 200; number++) {
      await cache.keyed(name(number));
      await cache.keyed(name(0)); // used all the time
    }
    assert.ok(cache.bytes <= MOST, `${cache.bytes} bytes`);
    assert.ok(cache.size < 60, `${cache.size} rooms`);
    const first = await cache.keyed(name(0));
    assert.ok(cache.isCurrent(first));
  });

  it('counts what rooms hold, not how many there are', async () => {
    const cache = newCache();
    const room = await cache.keyed(name(1));
    const before = cache.bytes;
    room.characters = 10_000;
    cache.weigh([room]);
    assert.equal(cache.bytes, before + 20_000);
    room.characters = MOST;
    cache.weigh([room]);
    assert.equal(cache.size, 0);
    assert.equal(cache.bytes, 0);
  });

  it('keeps what somebody works on, until they let it go', async () => {
    const cache = newCache();
    const lease = new RoomLease(cache);
    const room = await lease.keyed(name(0));
    for (let number = 1; number < 200; number++) await cache.keyed(name(number));
    assert.ok(cache.isCurrent(room) && lease.isCurrent);
    cache.forget(room);
    assert.equal(lease.isCurrent, false);
    lease.release();
    await lease.keyed(name(0));
    assert.ok(lease.isCurrent);
  });
});
