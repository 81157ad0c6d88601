/** What servers are measured in. */
import type { Generator } from '../load/generator.ts';
import type { Told } from '../load/acts.ts';
import type { ServerProcess } from '../servers/server-process.ts';
import type { ServerName } from '../servers/servers.ts';

/** A server that has just begun, and a generator whose people are known to it. */
export interface Stage {
  readonly server: ServerProcess;
  readonly load: Generator;
  readonly seed: number;
  /** How long a chat lasts. */
  readonly seconds: number;
  /** Quick and rough: a check that it works. */
  readonly isShort: boolean;
}

/** By name and unit. */
export type Figures = Readonly<Record<string, number>>;

export interface Scene {
  readonly about: string;
  /** Who can be measured in it. @default all */
  readonly servers?: readonly ServerName[];
  readonly run: (stage: Stage) => Promise<Figures>;
}

/** Does something while the disk has its bad moments, and tells the processor time of the server. */
export async function measured<T>(
  { server }: Stage,
  act: () => Promise<T>,
): Promise<{ readonly result: T; readonly cpuMs: number }> {
  server.slowDisk(true);
  const start = process.hrtime.bigint();
  const before = server.cpuMs();
  const result = await act();
  const cpuMs = server.cpuMs() - before;
  server.noteMeasured(start, process.hrtime.bigint());
  server.slowDisk(false);
  return { result, cpuMs };
}

const US = 1_000;

/** What a generator told, and what its server took for it. */
export function figuresOf(told: Told, cpuMs: number): Figures {
  const { entries, p50, p99, max, lost, refused, loadCpu, loadLag } = told;
  return {
    // Nobody else is in the room: nothing was delivered.
    ...(Number.isNaN(p50) ? {} : { 'p50 ms': p50, 'p99 ms': p99, 'max ms': max }),
    'CPU s': cpuMs / 1_000,
    'CPU µs an entry': (cpuMs * US) / entries,
    ...(lost > 0 ? { 'not within 40 s': lost } : {}),
    ...(refused > 0 ? { 'not taken': refused } : {}),
    'generator CPU %': loadCpu * 100,
    'generator late p99 ms': loadLag,
  };
}
