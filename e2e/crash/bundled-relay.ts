/**
 * The relay as its package has it, bundled, which starts four times as fast as its sources. `ws` stays outside,
 * so that whoever kills the relay sees its frames.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

export class BundledRelay {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async build(): Promise<BundledRelay> {
    const folder = await mkdtemp(join(tmpdir(), 'comptoir-crash-'));
    const packaged = join(folder, 'packaged');
    const bundling = ['scripts/build-relay.mjs', packaged, 'ws'];
    await promisify(execFile)(process.execPath, bundling, { cwd: root });
    for (const name of ['node_modules', 'shared'])
      await symlink(join(root, name), join(folder, name), 'junction');
    return new BundledRelay(folder);
  }

  /** What Node runs. */
  get start(): string {
    return join(this.#folder, 'packaged/start.js');
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}
