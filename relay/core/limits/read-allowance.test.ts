/** Who may have long conversations read into memory, and how often. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesToText } from '../../../shared/bytes.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { ReadAllowance } from './read-allowance.ts';

const FULL = Limits.conversationEntries;
const attacker = { device: 'a', address: '192.0.2.1' };

function scene() {
  const clock = new ManualClock();
  const rows = new Map<string, number>();
  const held = new Set<string>();
  let count = 0;
  const head = (name: string) => ({ next: rows.get(name) ?? 0 });
  const allowance = new ReadAllowance({
    rooms: { isHeld: (name) => held.has(name) },
    storage: { head: async (name) => head(name) },
    now: clock.now,
  });
  return {
    clock,
    held,
    /** A conversation of so many rows. */
    made(next: number): ConversationId {
      const id = bytesToText(new Uint8Array(16).fill(++count)) as ConversationId;
      rows.set(conversationRoom(id), next);
      return id;
    },
    /** Whether it was read. */
    async read(id: ConversationId, causer = attacker): Promise<boolean> {
      const find = async () => ({ head: head(conversationRoom(id)) });
      return (await allowance.read(id, causer, find)) !== null;
    },
  };
}

describe('reading conversations into memory', () => {
  it('is allowed for a few long ones, and then for one now and then', async () => {
    const { clock, made, read } = scene();
    const reads: boolean[] = [];
    for (let times = 0; times < 10; times++) reads.push(await read(made(FULL)));
    assert.equal(reads.filter(Boolean).length, 4); // the last is paid for afterwards
    clock.advance(10_000);
    assert.equal(await read(made(FULL)), false);
    clock.advance(11_000);
    assert.equal(await read(made(FULL)), true);
    assert.equal(await read(made(FULL)), false);
  });

  it('is allowed no more often for many at the same time', async () => {
    const { made, read } = scene();
    const reads = await Promise.all(Array.from({ length: 50 }, () => read(made(FULL))));
    assert.ok(reads.filter(Boolean).length <= 4, `${reads.filter(Boolean).length}`);
  });

  it('is always allowed for short ones and for those in memory, and costs nothing', async () => {
    const { held, made, read } = scene();
    for (let times = 0; times < 10; times++) await read(made(FULL));
    for (let times = 0; times < 100; times++) assert.ok(await read(made(20)));
    assert.ok(await read(made(0)));
    const id = made(FULL);
    held.add(conversationRoom(id));
    assert.ok(await read(id));
  });

  it('is no less allowed for others, whatever somebody at another address has had read', async () => {
    const { made, read } = scene();
    let reads = 0;
    for (let device = 0; device < 100; device++)
      for (let times = 0; times < 5; times++)
        if (await read(made(FULL), { ...attacker, device: `d${device}` })) reads++;
    assert.ok(reads <= 11, `${reads} for one address, whatever key it uses`);
    assert.ok(await read(made(FULL), { device: 'b', address: '198.51.100.1' }));
  });
});
