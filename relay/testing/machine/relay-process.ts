/** A relay as its installer runs it: a process with a data folder, started, killed and started again. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.ts';

const ROOT = join(import.meta.dirname, '../../..');
const START = join(ROOT, 'relay/start.js');
/** Compiled code of relays that stopped by themselves: the next ones start in half the time. */
const COMPILED = join(ROOT, 'node_modules/.cache/relay-code');

export interface RunOptions {
  /** More `COMPTOIR_*` variables. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The user that runs it. @default this one */
  readonly uid?: number;
  /** The file that starts it. @default this repository's */
  readonly start?: string;
  readonly cwd?: string;
}

export interface RelayOptions extends RunOptions {
  /** @default one that is free, the same at each start */
  readonly port?: number;
  /** Kept afterwards if given. @default an empty one */
  readonly data?: string;
  /** How many files it may have open. @default as many as this process */
  readonly files?: number;
  /** Which of the command line's commands runs it. @default the one without a name */
  readonly command?: 'serve';
}

/** How a command ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of the relay's command line to its end. */
export function runRelay(
  data: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const { start = START, cwd, uid } = options;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [start, ...args],
      {
        env: environmentOf(data, options),
        encoding: 'utf8',
        ...(cwd === undefined ? {} : { cwd }),
        ...(uid === undefined ? {} : { uid, gid: uid }),
      },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

const environmentOf = (data: string, { env }: RunOptions): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_COMPILE_CACHE: COMPILED,
  COMPTOIR_DATA: data,
  COMPTOIR_PORT: '0',
  ...env,
});

export class RelayProcess implements AsyncDisposable {
  readonly data: string;
  readonly #options: RelayOptions;
  #port: number;
  #child: Child | undefined;
  #invitation = '';

  private constructor(data: string, options: RelayOptions) {
    this.data = data;
    this.#options = options;
    this.#port = options.port ?? 0;
  }

  /** With its data folder; nothing runs yet. */
  static async prepare(options: RelayOptions = {}): Promise<RelayProcess> {
    const data = options.data ?? (await mkdtemp(join(tmpdir(), 'comptoir-relay-')));
    return new RelayProcess(data, options);
  }

  /** Starts a relay; by default on a free port, with an empty data folder. */
  static async start(options: RelayOptions = {}): Promise<RelayProcess> {
    const relay = await RelayProcess.prepare(options);
    await relay.boot();
    return relay;
  }

  /** 0 before the first start, if none was asked for. */
  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get socketUrl(): string {
    return `ws://127.0.0.1:${this.#port}/sync`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#child?.isRunning ?? false;
  }

  /** Every line that it has printed since it was last started. */
  get output(): readonly string[] {
    return this.#child?.output ?? [];
  }

  /** Those of standard error. */
  get said(): readonly string[] {
    return this.#child?.said ?? [];
  }

  /** The single-use link to the desk that the first start printed. */
  get invitation(): string {
    return this.#invitation;
  }

  /**
   * Starts the process; resolves once it has said where it listens.
   * @param more variables for this once
   * @throws {ChildEnded} if it ended before.
   * @throws if it runs already: that one would be left running.
   */
  async boot(more: Readonly<Record<string, string>> = {}): Promise<void> {
    if (this.#child?.isRunning) throw new Error('the relay runs already');
    const { start = START, cwd, uid, files, command } = this.#options;
    const run: [string, ...string[]] = [process.execPath, start];
    if (command !== undefined) run.push(command);
    const limited = `ulimit -n ${files} && exec "$0" "$@"`;
    await Child.start(
      {
        command: files === undefined ? run : ['sh', '-c', limited, ...run],
        env: {
          ...environmentOf(this.data, this.#options),
          COMPTOIR_PORT: String(this.#port),
          ...more,
        },
        ...(cwd === undefined ? {} : { cwd }),
        ...(uid === undefined ? {} : { uid }),
        isReady: (line) => this.#reads(line),
      },
      (child) => (this.#child = child),
    );
  }

  /** What the relay's own command line prints. */
  async office(...args: readonly string[]): Promise<string> {
    const { code, out, err } = await runRelay(this.data, args, {
      ...this.#options,
      env: { ...this.#options.env, COMPTOIR_PORT: String(this.#port) },
    });
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}${out}`);
    return out;
  }

  /** Another single-use link to the desk. */
  async invite(...options: readonly string[]): Promise<string> {
    const printed = await this.office('invite', ...options);
    const link = linkIn(printed);
    if (link === undefined) throw new Error(`no invitation in: ${printed}`);
    return link;
  }

  /**
   * Ends the process at once, as a power cut would.
   * @returns the signal that ended it, which may have come before; null if it stopped by itself.
   */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<NodeJS.Signals | null> {
    const child = this.#child;
    this.#child = undefined;
    return child === undefined ? null : child.end(signal);
  }

  /** Sends a signal; resolves once the process answers it with a line on standard error, or is gone. */
  async ask(signal: NodeJS.Signals, answer: string): Promise<void> {
    await this.#child?.ask(signal, answer);
  }

  /** Stops the process where it is: its sockets stay open and say nothing. */
  freeze(): void {
    this.#child?.signal('SIGSTOP');
  }

  /** Lets a frozen process go on. */
  thaw(): void {
    this.#child?.signal('SIGCONT');
  }

  /** Ends the process and removes its data, unless the folder was given. */
  async dispose(): Promise<void> {
    await this.kill();
    if (this.#options.data === undefined) await rm(this.data, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** What the relay prints at its start, a line each; the data folder is its last. */
  #reads(line: string): boolean {
    this.#port = Number(/^Demo shop .*:(\d+)\/$/.exec(line)?.[1] ?? this.#port);
    this.#invitation = linkIn(line) ?? this.#invitation;
    return line.startsWith('Data ');
  }
}

const linkIn = (text: string): string | undefined => /https?:\S+#invite=\S+/.exec(text)?.[0];
