/** A crowd of strangers at a relay, who ask for as much as they get, in a process of their own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestRelay } from '../../testing/start-test-relay.ts';
import { waitFor } from '../../testing/witness.ts';

type CrowdAct = 'files' | 'faces' | 'hellos';

export class Crowd implements AsyncDisposable {
  readonly #process: ChildProcess;
  acts = 0;

  /** @param from all behind the address of honest people, or from very many addresses */
  constructor(what: CrowdAct, { url, relay }: TestRelay, from: 'one' | 'many') {
    const file = fileURLToPath(new URL('crowd-process.ts', import.meta.url));
    this.#process = fork(file, [what, url, relay.core.authority.fingerprint, from]);
    this.#process.on('message', (acts: number) => (this.acts = acts));
  }

  /** Until they have done so much. */
  async busy(acts: number): Promise<void> {
    await waitFor(
      () => this.acts >= acts,
      () => `${this.acts} acts`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }
}
