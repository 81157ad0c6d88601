/** Each end of a socket asks for a sign of life when an answer is overdue, and never while things are heard. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Pulse, type PulseOptions } from './pulse.ts';

describe('a pulse', () => {
  let now: number;
  let timers: { at: number; act: () => void }[];
  let told: string[];
  let pulse: Pulse;

  const clock = {
    now: () => now,
    after(ms: number, act: () => void) {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  function pass(ms: number): void {
    const end = now + ms;
    for (;;) {
      const [next] = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (!next) break;
      timers = timers.filter((one) => one !== next);
      now = Math.max(now, next.at);
      next.act();
    }
    now = end;
  }
  function begin(options: Pick<PulseOptions, 'quietMs' | 'answerMs' | 'askAlongMs'> = {}): void {
    now = 1_000_000;
    timers = [];
    told = [];
    pulse = new Pulse({
      clock,
      ...options,
      ask: () => told.push(`ask ${now - 1_000_000}`),
      silent: () => told.push(`silent ${now - 1_000_000}`),
      back: () => told.push(`back ${now - 1_000_000}`),
    });
  }
  beforeEach(() => begin());

  it('asks 3 s after a send that has no answer, and says 3 s later that nothing came', () => {
    pulse.sent(200, true);
    pass(20_000);
    assert.deepEqual(told, ['ask 3000', 'silent 6012.5']);
  });

  it('gives what is still on its way when something is heard the time of a slow line', () => {
    pulse.sent(2_000_000, true);
    pass(1_000);
    pulse.heard(1_600_000);
    pulse.sent(200, true);
    pass(110_000);
    assert.deepEqual(told, ['ask 4000', 'silent 107012.5']);
  });

  it('asks for nothing while whatever is sent is followed by something heard', () => {
    for (let second = 0; second < 60; second++) {
      pulse.sent(200, true);
      pass(900);
      pulse.heard();
      pass(100);
    }
    pass(10_000);
    assert.deepEqual(told, []);
    assert.equal(timers.length, 0);
  });

  it('waits for the last answer too, when an earlier one has come', () => {
    pulse.sent(0, true);
    pass(1_000);
    pulse.heard();
    pass(1_000);
    pulse.sent(0, true);
    pass(20_000);
    assert.deepEqual(told, ['ask 5000', 'silent 8000']);
  });

  it('is not put off by sends that follow', () => {
    for (let second = 0; second < 7; second++) {
      pulse.sent(0, true);
      pass(1_000);
    }
    assert.deepEqual(told, ['ask 3000', 'silent 6000']);
  });

  it('gives the other end as long for its answer as it is told', () => {
    begin({ answerMs: 5_000 });
    pulse.sent(0, true);
    pass(4_000);
    pulse.heard();
    pass(1_000);
    pulse.sent(0, true);
    pass(20_000);
    assert.deepEqual(told, ['ask 10000', 'silent 13000']);
  });

  it('asks together with what is sent when nothing was heard for a while, and once until then', () => {
    begin({ answerMs: 5_000, askAlongMs: 5_000 });
    pass(3_000);
    pulse.sent(0, true);
    pass(1_000);
    pulse.heard();
    pass(20_000);
    assert.deepEqual(told, []);
    pulse.sent(0, true);
    pulse.sent(0, true);
    pass(1_000);
    pulse.sent(0, true);
    pulse.heard();
    pass(20_000);
    assert.deepEqual(told, ['ask 24000']);
  });

  it('still asks a silent line again, and then says so', () => {
    begin({ answerMs: 5_000, askAlongMs: 5_000 });
    pass(10_000);
    pulse.sent(0, true);
    pass(20_000);
    assert.deepEqual(told, ['ask 10000', 'ask 15000', 'silent 18000']);
  });

  it('expects nothing after what has no answer', () => {
    pulse.sent(200, false);
    pass(60_000);
    assert.deepEqual(told, []);
  });

  it('asks when a line is silent longer than a healthy one is, and again after each silence', () => {
    begin({ quietMs: 23_000 });
    pass(22_000);
    pulse.heard();
    pass(22_000);
    assert.deepEqual(told, []);
    pass(1_000);
    pulse.heard();
    pass(23_000);
    assert.deepEqual(told, ['ask 45000', 'ask 68000']);
  });

  it('is back as soon as anything comes', () => {
    pulse.doubt();
    pass(5_000);
    assert.equal(pulse.isSilent, true);
    pulse.heard();
    assert.equal(pulse.isSilent, false);
    pulse.sent(0, true);
    pass(20_000);
    assert.deepEqual(told, ['ask 0', 'silent 3000', 'back 5000', 'ask 8000', 'silent 11000']);
  });

  it('leaves a slow line the time for what is on its way', () => {
    pulse.sent(160_000, true);
    pass(15_000);
    assert.deepEqual(told, ['ask 3000']);
    pass(2_000);
    assert.deepEqual(told, ['ask 3000', 'silent 16000']);
  });

  it('counts only what is still on its way', () => {
    pulse.sent(160_000, true);
    pass(1_000);
    pulse.heard();
    pulse.sent(0, true);
    pass(20_000);
    assert.deepEqual(told, ['ask 4000', 'silent 7000']);
  });

  it('asks again when this end has slept, before it says anything of the other', () => {
    pulse.doubt();
    const [timer] = timers.splice(0);
    now += 600_000;
    timer?.act();
    assert.deepEqual(told, ['ask 0', 'ask 600000']);
    pulse.heard();
    pass(20_000);
    assert.equal(told.length, 2);
  });

  it('says nothing once stopped', () => {
    begin({ quietMs: 23_000 });
    pulse.sent(0, true);
    pulse.stop();
    pulse.doubt();
    pass(100_000);
    assert.deepEqual(told, []);
    assert.equal(timers.length, 0);
  });
});
