/** [7] A relay that is slow, broken, talks noise or hangs up: the host page never notices. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Fault, startBadRelay } from './harness/bad-relay.ts';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { embedPage } from './harness/embed-page.ts';
import { startStaticHost } from './harness/static-host.ts';
import { Visitor } from './harness/visitor.ts';

const COMMUNITY = 'AAAAAAAAAAAAAAAAAAAAAA';

let browser: Browser;

before(async () => {
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
});

/** No frame of the page may wait longer: a reader notices more. Wide, for machines that do much at once. */
const LONGEST_FREEZE_MS = 500;

interface Watched {
  longest: number;
  bought: number;
}

/** Runs in the page: the longest wait between two tasks, and a click that the page itself counts. */
function watchPage(): void {
  const watched: Watched = { longest: 0, bought: 0 };
  Object.assign(globalThis, { watched });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      watched.longest = Math.max(watched.longest, duration);
  }).observe({ type: 'longtask', buffered: true });
  addEventListener('click', ({ target }) => {
    if (target instanceof HTMLElement && target.id === 'buy') watched.bought++;
  });
}

const watchedOn = (visitor: Visitor): Promise<Watched> =>
  visitor.page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);

for (const fault of ['silent', 'slow', '500', 'garbage', 'closing'] satisfies Fault[]) {
  test(`with a relay that is ${fault}, the page works and the question is kept`, async (context) => {
    const relay = await startBadRelay(fault);
    const page = embedPage({ relay: relay.url, community: COMMUNITY });
    const host = await startStaticHost({ '/': page });
    const person = await newPerson(browser);
    const visitor = new Visitor(person.page);
    const buy = visitor.page.locator('#buy');
    const calm = visitor.panel.locator('.netline').getByText(/partira au retour/);
    try {
      await visitor.page.addInitScript(watchPage);
      await visitor.page.goto(host.url);
      await buy.click();
      await visitor.open();
      await buy.click();
      await visitor.say('Une question malgré tout');
      await visitor.sees('Une question malgré tout');
      await calm.waitFor();
      await buy.click();
      const { longest, bought } = await watchedOn(visitor);
      context.diagnostic(`longest task ${Math.round(longest)} ms`);
      assert.equal(bought, 3);
      assert.ok(longest < LONGEST_FREEZE_MS, `${longest} ms in one task`);

      await visitor.page.reload();
      await visitor.open();
      await visitor.sees('Une question malgré tout');
      await calm.waitFor();
      await buy.click();
      assert.equal((await watchedOn(visitor)).bought, 1);
      assert.equal(await visitor.bubbles.count(), 1);
      assert.deepEqual(person.errors, []);
    } finally {
      await person.context.close();
      await host.close();
      await relay.close();
    }
  });
}
