/**
 * Keeps what the bench found from rotting: how much more an entry costs than on the floor, and that it costs
 * the same in many rooms. Processor time in one run only, never times: the machine may be busy.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RelayBenchOptions } from './relay/options.ts';
import { runScene } from './relay/run-scene.ts';
import type { Figures, Scene } from './relay/scenes/scene.ts';
import { burst, chatAt } from './relay/scenes/talking.ts';
import type { ServerName } from './relay/servers/servers.ts';
import { signatureCheckUs } from './relay/signature-check.ts';

const CPU = 'CPU µs an entry';
const options = {
  disk: 'real',
  seed: 1,
  seconds: 3,
  isShort: false,
  root: new URL('..', import.meta.url).pathname,
  profile: undefined,
} as const satisfies Partial<RelayBenchOptions>;

const inLinux = { skip: process.platform !== 'linux' && 'it reads /proc', timeout: 240_000 };

async function run(scene: Scene, server: ServerName): Promise<Figures> {
  const figures = await runScene(scene, server, options);
  assert.equal(figures['not within 40 s'] ?? 0, 0, `${server} lost nothing`);
  assert.equal(figures['not taken'] ?? 0, 0, `${server} refused nothing`);
  return figures;
}

test(
  'an entry of a burst costs no more than its signature’s check and a few times the floor',
  inLinux,
  async (context) => {
    const scene = burst(20, 4, 50);
    const floor = (await run(scene, 'floor'))[CPU] ?? 0;
    const comptoir = (await run(scene, 'comptoir'))[CPU] ?? Infinity;
    const check = signatureCheckUs();
    const most = check + MOST_FLOORS * floor;
    context.diagnostic(`${comptoir} µs, the floor ${floor}, a signature’s check ${check}`);
    assert.ok(comptoir <= most, `${comptoir} µs; ${most} allowed, the floor takes ${floor}`);
  },
);

test(
  'an entry costs no more among many rooms than among few, at the same pace',
  inLinux,
  async (context) => {
    const few = (await run(chatAt(20, 100), 'comptoir'))[CPU] ?? 0;
    const many = (await run(chatAt(160, 100), 'comptoir'))[CPU] ?? Infinity;
    context.diagnostic(`${many} µs in 160 rooms, ${few} µs in 20`);
    assert.ok(many <= MOST_GROWTH * few, `${many} µs in 160 rooms, ${few} µs in 20`);
  },
);

/** Generous: it was 3 floors more than the check, and no growth, when this was written. */
const MOST_FLOORS = 8;
const MOST_GROWTH = 1.6;
