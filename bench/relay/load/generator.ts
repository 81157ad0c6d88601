/** A generator as the bench sees it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Acts } from './acts.ts';

type Act = keyof Acts;

export interface Order {
  readonly act: Act;
  readonly args: readonly unknown[];
}

export type Answer = { readonly result: unknown } | { readonly error: string };

export class Generator {
  readonly #child: ChildProcess = fork(join(import.meta.dirname, 'load-process.ts'), {
    serialization: 'advanced', // JSON has no NaN
  });

  /** One after the other. */
  async do<A extends Act>(
    act: A,
    ...args: Parameters<Acts[A]>
  ): Promise<Awaited<ReturnType<Acts[A]>>> {
    const over = new AbortController();
    const { signal } = over;
    const answered = once(this.#child, 'message', { signal });
    const gone = once(this.#child, 'exit', { signal }).then(([code]) => {
      throw new Error(`the generator ended with ${code}`);
    });
    this.#child.send({ act, args } satisfies Order);
    const waited = Promise.race([answered, gone]).finally(() => over.abort());
    for (const each of [answered, gone]) each.catch(() => {}); // told by the race, or aborted
    const [answer] = (await waited) as [Answer];
    if ('error' in answer) throw new Error(`${act}: ${answer.error}`);
    return answer.result as Awaited<ReturnType<Acts[A]>>;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill();
    await gone;
  }
}
