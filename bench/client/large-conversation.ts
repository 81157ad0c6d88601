/**
 * What a conversation of 28 MB takes of a device's memory: as it opens, while its reader goes back through 5,000
 * of its 10,000 messages, and at its end again. How many of them are laid out meanwhile.
 */
import type { CDPSession, Page } from 'playwright-core';
import { message, talkLong } from './long-talk.ts';
import { type ClientScene, openShopFor } from './scene.ts';

const MESSAGES = 10_000;
const BACK = 5_000;
/** What a message says, so that all of them are 28 MB. */
const WORDS = ' Une vis de quatre sur quarante tient dans le bois tendre.'.repeat(46);
const LAID_OUT_GOAL = 600;
const MEMORY_GOAL_MB = 50;

export const largeConversation: ClientScene = {
  about: `a conversation of 28 MB is opened, read back by ${BACK} messages, and left at its end`,
  run: () =>
    openShopFor(async (shop) => {
      const visitor = await shop.visitor();
      const { page, widget } = visitor;
      await talkLong(shop, visitor, MESSAGES, WORDS);
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Performance.enable');
      await visitor.close();
      await page.goto(shop.url);
      await widget.locator('.launcher').waitFor();
      const before = await heapMb(devtools);
      await visitor.open();
      await visitor.sees(message(MESSAGES));
      const open = (await heapMb(devtools)) - before;
      const laidOut = await goBack(page);
      const back = (await heapMb(devtools)) - before;
      await visitor.panel.locator('comptoir-thread .pill').click();
      await visitor.sees(message(MESSAGES));
      const end = (await heapMb(devtools)) - before;
      const memory = (what: string, mb: number) =>
        ({ what, times: [mb], goal: MEMORY_GOAL_MB, of: 'max', unit: 'MB' }) as const;
      return [
        memory('memory of the opened chat', open),
        { what: 'messages laid out', times: laidOut, goal: LAID_OUT_GOAL, of: 'max', unit: '' },
        memory('memory far back', back),
        memory('memory at the end again', end),
      ];
    }),
};

/** The objects of the page and the chat's frame, once garbage is collected. */
async function heapMb(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6;
}

/** How many messages were laid out at each step. */
const goBack = (page: Page): Promise<number[]> =>
  page.locator('comptoir-chat comptoir-thread').evaluate(
    async (thread, steps) => {
      const root = thread.shadowRoot!;
      const counts: number[] = [];
      for (let step = 0; step < steps; step++) {
        root.querySelector<HTMLElement>('button.more')?.click();
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        counts.push(root.querySelectorAll('.bubble').length);
      }
      return counts;
    },
    Math.ceil(BACK / 80),
  );
