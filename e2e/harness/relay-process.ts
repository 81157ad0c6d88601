/** A relay as its installer runs it: a process with a data folder, started, killed and started again. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

const root = join(import.meta.dirname, '../..');

export interface RelayOptions {
  readonly port?: number;
  /** More `COMPTOIR_*` variables. */
  readonly env?: Readonly<Record<string, string>>;
}

export class RelayProcess {
  readonly port: number;
  readonly url: string;
  readonly data: string;
  /** Everything the process printed, for failures. */
  readonly output: string[] = [];
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #invitation = '';

  private constructor(port: number, data: string, env: Readonly<Record<string, string>>) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.data = data;
    this.#env = env;
  }

  /** A free port and an empty data folder; nothing runs yet. */
  static async prepare(options: RelayOptions = {}): Promise<RelayProcess> {
    const data = await mkdtemp(join(tmpdir(), 'comptoir-e2e-'));
    return new RelayProcess(options.port ?? (await freePort()), data, options.env ?? {});
  }

  /** Starts a relay on a free port with an empty data folder. */
  static async start(options: RelayOptions = {}): Promise<RelayProcess> {
    const relay = await RelayProcess.prepare(options);
    await relay.boot();
    return relay;
  }

  get isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** The single-use link to the desk that the first start printed. */
  get invitation(): string {
    return this.#invitation;
  }

  /**
   * Starts the process; resolves once it is ready.
   * @param more variables for this once
   */
  async boot(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const env = {
      ...process.env,
      ...this.#env,
      ...more,
      PORT: String(this.port),
      COMPTOIR_DATA: this.data,
    };
    const child = spawn(process.execPath, ['relay/start.js'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.output.push(line);
        this.#invitation = /https?:\S+#invite=\S+/.exec(line)?.[0] ?? this.#invitation;
      });
    }
    await this.#ready(child);
  }

  async #ready(child: ChildProcess): Promise<void> {
    const exited = once(child, 'exit').then(() => {
      throw new Error(`the relay ended at start:\n${this.output.join('\n')}`);
    });
    const answered = (async () => {
      while (child.exitCode === null && child.signalCode === null) {
        const ready = await fetch(`${this.url}/readyz`).then(
          (answer) => answer.ok,
          () => false,
        );
        if (ready) return;
        await new Promise((next) => setTimeout(next, 20));
      }
    })();
    await Promise.race([answered, exited]);
    exited.catch(() => {});
  }

  /** What the relay's own command line prints. */
  async office(...args: readonly string[]): Promise<string> {
    const env = { ...process.env, ...this.#env, PORT: String(this.port), COMPTOIR_DATA: this.data };
    const command = ['relay/start.js', ...args];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env });
    return stdout;
  }

  /** Another single-use link to the desk. */
  async invite(...options: readonly string[]): Promise<string> {
    const stdout = await this.office('invite', ...options);
    const link = /https?:\S+#invite=\S+/.exec(stdout)?.[0];
    if (link === undefined) throw new Error(`no invitation in: ${stdout}`);
    return link;
  }

  /**
   * Ends the process at once, as a power cut would.
   * @returns the signal that ended it, which may have come before; null if it stopped by itself.
   */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<NodeJS.Signals | null> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return null;
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
    return child.signalCode;
  }

  /** Stops the process where it is: its sockets stay open and say nothing. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  /** Lets a frozen process go on. */
  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Ends the process and removes its data. */
  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.data, { recursive: true, force: true });
  }
}
