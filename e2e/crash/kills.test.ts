/**
 * The relay is killed at random moments while two people write as fast as it takes it. Five times with the
 * other tests; `npm run crash -- kills 500` for longer.
 */
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { TestDevice } from '../../relay/testing/test-device.ts';
import { seededNumbers } from '../harness/seeded-numbers.ts';
import { Community } from './community.ts';
import type { Ledger } from './ledger.ts';

const KILLS = Number(process.env['CRASH_KILLS'] ?? 5);
const LONGEST_MS = 120;
/** A conversation for each few: a long one would make the check the longest part. */
const KILLS_A_CONVERSATION = 10;
const seed = Number(process.env['COMPTOIR_E2E_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** Writes until the relay is gone; takes every third text back. */
async function write(ledger: Ledger, device: TestDevice): Promise<void> {
  while (device.closed === null) {
    const texts = Array.from({ length: 3 }, () => ({
      kind: 'say' as const,
      text: `text ${crypto.randomUUID()}`,
    }));
    const said = await ledger.send(device, ...texts);
    if (device.closed === null) await ledger.retract(device, said[1]!);
  }
}

describe('a relay that is killed while people write', () => {
  let community: Community;

  before(async () => {
    community = await Community.start();
  });

  afterEach(() => community.relay.kill());
  after(() => community.dispose());

  it(`loses nothing it acknowledged in ${KILLS} kills`, { timeout: 3_600_000 }, async (context) => {
    context.diagnostic(`COMPTOIR_E2E_SEED=${seed}`);
    const random = seededNumbers(seed);
    const { relay } = community;
    let ledger = community.newLedger();
    let acknowledged = 0;
    await relay.boot();
    for (let kill = 0; kill < KILLS; kill++) {
      const visitor = await ledger.connect(ledger.visitor);
      const helper = await ledger.connect(ledger.helper);
      if (kill % KILLS_A_CONVERSATION === 0) await ledger.ask(visitor, 'Will it hold?');
      const writing = [visitor, helper].map((device) => write(ledger, device));
      await setTimeout(random() * LONGEST_MS);
      await relay.kill();
      await Promise.all(writing);
      await relay.boot();
      await ledger.verify();
      if ((kill + 1) % KILLS_A_CONVERSATION > 0 && kill + 1 < KILLS) continue;
      acknowledged += ledger.acknowledged;
      ledger = community.newLedger();
    }
    context.diagnostic(`${acknowledged} entries acknowledged`);
  });
});
