/** Thousands of sockets that say nothing, or half a request, held by another process until disposed. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { descriptorLimit } from '../http/descriptor-limit.ts';

export interface HalfOpen extends AsyncDisposable {
  readonly connected: number;
  readonly failed: number;
}

/** How many sockets a process may have open here, less what it needs for itself. */
export function mostSockets(): number {
  return descriptorLimit() - 300;
}

export interface HalfOpenOptions {
  readonly port: number;
  readonly count: number;
  /** What each says before it falls silent. */
  readonly said: string;
  /** The address they come from. */
  readonly from: string;
}

export async function openHalf({ port, count, said, from }: HalfOpenOptions): Promise<HalfOpen> {
  const path = fileURLToPath(new URL('half-open.ts', import.meta.url));
  const child = fork(path, [String(port), String(count), said, from]);
  const gone = once(child, 'exit');
  const told = await Promise.race([once(child, 'message'), gone.then(() => null)]);
  if (told === null) throw new Error('the process that was to connect has ended');
  const [settled] = told as [Pick<HalfOpen, 'connected' | 'failed'>];
  return {
    ...settled,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
