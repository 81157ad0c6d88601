/**
 * How long the chat keeps the page's own thread busy at a time: from the page's start, at the first tap, while the
 * first words are said and answered. Chromium tells tasks of 50 ms and more (`longtask`), of the page and its frames.
 */
import type { Page } from 'playwright-core';
import { newPerson } from '../../e2e/harness/browser.ts';
import { Visitor } from '../../e2e/harness/visitor.ts';
import { type ClientScene, type Series, openShopFor } from './scene.ts';
import { PATIENCE_MS } from './shop.ts';

/** As it is, and as on a slow phone. */
const SLOWER = [1, 4];
/** What Chromium does not call long; on a slow phone as many times. */
const GOAL_MS = 50;

interface Seen {
  readonly tasks: number[];
}

export const pageTasks: ClientScene = {
  about: 'tasks of 50 ms and more on the page’s own thread; 0 where there is none',
  run: (rounds) =>
    openShopFor(async (shop) => {
      const series = new Map<string, number[]>();
      for (let round = 0; round < rounds; round++)
        for (const rate of SLOWER) {
          const { context, page } = await newPerson(shop.browser);
          page.setDefaultTimeout(PATIENCE_MS);
          await page.addInitScript(watch);
          const cdp = await context.newCDPSession(page);
          await cdp.send('Emulation.setCPUThrottlingRate', { rate });
          const visitor = new Visitor(page);
          const step = async (what: string, act: () => Promise<unknown>): Promise<void> => {
            await act();
            const name = `${what}, CPU ${rate} times slower`;
            const longest = await longestTask(page);
            series.set(name, [...(series.get(name) ?? []), longest]);
          };
          await step('the page until it is idle', async () => {
            await page.goto(shop.url, { waitUntil: 'networkidle' });
            await visitor.widget.locator('.launcher').waitFor();
          });
          await step('the first tap, until the composer', () => visitor.open());
          await step('the first words, until received', async () => {
            await visitor.composer.fill('Vis 4/40 ou 5/50, pour aggloméré ?');
            await visitor.composer.press('Enter');
            await visitor.received();
          });
          await context.close();
        }
      return Array.from(series, ([what, times]): Series => {
        const rate = Number(/CPU (\d)/.exec(what)?.[1]);
        return { what, times, goal: GOAL_MS * rate, of: 'p50' };
      });
    }),
};

/** Runs in the page before anything else. */
function watch(): void {
  const seen: Seen = { tasks: [] };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
}

/** The longest since it was last asked for, in ms; once nothing is left to be done. */
const longestTask = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    await new Promise((idle) => requestIdleCallback(() => requestAnimationFrame(idle)));
    const { tasks } = (globalThis as unknown as { seen: Seen }).seen;
    return Math.max(0, ...tasks.splice(0));
  });
