/** The relay's command as a process of its own, on a data folder. */
import { type ChildProcess, type SpawnOptions, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START = join(import.meta.dirname, '../../start.js');

export interface RunOptions {
  /** More `COMPTOIR_*` variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** The user that runs it. @default this one */
  readonly uid?: number;
  /** The file that starts it. @default this repository's */
  readonly start?: string;
  readonly cwd?: string;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const optionsOf = (data: string, { env, uid, cwd }: RunOptions): SpawnOptions => ({
  env: { ...process.env, COMPTOIR_DATA: data, COMPTOIR_PORT: '0', ...env },
  ...(uid === undefined ? {} : { uid, gid: uid }),
  ...(cwd === undefined ? {} : { cwd }),
});

/** Runs a command to its end. */
export function runRelay(
  data: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const { start = START } = options;
    execFile(
      process.execPath,
      [start, ...args],
      { ...optionsOf(data, options), encoding: 'utf8' },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

export interface RunningRelay extends AsyncDisposable {
  readonly url: string;
  readonly socketUrl: string;
  readonly pid: number;
  /** All that it wrote to standard error. */
  readonly said: string[];
  /** Resolves once it has ended. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a relay; resolves once it has said where it listens. */
export async function startRelay(data: string, options: RunOptions = {}): Promise<RunningRelay> {
  const { start = START } = options;
  const child: ChildProcess = spawn(process.execPath, [start], {
    ...optionsOf(data, options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  createInterface({ input: child.stderr! }).on('line', (line) => said.push(line));
  const ended = once(child, 'exit');
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout! }), 'line'),
    ended.then(() => {
      throw new Error(`the relay did not start: ${said.join('\n')}`);
    }),
  ])) as [string];
  const url = /https?:\/\/[^/\s]+/.exec(line)?.[0] ?? '';
  return {
    url,
    socketUrl: `${url.replace('http', 'ws')}/sync`,
    pid: child.pid ?? 0,
    said,
    kill,
    [Symbol.asyncDispose]: () => kill(),
  };
}
