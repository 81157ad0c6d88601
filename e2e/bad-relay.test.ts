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

for (const fault of ['silent', '500', 'garbage', 'closing'] satisfies Fault[]) {
  test(`with a relay that is ${fault}, the page works and the question is kept`, async () => {
    const relay = await startBadRelay(fault);
    const page = embedPage({ relay: relay.url, community: COMMUNITY });
    const host = await startStaticHost({ '/': page });
    const person = await newPerson(browser);
    const visitor = new Visitor(person.page);
    try {
      await visitor.page.goto(host.url);
      await visitor.page.evaluate(() => {
        const buy = document.querySelector<HTMLElement>('#buy');
        buy?.addEventListener('click', () => (buy.textContent = 'Bought'));
      });
      await visitor.open();
      await visitor.say('Une question malgré tout');
      await visitor.sees('Une question malgré tout');
      await visitor.panel
        .locator('.netline')
        .getByText(/partira au retour/)
        .waitFor();
      await visitor.page.locator('#buy').click();
      assert.equal(await visitor.page.locator('#buy').textContent(), 'Bought');
      assert.deepEqual(person.errors, []);
    } finally {
      await person.context.close();
      await host.close();
      await relay.close();
    }
  });
}
