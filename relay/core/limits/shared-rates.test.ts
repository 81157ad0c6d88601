/** Rates that people at one address share, and that a few of them cannot use up. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { SharedRates, type TooMuch } from './shared-rates.ts';

const HOUR_MS = 3_600_000;
const DEVICES = 5;

describe('shared rates', () => {
  let now = 0;
  let rates: SharedRates;
  beforeEach(() => {
    now = 0;
    rates = new SharedRates(
      {
        rate: { burst: 10, perSecond: 10 / 3_600 },
        shares: { device: 2, address: DEVICES, neighbourhood: 20 },
        little: { burst: 2, perSecond: 2 / 3_600 },
        littleShares: { address: 20, neighbourhood: 100 },
      },
      () => now,
    );
  });
  const at = (connection: string, address = '192.0.2.1') => ({ connection, address });

  /** One after the other brings as much as it may: how much that was, and what the last was told. */
  function takeAll(address = '192.0.2.1', devices = 2 * DEVICES): [number, TooMuch | null] {
    let taken = 0;
    let told: TooMuch | null = null;
    for (let device = 0; device < devices; device++)
      for (told = null; !told; taken += told ? 0 : 1)
        told = rates.take(at(`flood ${address} ${device}`, address), 1);
    return [taken, told];
  }

  it('leave whoever brings little what a few cannot use up who take all', () => {
    const [taken, told] = takeAll();
    assert.equal(taken, 10 * DEVICES + 2 * 2 * DEVICES);
    assert.equal(told?.of, 'place');
    for (let times = 0; times < 2; times++) assert.equal(rates.take(at('fresh'), 1), null);
    assert.equal(rates.take(at('fresh'), 1)?.of, 'place');
    assert.equal(rates.take(at('elsewhere', '198.51.100.1'), 10), null);
  });

  it('bound what comes from one address, however many keys bring it', () => {
    const [taken] = takeAll('192.0.2.1', 1_000);
    assert.equal(taken, 10 * DEVICES + 2 * 20);
    now += HOUR_MS;
    assert.equal(takeAll('192.0.2.1', 1_000)[0], taken);
  });

  it('bound what comes from a neighbourhood', () => {
    let taken = 0;
    for (let host = 1; host < 50; host++) taken += takeAll(`192.0.2.${host}`)[0];
    assert.equal(taken, 10 * 20 + 2 * 100);
    assert.equal(takeAll('198.51.100.1')[0], 10 * DEVICES + 2 * 2 * DEVICES);
  });

  it('count what a device carries for others with what goes beyond', () => {
    takeAll();
    assert.equal(rates.take(at('fresh'), 1, false)?.of, 'place');
  });

  it('tell a device that has used up its own', () => {
    assert.equal(rates.take(at('one'), 20), null);
    const told = rates.take(at('one'), 1);
    assert.equal(told?.of, 'device');
    now += told?.waitMs ?? 0;
    assert.equal(rates.take(at('one'), 1), null);
  });
});
