/** A conversation of 10,000 messages: how fast it opens, and what its script takes of a frame while it is scrolled. */
import type { CDPSession, Page } from 'playwright-core';
import { paintOf, watchPaint } from './paint.ts';
import { message, talkLong } from './long-talk.ts';
import { type ClientScene, openShopFor } from './scene.ts';

const MESSAGES = 10_000;
const OPEN_MS = 300;
const SCRIPT_MS = 8;
const STEPS = 200;
const STEP_PX = 600;

export const longConversation: ClientScene = {
  about: `a conversation of ${MESSAGES} messages on the device is opened, then scrolled back`,
  run: (rounds) =>
    openShopFor(async (shop) => {
      const visitor = await shop.visitor();
      const { page, widget } = visitor;
      await talkLong(shop, visitor, MESSAGES);
      await watchPaint(page, message(MESSAGES));
      const clicks: number[] = [];
      for (let round = 0; round < rounds; round++) {
        await visitor.close();
        await page.goto(shop.url);
        await widget.locator('.launcher').click();
        clicks.push((await paintOf(page)).afterClick);
      }
      await visitor.panel.locator('comptoir-thread').hover();
      return [
        { what: 'click to newest painted', times: clicks, goal: OPEN_MS, of: 'p50' },
        {
          what: `script of a step of ${STEP_PX} px, back by ${STEPS} steps`,
          times: await scroll(page),
          goal: SCRIPT_MS,
          of: 'p95',
        },
      ];
    }),
};

/** Script time of each turn of the wheel, until its frame is drawn. */
async function scroll(page: Page): Promise<number[]> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const times: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const before = await scriptMs(devtools);
    await page.mouse.wheel(0, -STEP_PX);
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    times.push((await scriptMs(devtools)) - before);
  }
  return times;
}

async function scriptMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1_000;
}
