/** Where servers keep their data while they are measured, and the disk with bad moments. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const DISKS = {
  real: 'the disk under the temporary folder',
  tmpfs: 'memory: /dev/shm',
  seeded: 'memory, and one schedule of delays for all: 0.2 ms, 8 ms, stalls of 300 ms',
} as const;
export type Disk = keyof typeof DISKS;

const MEMORY = '/dev/shm';
const SOURCE = join(import.meta.dirname, 'slow-disk.c');

/** A folder of a disk for one server, which is told of it by environment variables. */
export class DataFolder {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  readonly #clock: string | undefined;

  constructor(disk: Disk, seed: number) {
    const parent = disk === 'real' ? tmpdir() : MEMORY;
    this.path = mkdtempSync(join(parent, 'comptoir-bench-'));
    if (disk !== 'seeded') {
      this.env = {};
      return;
    }
    this.#clock = join(this.path, 'disk-clock');
    writeFileSync(this.#clock, new Float64Array([0]));
    this.env = {
      LD_PRELOAD: slowDisk(),
      BENCH_DISK_CLOCK: this.#clock,
      BENCH_DISK_SEED: String(seed),
    };
  }

  /** The schedule of delays begins now, or nothing is delayed any more. */
  slow(isSlow: boolean): void {
    if (this.#clock === undefined) return;
    writeFileSync(this.#clock, new Float64Array([isSlow ? Date.now() : 0]), { flag: 'r+' });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The library, compiled when it is missing or older than its source. */
function slowDisk(): string {
  const made = join(tmpdir(), `comptoir-slow-disk-${process.getuid?.() ?? 0}.so`);
  const age = statSync(made, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (age < statSync(SOURCE).mtimeMs) {
    try {
      execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', made, SOURCE, '-ldl']);
    } catch (error) {
      throw new Error('delays of the disk need a C compiler named cc, and Linux', { cause: error });
    }
  }
  return made;
}
