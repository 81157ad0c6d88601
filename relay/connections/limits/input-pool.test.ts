/** Messages that never become whole. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sourcePath } from '../../core/limits/fair-memory.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { InputPool } from './input-pool.ts';

const MOST = 1_000_000;

/** A pool, with connections of which so many bytes have come. */
function scene() {
  const clock = new ManualClock(0);
  const pool = new InputPool({ clock, mostBytes: MOST });
  const cut: string[] = [];
  const begin = (address: string, connection: string, bytes: number): void => {
    const leave = pool.add({
      path: sourcePath({ address, connection }),
      unfinished: () => bytes,
      cut() {
        cut.push(connection);
        leave();
      },
    });
  };
  return { begin, cut, look: () => clock.advance(1_000) };
}

describe('messages that are not whole', () => {
  it('are waited for while there is room', () => {
    const { begin, cut, look } = scene();
    for (let each = 0; each < 10; each++) begin('192.0.2.1', `one ${each}`, MOST / 10);
    look();
    assert.deepEqual(cut, []);
  });

  it('are let go where most of them come from, and nobody else’s', () => {
    const { begin, cut, look } = scene();
    begin('203.0.113.9', 'hers', MOST / 5);
    for (let host = 0; host < 200; host++) begin(`192.0.2.${host}`, `flood ${host}`, MOST / 100);
    begin('192.0.2.250', 'a neighbour', 100);
    look();
    assert.ok(cut.length >= 110 && cut.length < 150, `${cut.length} are let go`);
    assert.ok(!cut.includes('hers') && !cut.includes('a neighbour'));
  });
});
