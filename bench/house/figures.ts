/** Figures of a series: middle and worst. */
export function quantile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const ms = (time: number): string => `${time.toFixed(time < 10 ? 2 : 0)} ms`;

/** How long each act takes, one after the other. */
export async function timesOf(acts: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times: number[] = [];
  for (const act of acts) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  return times;
}
