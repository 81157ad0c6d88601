/** How fast a long history shows while the relay is dead: page and script come from the brand's own server. */
import { paintOf, watchPaint } from './paint.ts';
import { message, talkLong } from './long-talk.ts';
import { type ClientScene, openShopFor } from './scene.ts';

const MESSAGES = 1_000;
const GOAL_MS = 200;

export const reload: ClientScene = {
  about: `reload while the relay is dead, ${MESSAGES} messages on the device`,
  run: (rounds) =>
    openShopFor(async (shop) => {
      const visitor = await shop.visitor();
      const { page, widget } = visitor;
      await talkLong(shop, visitor, MESSAGES);
      await shop.relay.kill();
      await watchPaint(page, message(MESSAGES));
      const loads: number[] = [];
      const clicks: number[] = [];
      await page.goto(`${shop.url}/opened`);
      await paintOf(page); // the first one fills the browser's caches
      for (let round = 0; round < rounds; round++) {
        await page.reload();
        loads.push((await paintOf(page)).painted);
      }
      for (let round = 0; round < rounds; round++) {
        await visitor.close();
        await page.goto(shop.url);
        await widget.locator('.launcher').click();
        clicks.push((await paintOf(page)).afterClick);
      }
      return [
        { what: 'reload to newest painted', times: loads, goal: GOAL_MS, of: 'p50' },
        { what: 'click to newest painted', times: clicks, goal: GOAL_MS, of: 'p50' },
      ];
    }),
};
