/** Thousands of sockets that say nothing, or half a request, held by another process until disposed. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface HalfOpen extends AsyncDisposable {
  readonly connected: number;
  readonly failed: number;
}

/** How many sockets a process may have open here, less what it needs for itself. */
export function mostSockets(): number {
  const report = process.report.getReport() as unknown as {
    readonly userLimits?: { readonly open_files?: { readonly soft: number | 'unlimited' } };
  };
  const soft = report.userLimits?.open_files?.soft ?? 1_024;
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : soft - 300;
}

/** @param said what each says before it falls silent. */
export async function openHalf(port: number, count: number, said: string): Promise<HalfOpen> {
  const path = fileURLToPath(new URL('half-open.ts', import.meta.url));
  const child = fork(path, [String(port), String(count), said]);
  const [told] = (await once(child, 'message')) as [Pick<HalfOpen, 'connected' | 'failed'>];
  return {
    ...told,
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
