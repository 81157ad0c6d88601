/**
 * Crowds that ask for as much as they get, from behind an honest visitor's address or from very many: nobody is refused
 * because of them, and whoever comes beside them waits for a turn.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Crowd } from './crowd/crowd.ts';
import { neverReading } from '../testing/raw-http.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice } from '../testing/test-device.ts';

const PANEL = '/assets/panel-Ab3dE_f9.js';
/** What a first visit asks for. */
const VISIT = ['/comptoir.js', '/api/spaces/demo/face', PANEL, '/api/community', '/healthz'];
const VISITS = 8;
const HELLOS = 20;
/** A busy machine has two cores for the relay, the crowd and whatever else runs. */
const PATIENCE_MS = 5_000;

describe('beside a crowd', { timeout: 120_000 }, () => {
  let dist: string;
  before(async () => {
    dist = await mkdtemp(join(tmpdir(), 'comptoir-dist-'));
    await mkdir(join(dist, 'assets'));
    await writeFile(join(dist, 'index.html'), '<p>shop</p>');
    await writeFile(join(dist, 'comptoir.js'), 'x'.repeat(7_000));
    await writeFile(join(dist, PANEL), 'x'.repeat(60_000));
    await writeFile(join(dist, 'large.js'), 'x'.repeat(340_000));
  });
  after(() => rm(dist, { recursive: true, force: true }));

  for (const what of ['files', 'faces'] as const) {
    it(`of one’s own address that fetches ${what} without end, the widget loads`, async (context) => {
      await using test = await startTestRelay({ dist });
      await using crowd = new Crowd(what, test, 'one');
      await crowd.busy(60);
      await beside(context, crowd, async () => {
        const times: number[] = [];
        for (let visit = 0; visit < VISITS; visit++)
          for (const path of VISIT) times.push(await fetched(test, path));
        return times;
      });
    });
  }

  it('that never sends what it has announced, whoever asks is answered', async () => {
    await using test = await startTestRelay({ dist });
    const half =
      'POST /api/invitations/look HTTP/1.1\r\nHost: localhost\r\n' +
      'Content-Type: application/json\r\nContent-Length: 20\r\n\r\n';
    const crowd = await neverReading(test.relay.port, 40, half);
    for (const path of VISIT) await withinPatience(fetched(test, path));
    for (const socket of crowd) socket.destroy();
  });

  for (const [title, from] of [
    ['of one’s own address', 'one'],
    ['from very many addresses', 'many'],
  ] as const) {
    it(`${title} that says hello without end, a device comes in, and what it writes is answered`, async (context) => {
      await using test = await startTestRelay({ dist });
      await using crowd = new Crowd('hellos', test, from);
      await crowd.busy(60);
      const community = test.relay.core.authority.fingerprint;
      const writer = await TestDevice.connect(test.socketUrl, community);
      const { conversation } = await writer.ask('Do you have these in blue?');
      await beside(context, crowd, async () => {
        const times: number[] = [];
        for (let count = 0; count < HELLOS; count++) {
          const started = performance.now();
          const device = await TestDevice.connect(test.socketUrl, community);
          assert.ok(device.welcome, `closed with ${device.closed}`);
          times.push(performance.now() - started);
          await device.close();
        }
        return times;
      });
      await beside(context, crowd, async () => {
        const times: number[] = [];
        for (let count = 0; count < HELLOS; count++) {
          const started = performance.now();
          const { outcome } = await writer.write(conversation, { kind: 'say', text: `${count}` });
          assert.equal(outcome.type, 'durable');
          times.push(performance.now() - started);
        }
        return times;
      });
      assert.equal(writer.closed, null);
      await writer.close();
    });
  }
});

/** Does something honest, and tells how long it took beside what the crowd did. */
async function beside(
  context: TestContext,
  crowd: Crowd,
  act: () => Promise<readonly number[]>,
): Promise<void> {
  const cpu = process.cpuUsage();
  const [started, acts] = [performance.now(), crowd.acts];
  const times = (await act()).toSorted((a, b) => a - b);
  const tookMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const [p50 = 0, p99 = 0] = [0.5, 0.99].map((share) => times[Math.floor(times.length * share)]);
  context.diagnostic(
    `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; ` +
      `${Math.round(((crowd.acts - acts) / tookMs) * 1_000)} acts a second of the crowd, ` +
      `${((user + system) / tookMs / 10).toFixed(0)} % of a core`,
  );
  assert.ok(p99 < PATIENCE_MS, `p99 ${p99} ms`);
  await crowd.busy(acts + 1);
}

async function withinPatience(act: Promise<unknown>): Promise<void> {
  const late = sleep(PATIENCE_MS, 'late', { ref: false });
  assert.notEqual(await Promise.race([act, late]), 'late');
}

/** How long a file took on a connection of its own, which must be given. */
async function fetched(test: TestRelay, path: string): Promise<number> {
  const started = performance.now();
  const asked = request(`${test.url}${path}`, { agent: false });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  await answer.resume().toArray();
  assert.equal(answer.statusCode, 200, path);
  return performance.now() - started;
}
