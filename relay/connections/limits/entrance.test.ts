/** Who goes when an address has all the sockets that it may have. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DeviceKey } from '../../../shared/ids.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { Entrance } from './entrance.ts';

const MOST = 8;
const ADDRESS = '192.0.2.1';

function scene() {
  const clock = new ManualClock(0);
  const entrance = new Entrance({ mostFromAddress: MOST, platform: { clock } });
  const gone: string[] = [];
  const enter = (name: string, role: 'visitor' | 'desk' = 'visitor'): boolean => {
    clock.advance(1_000);
    const who = {
      device: name.split(' ')[0] as DeviceKey,
      isOfDesk: () => role === 'desk',
      letGo: () => void gone.push(name),
    };
    return entrance.enter(ADDRESS, who) !== null;
  };
  const write = (device: string): void => {
    clock.advance(1_000);
    entrance.wrote(device as DeviceKey, ADDRESS);
  };
  const flood = (count: number, each = (_name: string): void => {}): void => {
    for (let number = 0; number < count; number++) {
      assert.ok(enter(`stranger${number}`));
      each(`stranger${number}`);
    }
  };
  const strangers = (): boolean => gone.every((name) => name.startsWith('stranger'));
  return { entrance, gone, enter, write, flood, strangers };
}

describe('an entrance', () => {
  it('keeps those who wrote and those of the desk, while others come who only look', () => {
    const { gone, enter, write, flood, strangers } = scene();
    enter('asker');
    write('asker');
    enter('helper', 'desk');
    flood(100);
    assert.equal(gone.length, 94);
    assert.ok(strangers());
  });

  it('lets in whoever comes back to an address that a stranger fills, and knows that they wrote', () => {
    const { gone, enter, write, flood, strangers } = scene();
    write('asker');
    flood(MOST);
    enter('asker');
    flood(50);
    assert.ok(strangers());
    assert.equal(gone.length, 51);
  });

  it('lets go of whoever has been silent for longest, when most have written', () => {
    const { gone, enter, write } = scene();
    for (let number = 0; number < MOST; number++) {
      enter(`writer${number}`);
      write(`writer${number}`);
    }
    write('writer0');
    enter('newcomer');
    assert.deepEqual(gone, ['writer1']);
    // And the newcomer, who has not written yet, is not the one who goes for the next.
    enter('another');
    assert.deepEqual(gone, ['writer1', 'writer2']);
  });

  it('first takes what one device has beyond what it can need', () => {
    const { gone, enter, write } = scene();
    for (const reader of ['reader1', 'reader2', 'reader3']) enter(reader);
    write('hoarder');
    for (let line = 0; line < 20; line++) enter(`hoarder ${line}`);
    assert.ok(gone.every((name) => name.startsWith('hoarder')));
    assert.equal(gone.length, 15);
  });

  it('lets go of nobody of the desk for a visitor', () => {
    const { gone, enter } = scene();
    for (let number = 0; number < MOST; number++) enter(`helper${number}`, 'desk');
    assert.equal(enter('visitor'), false);
    assert.deepEqual(gone, []);
  });

  it('has as many places at the door for those who have not said who they are, and takes none inside for them', () => {
    const { entrance, gone, enter } = scene();
    enter('reader');
    for (let number = 0; number < 50; number++)
      entrance.knock(ADDRESS, () => void gone.push(`silent ${number}`));
    assert.equal(gone.length, 50 - MOST);
    assert.ok(gone.every((name) => name.startsWith('silent')));
  });
});
