/**
 * The relay dies at each step of its path, from its first start to its stop. A few random moments run with the
 * other tests; `npm run crash` plays every one.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { ChildEnded } from '../../relay/testing/machine/child.ts';
import type { RelayProcess } from '../../relay/testing/machine/relay-process.ts';
import { TestDevice } from '../../relay/testing/test-device.ts';
import { seededNumbers } from '../harness/seeded-numbers.ts';
import { Community, fingerprintOf } from './community.ts';
import type { Ledger } from './ledger.ts';
import { shopDay } from './shop-day.ts';
import { type CrashPoint, STEPS, nameOf } from './steps.ts';

const playsAll = process.env['CRASH_POINTS'] === 'all';
const SOME = 3;
const seed = Number(process.env['COMPTOIR_E2E_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const sides = STEPS.flatMap((step) =>
  (['before', 'after'] as const).map((when) => ({ when, step })),
);

/**
 * Some moments at random, or each sort of moment, from its first time on, as long as it is met.
 * @param most passes of a step that one may wait for, about
 */
async function forPoints(
  most: number,
  dies: (point: CrashPoint) => Promise<boolean>,
): Promise<string> {
  const random = seededNumbers(seed);
  let met = 0;
  if (!playsAll) {
    let played = 0;
    // Not every step has so many passes, and a start has not every step.
    for (; met < SOME; played++) {
      const side = sides[Math.floor(random() * sides.length)]!;
      if (await dies({ ...side, passes: Math.floor(random() ** 2 * most) })) met++;
    }
    return `died at ${met} of ${played} moments`;
  }
  const parts: string[] = [];
  for (const side of sides) {
    let died = 0;
    let passes = 0;
    for (; await dies({ ...side, passes }); passes += 1 + Math.floor(passes / 20)) died++;
    parts.push(`${side.when} ${side.step} ${died}`);
    met += died;
  }
  return `died at ${met} moments (passed the last of its sort ${sides.length} times): ${parts.join(', ')}`;
}

/** Whether a relay comes up: it may die before it is ready. */
async function comesUp(relay: RelayProcess, env: Record<string, string>): Promise<boolean> {
  try {
    await relay.boot(env);
    return true;
  } catch (error) {
    if (error instanceof ChildEnded) return false;
    throw error;
  }
}

describe(`a relay that is killed at any step`, () => {
  let community: Community;

  before(async () => {
    community = await Community.start();
  });

  afterEach(() => community.relay.kill());
  after(() => community.dispose());

  async function verify(ledger: Ledger, points: readonly CrashPoint[]): Promise<void> {
    await ledger.verify().catch((error: unknown) => {
      throw new Error(`killed ${points.map(nameOf).join(', ')}`, { cause: error });
    });
  }

  it('keeps what it acknowledged, once and in place, and takes the rest again', async (context) => {
    context.diagnostic(`COMPTOIR_E2E_SEED=${seed}`);
    const { relay } = community;
    let last: readonly [Ledger, CrashPoint] | undefined;
    // The relay that comes back is also the one that dies next.
    const told = await forPoints(40, async (point) => {
      await relay.boot(community.dying(point, 'told'));
      if (last) await verify(last[0], [last[1]]);
      const ledger = community.newLedger();
      last = [ledger, point];
      await relay.ask('SIGUSR2', 'counting');
      await shopDay(ledger);
      return (await relay.kill('SIGTERM')) === 'SIGKILL';
    });
    await relay.boot();
    if (last) await verify(last[0], [last[1]]);
    await relay.kill();
    context.diagnostic(told);
  });

  it('keeps it though it dies again and again while it starts', async (context) => {
    const { relay } = community;
    const ledger = community.newLedger();
    await relay.boot();
    await shopDay(ledger);
    await relay.kill();
    let deaths: CrashPoint[] = [];
    const comesBack = async (): Promise<void> => {
      await relay.boot();
      await verify(ledger, deaths);
      await relay.kill();
      deaths = [];
    };
    const told = await forPoints(5, async (point) => {
      const isUp = await comesUp(relay, community.dying(point, 'start'));
      await relay.kill();
      deaths.push(point);
      if (!isUp && deaths.length < (playsAll ? 10 : SOME)) return true;
      await comesBack();
      return !isUp;
    });
    await comesBack();
    context.diagnostic(told);
  });

  it('starts from whatever its first start left', async (context) => {
    const told = await forPoints(5, async (point) => {
      await using relay = await community.stranger();
      const isUp = await comesUp(relay, community.dying(point, 'start'));
      await relay.kill();
      await relay.boot();
      const device = await TestDevice.connect(relay.socketUrl, await fingerprintOf(relay));
      const { id } = await device.ask('Which drill?');
      assert.equal(device.outcomes.get(id)?.type, 'durable', `killed ${nameOf(point)}`);
      await device.close();
      return !isUp;
    });
    context.diagnostic(told);
  });
});
