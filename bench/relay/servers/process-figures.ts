/** What a process took of the machine, as Linux tells it. */
import { readFileSync } from 'node:fs';

/** Linux counts a process's time in these. */
const TICK_MS = 10;

/** Time on all processors since it began, all threads. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ');
  return (Number(fields?.[11]) + Number(fields?.[12])) * TICK_MS;
}

export function rssMb(pid: number): number {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1_024;
}
