/** A server that is measured: a process of its own on a data folder of its own. */
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../e2e/harness/free-port.ts';
import { Child } from '../../../relay/testing/machine/child.ts';
import { DataFolder, type Disk } from '../disk/disks.ts';
import { cpuMs, rssMb } from './process-figures.ts';
import { SERVERS, type ServerName, environmentOf } from './servers.ts';

export interface ServerOptions {
  readonly disk: Disk;
  readonly seed: number;
  /** The checkout whose Comptoir is measured. */
  readonly root: string;
  /** Where it writes a CPU profile when it ends. */
  readonly profile?: string | undefined;
}

const collector = join(import.meta.dirname, 'collect-on-signal.mjs');

export class ServerProcess {
  readonly name: ServerName;
  readonly port: number;
  readonly #options: ServerOptions;
  readonly #folder: DataFolder;
  #child: Child | undefined;

  private constructor(name: ServerName, port: number, options: ServerOptions) {
    this.name = name;
    this.port = port;
    this.#options = options;
    this.#folder = new DataFolder(options.disk, options.seed);
  }

  static async start(name: ServerName, options: ServerOptions): Promise<ServerProcess> {
    const server = new ServerProcess(name, await freePort(), options);
    try {
      await server.boot();
    } catch (error) {
      await server.dispose();
      throw error;
    }
    return server;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  get #data(): string {
    return join(this.#folder.path, 'data');
  }

  /** Starts the process; resolves once it takes connections, with the ms that this took. */
  async boot(): Promise<number> {
    const { root, profile } = this.#options;
    mkdirSync(this.#data, { recursive: true });
    if (profile !== undefined) mkdirSync(profile, { recursive: true });
    const profiling =
      profile === undefined
        ? []
        : ['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${profile}`];
    const { entry } = SERVERS[this.name];
    const began = performance.now();
    await Child.start(
      {
        command: [process.execPath, ...profiling, '--import', collector, entry],
        cwd: root,
        env: {
          ...process.env,
          ...this.#folder.env,
          ...environmentOf(this.name, this.port, this.#data),
        },
        isReady: (line) => line === 'ready' || line.startsWith('Data '),
      },
      (child) => (this.#child = child),
    );
    return performance.now() - began;
  }

  /** Time on all processors since the process began. */
  cpuMs(): number {
    return cpuMs(this.#pid);
  }

  /** Memory, after a collection of its main thread's garbage. */
  async rssMb(): Promise<number> {
    process.kill(this.#pid, 'SIGUSR2');
    await pause(1_500);
    return rssMb(this.#pid);
  }

  /** Tells readers of its profiles when it was measured, in ns of the system's steady clock. */
  noteMeasured(from: bigint, to: bigint): void {
    const { profile } = this.#options;
    if (profile === undefined) return;
    const between = { from: Number(from / 1_000n), to: Number(to / 1_000n) };
    writeFileSync(join(profile, 'measured.json'), JSON.stringify(between));
  }

  /** The schedule of delays of its disk begins, or ends; nothing on other disks. */
  slowDisk(isSlow: boolean): void {
    this.#folder.slow(isSlow);
  }

  /** Stops it as its installer does, and starts it again on what it kept; ms until it was ready. */
  async restart(): Promise<number> {
    await this.#stop();
    return this.boot();
  }

  async dispose(): Promise<void> {
    await this.#stop();
    this.#folder.remove();
  }

  /** Comptoir's office, by its socket in the data folder. */
  async office<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<T> {
    const socketPath = join(this.#data, 'office.sock');
    const asked = request({ socketPath, method, path, headers: { host: 'localhost' } });
    asked.end(JSON.stringify(body));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const text = (await answer.toArray()).join('');
    if ((answer.statusCode ?? 500) >= 400) throw new Error(`${method} ${path}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  get #pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error(`${this.name} does not run`);
    return pid;
  }

  async #stop(): Promise<void> {
    await this.#child?.end('SIGTERM');
    this.#child = undefined;
  }
}
