/** [2] The relay is killed in mid-conversation: both sides go on writing, nothing is lost or doubled. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { seededNumbers } from './harness/seeded-numbers.ts';
import { Visitor } from './harness/visitor.ts';

/** More by `npm run crash -- tabs 20`. */
const KILLS = Number(process.env['CRASH_KILLS'] ?? 8);
const seed = Number(process.env['COMPTOIR_E2E_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

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

/** Sends without waiting for anything but the composer to be emptied. */
async function send(composer: Locator, text: string): Promise<void> {
  await composer.fill(text);
  await composer.press('Enter');
  await composer.and(composer.page().locator(':placeholder-shown')).waitFor();
}

test(`killed at ${KILLS} random moments, every message is there once, in one order`, async (context) => {
  context.diagnostic(`COMPTOIR_E2E_SEED=${seed}`);
  const random = seededNumbers(seed);
  const visitor = new Visitor((await newPerson(browser)).page);
  const helper = new Helper((await newPerson(browser)).page);
  await helper.join(relay.invitation, 'Maud');
  await visitor.page.goto(relay.url);
  await visitor.open();
  await visitor.say('Question du début');
  await helper.take('Question du début');
  const sent = ['Question du début'];
  for (let round = 0; round < KILLS; round++) {
    const killAfter = Math.floor(random() * 4);
    for (let index = 0; index < 4; index++) {
      const killing = index === killAfter ? relay.kill() : undefined;
      const text = `message ${round}.${index}.`;
      await send(random() < 0.5 ? visitor.composer : helper.composer, text);
      sent.push(text);
      await killing;
    }
    await relay.boot();
  }
  const expected = sent.toSorted();
  const visitorTexts = await settled(visitor.bubbles, expected);
  const helperTexts = await settled(helper.bubbles, expected);
  assert.deepEqual(visitorTexts, helperTexts);
});

/** Waits until the screen shows exactly these messages, each numbered by the relay; tells their order. */
async function settled(bubbles: Locator, expected: readonly string[]): Promise<string[]> {
  const scroller = bubbles.page().locator('comptoir-thread .scroll');
  for (;;) {
    const more = bubbles.page().locator('comptoir-thread button.more');
    if (await more.count()) await more.click();
    // A name that only a screen reader hears stands before the first of a group.
    const texts = (await bubbles.allInnerTexts()).map(
      (text) => text.trim().split('\n').at(-1) ?? '',
    );
    const waiting = await bubbles.and(bubbles.page().locator('.kept')).count();
    if (waiting === 0 && texts.length >= expected.length) {
      assert.deepEqual(texts.toSorted(), expected);
      return texts;
    }
    await scroller.evaluate(
      (element) => new Promise((next) => requestAnimationFrame(() => next(element.scrollTop))),
    );
  }
}
