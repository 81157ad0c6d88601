/**
 * How long the chat keeps the page's own thread busy at a time, on a phone's page: from the page's start, at the
 * first tap, while the first words are said, and when a long conversation is opened. Only the processor time of a
 * task itself counts, so that other programs hardly change it.
 */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { longestTask, newPerson } from '../../e2e/harness/browser.ts';
import { Visitor } from '../../e2e/harness/visitor.ts';
import { message, talkLong } from './long-talk.ts';
import { type ClientScene, type Series, openShopFor } from './scene.ts';
import { PATIENCE_MS, type Shop } from './shop.ts';

/** As it is, and as on a slow phone. */
const SLOWER = [1, 4];
/** What browsers call long; on a slow phone as many times. */
const GOAL_MS = 50;
const MESSAGES = 1_000;
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

export const pageTasks: ClientScene = {
  about: 'the longest task on the page’s own thread, by its processor time',
  run: (rounds) =>
    openShopFor(async (shop) => {
      const series = new Map<string, number[]>();
      const { page: longPage } = await newPerson(shop.browser, PHONE);
      longPage.setDefaultTimeout(PATIENCE_MS);
      const talker = new Visitor(longPage);
      await longPage.goto(shop.url);
      await talker.open();
      await talkLong(shop, talker, MESSAGES);
      for (let round = 0; round < rounds; round++)
        for (const rate of SLOWER) {
          const step = async (
            page: Page,
            what: string,
            act: () => Promise<unknown>,
          ): Promise<void> => {
            const name = `${what}, CPU ${rate} times slower`;
            const longest = await longestTask(shop.browser, page, act);
            series.set(name, [...(series.get(name) ?? []), longest]);
          };
          await newcomer(shop, rate, step);
          await slow(longPage, rate);
          await talker.close();
          await longPage.goto(shop.url, { waitUntil: 'networkidle' });
          await step(longPage, `${MESSAGES} messages are opened`, async () => {
            await talker.open();
            await talker.sees(message(MESSAGES));
          });
        }
      return Array.from(series, ([what, times]): Series => {
        const rate = Number(/CPU (\d)/.exec(what)?.[1]);
        return { what, times, goal: GOAL_MS * rate, of: 'p50' };
      });
    }),
};

async function newcomer(
  shop: Shop,
  rate: number,
  step: (page: Page, what: string, act: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const { context, page } = await newPerson(shop.browser, PHONE);
  page.setDefaultTimeout(PATIENCE_MS);
  await slow(page, rate);
  const visitor = new Visitor(page);
  await step(page, 'the page until it is idle', async () => {
    await page.goto(shop.url, { waitUntil: 'networkidle' });
    await visitor.widget.locator('.launcher').waitFor();
  });
  await step(page, 'the first tap, until the composer', () => visitor.open());
  await step(page, 'the first words, until received', async () => {
    await visitor.composer.fill('Vis 4/40 ou 5/50, pour aggloméré ?');
    await visitor.composer.press('Enter');
    await visitor.received();
  });
  await context.close();
}

async function slow(page: Page, rate: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate });
}
