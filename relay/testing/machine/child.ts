/** A process of ours: started, waited for until it is ready, and ended. Whoever starts one ends it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { type Interface, createInterface } from 'node:readline';

export interface ChildOptions {
  /** What is run, with its arguments. */
  readonly command: readonly [string, ...(readonly string[])];
  /** All of its environment. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The user that runs it. @default this one */
  readonly uid?: number;
  /** Whether a line that it prints says that it is ready. */
  isReady(line: string): boolean;
}

/** A disk that never answers must not keep whoever stops it. */
const STOP_MS = 20_000;

export class Child {
  /** Every line that it printed. */
  readonly output: string[] = [];
  /** Those of standard error. */
  readonly said: string[] = [];
  readonly #process: ChildProcess;
  readonly #errors: Interface;
  readonly #exited: Promise<unknown>;
  readonly #killed = (): unknown => this.#process.kill('SIGKILL');

  private constructor({ command: [program, ...args], env, cwd, uid }: ChildOptions) {
    this.#process = spawn(program, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    this.#errors = createInterface({ input: this.#process.stderr! });
    this.#errors.on('line', (line) => {
      this.output.push(line);
      this.said.push(line);
    });
    this.#exited = once(this.#process, 'close');
    this.#exited.then(() => process.off('exit', this.#killed)).catch(() => {}); // told by `start`
    process.once('exit', this.#killed); // stopped from outside, nobody is left behind
  }

  /**
   * Resolves once it is ready.
   * @param started is handed the process at once: it may have to be ended before it is ready.
   */
  static async start(options: ChildOptions, started?: (child: Child) => void): Promise<Child> {
    const child = new Child(options);
    started?.(child);
    await child.#ready(options);
    return child;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /**
   * Ends it, at once as a power cut would, or as its installer does. Idempotent.
   * @returns the signal that ended it, which may have come before; null if it stopped by itself.
   */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<NodeJS.Signals | null> {
    this.#process.kill(signal);
    const late = setTimeout(this.#killed, STOP_MS);
    await this.#exited;
    clearTimeout(late);
    return this.#process.signalCode;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Sends a signal; resolves once the process answers it with a line on standard error, or is gone. */
  async ask(signal: NodeJS.Signals, answer: string): Promise<void> {
    const undo = new AbortController();
    const answered = (async () => {
      for await (const [line] of on(this.#errors, 'line', { signal: undo.signal }))
        if (line === answer) return;
    })();
    this.signal(signal);
    await Promise.race([answered, this.#exited]);
    undo.abort();
    answered.catch(() => {}); // it was told to stop
  }

  async #ready({ isReady }: ChildOptions): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      createInterface({ input: this.#process.stdout! }).on('line', (line) => {
        this.output.push(line);
        if (isReady(line)) resolve();
      });
    });
    const ended = this.#exited.then(() => {
      throw new ChildEnded(this.output);
    });
    ended.catch(() => {}); // after it was ready this is no fault
    await Promise.race([ready, ended]);
  }
}

/** It ended before it was ready. */
export class ChildEnded extends Error {
  constructor(output: readonly string[]) {
    super(`it ended at start:\n${output.join('\n')}`);
    this.name = 'ChildEnded';
  }
}
