/**
 * A relay as its installer runs it, under mixed abuse within the limits: what it takes in memory, and how long an
 * honest visitor waits. `npm run soak -- <minutes>` prints it; `soak.test.ts` does it for seconds.
 */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Fingerprint } from '../../../shared/ids.ts';
import { RelayProcess } from '../../testing/machine/relay-process.ts';
import { Inspected } from './inspected.ts';
import { TestDevice } from '../../testing/test-device.ts';

export interface Sample {
  readonly seconds: number;
  readonly rssMB: number;
  /** Objects of the main thread that are in use, and its buffers: what is left after a collection. */
  readonly heapMB: number;
  readonly buffersMB: number;
  /** Of an honest visitor's entries since the sample before. */
  readonly p50: number;
  readonly p99: number;
  /** What the mob did so far. */
  readonly acts: number;
}

export interface SoakOptions {
  /** When samples are taken, in seconds; the last ends it. */
  readonly at: readonly number[];
  readonly told?: (sample: Sample) => void;
}

const PAUSE_MS = 250;

export async function soak({ at, told }: SoakOptions): Promise<readonly Sample[]> {
  const options = `${process.env['NODE_OPTIONS'] ?? ''} --inspect=127.0.0.1:0`;
  await using relay = await RelayProcess.start({ env: { NODE_OPTIONS: options } });
  using inside = await Inspected.attach(relay.said);
  const about = (await (await fetch(`${relay.url}/api/community`)).json()) as {
    readonly fingerprint: Fingerprint;
  };
  const { fingerprint } = about;
  const visitor = await TestDevice.connect(relay.socketUrl, fingerprint);
  const { conversation } = await visitor.ask('Does this fit a 4 mm screw?');
  const mob = fork(fileURLToPath(new URL('mob.ts', import.meta.url)), [relay.url, fingerprint]);
  const gone = once(mob, 'exit');
  let acts = 0;
  mob.on('message', (done: { readonly acts: number }) => ({ acts } = done));
  const samples: Sample[] = [];
  const started = performance.now();
  let times: number[] = [];
  try {
    for (const seconds of at) {
      while (performance.now() - started < seconds * 1_000) {
        const before = performance.now();
        const text = `Still here after ${Math.round(before - started)} ms`;
        const { outcome } = await visitor.write(conversation, { kind: 'say', text });
        if (outcome.type !== 'durable')
          throw new Error(`an honest word was answered ${outcome.type}`);
        times.push(performance.now() - before);
        await new Promise((later) => setTimeout(later, PAUSE_MS));
      }
      const sorted = times.toSorted((a, b) => a - b);
      const share = (of: number): number => sorted[Math.floor(sorted.length * of)] ?? 0;
      const sample = {
        seconds,
        rssMB: await rssOf(relay.pid),
        ...(await inside.memory()),
        p50: share(0.5),
        p99: share(0.99),
        acts,
      };
      samples.push(sample);
      told?.(sample);
      times = [];
    }
    await visitor.close();
  } finally {
    mob.kill('SIGKILL');
    await gone;
  }
  return samples;
}

async function rssOf(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1_024;
}
