/** A relay in a process of its own, of this checkout or of another one (`BENCH_ROOT`), and what it takes of the machine. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../e2e/harness/free-port.ts';
import { type Fingerprint, parseFingerprint } from '../../shared/ids.ts';

const root = process.env['BENCH_ROOT'] ?? join(import.meta.dirname, '../..');
const START = ['relay/start.js'];
/** Linux counts a process's time in these. */
const TICK_MS = 10;

export class BenchRelay {
  readonly port: number;
  readonly #data: string;
  #child: ChildProcess | undefined;

  private constructor(port: number, data: string) {
    this.port = port;
    this.#data = data;
  }

  static async start(): Promise<BenchRelay> {
    const data = mkdtempSync(join(tmpdir(), 'comptoir-bench-'));
    const relay = new BenchRelay(await freePort(), data);
    await relay.boot();
    return relay;
  }

  get socketUrl(): string {
    return `ws://127.0.0.1:${this.port}/sync`;
  }

  get #env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      PORT: String(this.port),
      COMPTOIR_DATA: this.#data,
      COMPTOIR_ENTRIES_PER_MINUTE: '1000000',
      COMPTOIR_QUESTIONS_PER_HOUR: '1000000',
      COMPTOIR_SOCKETS_PER_ADDRESS: '10000',
    };
  }

  async boot(): Promise<void> {
    this.#child = spawn(process.execPath, START, { cwd: root, env: this.#env, stdio: 'ignore' });
    while (!(await this.#isReady())) await new Promise((next) => setTimeout(next, 50));
  }

  async community(): Promise<Fingerprint> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/api/community`);
    return parseFingerprint(((await answer.json()) as { fingerprint: string }).fingerprint);
  }

  /** Runs the command line on its data. */
  command(...words: readonly string[]): void {
    execFileSync(process.execPath, [...START, ...words], { cwd: root, env: this.#env });
  }

  /** Time on all processors since the process began, ms. */
  cpuMs(): number {
    const fields = readFileSync(`/proc/${this.#child?.pid}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ');
    return (Number(fields?.[11]) + Number(fields?.[12])) * TICK_MS;
  }

  rssMb(): number {
    const [, kb] =
      /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#child?.pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kb) / 1024);
  }

  async restart(): Promise<void> {
    await this.#stop();
    await this.boot();
  }

  async dispose(): Promise<void> {
    await this.#stop();
    rmSync(this.#data, { recursive: true, force: true });
  }

  async #stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  #isReady(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  }
}
