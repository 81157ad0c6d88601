/** The longest task of a page's thread, by the processor time it took itself: what others took does not count. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';

/** In ms, of all tasks while `act` runs and until the page is idle. */
export async function longestTask(
  browser: Browser,
  page: Page,
  act: () => Promise<unknown>,
): Promise<number> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  await act();
  await page.evaluate(
    () => new Promise((idle) => requestIdleCallback(() => requestAnimationFrame(idle))),
  );
  return longestOf(await browser.stopTracing());
}

function longestOf(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as {
    traceEvents: {
      name: string;
      pid: number;
      tid: number;
      tdur?: number;
      args: { name?: string };
    }[];
  };
  // Each page has a process of its own; the one that did something is looked at.
  const threads = traceEvents.filter(({ args }) => args.name === 'CrRendererMain');
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) =>
      name === 'RunTask' && threads.some((thread) => thread.tid === tid && thread.pid === pid),
  );
  assert.ok(tasks.length > 10, 'the trace has the tasks of the page');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}
