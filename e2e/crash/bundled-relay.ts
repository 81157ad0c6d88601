/**
 * The relay as its package has it, bundled, which starts four times as fast as its sources. `ws` stays outside,
 * so that whoever kills the relay sees its frames.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
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
    await mkdir(join(folder, 'dist'));
    for (const name of ['node_modules', 'shared'])
      await symlink(join(root, name), join(folder, name), 'junction');
    const points = await readFile(join(import.meta.dirname, 'crash-points.ts'), 'utf8');
    await writeFile(join(folder, 'crash-points.mjs'), stripTypeScriptTypes(points));
    return new BundledRelay(folder);
  }

  /** What Node runs. */
  get start(): string {
    return join(this.#folder, 'packaged/start.js');
  }

  /** Loaded before it: kills it. */
  get crashPoints(): string {
    return join(this.#folder, 'crash-points.mjs');
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}
