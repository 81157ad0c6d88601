/** When the relay says that it can write. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { WriteCheck } from './write-check.ts';

describe('whether a write would succeed', () => {
  let now: number;
  let probes: number;
  let isFull: boolean;
  let check: WriteCheck;
  const write = (): void => {
    if (isFull) throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
  };
  beforeEach(() => {
    now = 1_000;
    probes = 0;
    isFull = false;
    check = new WriteCheck({
      folder: '/data',
      now: () => now,
      probe() {
        probes++;
        write();
      },
    });
  });

  it('is tried at most once in 5 s, however many ask', () => {
    for (let asked = 0; asked < 100; asked++) check.check();
    assert.equal(probes, 1);
    now += 4_999;
    check.check();
    assert.equal(probes, 1);
    now += 1;
    check.check();
    assert.equal(probes, 2);
  });

  it('is not tried while people write', () => {
    for (let second = 0; second < 20; second++) {
      now += 1_000;
      check.watch(write);
      check.check();
    }
    assert.equal(probes, 0);
  });

  it('is told by the newest write, and again once there is room', () => {
    check.check();
    isFull = true;
    assert.throws(() => check.watch(write), { kind: 'full' });
    assert.throws(() => check.check(), { kind: 'full' });
    isFull = false;
    assert.throws(() => check.check(), { kind: 'full' }, 'nothing was tried since');
    now += 5_000;
    check.check();
    isFull = true;
    now += 5_000;
    assert.throws(() => check.check(), { kind: 'full' });
    isFull = false;
    check.watch(write);
    check.check();
  });

  it('stays true where what failed was not the disk', () => {
    assert.throws(() =>
      check.watch(() => {
        throw new Error('a bug');
      }),
    );
    check.check();
  });
});
