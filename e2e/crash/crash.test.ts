/**
 * The relay dies at each step of its path, from its first start to its stop. A few random moments run with the
 * other tests; `npm run crash` plays every one.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ChildEnded } from '../../relay/testing/machine/child.ts';
import { RelayProcess } from '../../relay/testing/machine/relay-process.ts';
import { seededNumbers } from '../harness/seeded-numbers.ts';
import { Community } from './community.ts';
import { shopDay } from './shop-day.ts';
import { type CrashPoint, STEPS, nameOf } from './steps.ts';

const playsAll = process.env['CRASH_POINTS'] === 'all';
const SOME = 3;
/** A shop's day passes fewer of any step than this. */
const MOST_PASSES = 60;
const seed = Number(process.env['COMPTOIR_E2E_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const preload = join(import.meta.dirname, 'crash-points.ts');
const dyingAt = (point: CrashPoint): Record<string, string> => ({
  NODE_OPTIONS: `--import ${preload}`,
  CRASH_AT: nameOf(point),
});

const sides = STEPS.flatMap((step) =>
  (['before', 'after'] as const).map((when) => ({ when, step })),
);

/** Some moments at random, or each sort of moment, from its first time on, as long as it is met. */
async function forPoints(dies: (point: CrashPoint) => Promise<boolean>): Promise<number> {
  const random = seededNumbers(seed);
  let played = 0;
  if (!playsAll) {
    for (; played < SOME; played++) {
      const side = sides[Math.floor(random() * sides.length)]!;
      await dies({ ...side, passes: Math.floor(random() ** 2 * MOST_PASSES) });
    }
    return played;
  }
  for (const side of sides) {
    for (let passes = 0; await dies({ ...side, passes }); passes += 1 + Math.floor(passes / 20)) {
      played++;
    }
  }
  return played;
}

/** Starts a relay that may die before it is ready. */
async function bootOrDie(relay: RelayProcess, point: CrashPoint): Promise<void> {
  await relay.boot(dyingAt(point)).catch((error: unknown) => {
    if (!(error instanceof ChildEnded)) throw error;
  });
}

describe(`a relay that is killed at any step`, () => {
  let community: Community;

  before(async () => {
    community = await Community.start();
  });

  after(() => community.dispose());

  it('keeps what it acknowledged, once and in place, and takes the rest again', async (context) => {
    context.diagnostic(`COMPTOIR_E2E_SEED=${seed}`);
    const { relay } = community;
    const played = await forPoints(async (point) => {
      const ledger = community.newLedger();
      await bootOrDie(relay, point);
      if (relay.isRunning) await shopDay(ledger);
      const died = (await relay.kill('SIGTERM')) === 'SIGKILL';
      await relay.boot();
      await ledger.verify().catch((error: unknown) => {
        throw new Error(`killed ${nameOf(point)}`, { cause: error });
      });
      await relay.kill();
      return died;
    });
    context.diagnostic(`${played} moments`);
  });

  it('starts from whatever its first start left', async (context) => {
    const played = await forPoints(async (point) => {
      const relay = await RelayProcess.prepare();
      try {
        await bootOrDie(relay, point);
        const died = (await relay.kill('SIGTERM')) === 'SIGKILL';
        await relay.boot();
        assert.match(await relay.invite(), /#invite=/, `killed ${nameOf(point)}`);
        return died;
      } finally {
        await relay.dispose();
      }
    });
    context.diagnostic(`${played} moments`);
  });
});
