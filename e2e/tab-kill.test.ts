/** [3] The tab is killed 50 ms after Enter: the text is an entry or still the draft, never both or neither. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { Visitor } from './harness/visitor.ts';

/** More by `npm run crash -- tabs 100`. */
const KILLS = Number(process.env['CRASH_KILLS'] ?? 30);
/** At once, each in a browser profile of their own. */
const VISITORS = 2;

let relay: RelayProcess;
let browser: Browser;

before(async () => {
  relay = await RelayProcess.start({ env: { COMPTOIR_ENTRIES_PER_MINUTE: '5000' } });
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await relay.dispose();
});

test(`killed ${KILLS} times 50 ms after Enter, nothing is lost and nothing doubled`, async () => {
  const lost = await Promise.all(Array.from({ length: VISITORS }, () => killed(KILLS / VISITORS)));
  assert.deepEqual(lost.flat(), []);
});

/** What was lost or doubled of a visitor whose tab is killed as often. */
async function killed(times: number): Promise<string[]> {
  const { context, page } = await newPerson(browser);
  let visitor = new Visitor(page);
  await visitor.page.goto(relay.url);
  await visitor.open();
  await visitor.say('Question du début');
  await visitor.received();
  const lost: string[] = [];
  for (let round = 0; round < times; round++) {
    const text = `message numéro ${round}.`;
    await visitor.composer.fill(text);
    await visitor.composer.press('Enter');
    await new Promise((next) => setTimeout(next, 50)); // the moment that is tried, not a wait
    const crash = await context.newCDPSession(visitor.page);
    const crashed = visitor.page.waitForEvent('crash');
    void crash.send('Page.crash').catch(() => {}); // never answers: the renderer is gone
    await crashed; // a tab opened sooner may go down with it
    const next = await context.newPage();
    await visitor.page.close();
    visitor = new Visitor(next);
    await next.goto(relay.url);
    await visitor.open();
    await visitor.sees('Question du début');
    const draft = visitor.composer.inputValue();
    const said = visitor.bubbles.filter({ hasText: text });
    await Promise.race([said.first().waitFor(), notEmpty(visitor)]);
    const copies = (await said.count()) + ((await draft) === text ? 1 : 0);
    if (copies !== 1) lost.push(`${text} ${copies} times`);
    if ((await draft) !== '') await visitor.composer.fill('');
  }
  return lost;
}

async function notEmpty({ composer, page }: Visitor): Promise<void> {
  await composer.and(page.locator(':not(:placeholder-shown)')).waitFor();
}
