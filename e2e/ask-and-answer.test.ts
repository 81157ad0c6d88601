/** [1] A visitor asks, a helper answers, in two browsers over a real relay. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, JSHandle } from 'playwright-core';
import { type Person, launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { Visitor } from './harness/visitor.ts';

const MESSAGES = 200;

let relay: RelayProcess;
let browser: Browser;
const people: Person[] = [];

before(async () => {
  relay = await RelayProcess.start({ env: { COMPTOIR_ENTRIES_PER_MINUTE: '5000' } });
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await relay.dispose();
});

async function person(): Promise<Person> {
  const made = await newPerson(browser);
  people.push(made);
  return made;
}

test('a question reaches the desk, its answer comes back, and both know that it was read', async (context) => {
  const visitor = new Visitor((await person()).page);
  const helper = new Helper((await person()).page);
  await helper.join(relay.invitation, 'Maud');
  await visitor.page.goto(relay.url);
  await visitor.open();
  await visitor.say('Quelle cheville pour du placo ?');
  await helper.take('Quelle cheville');
  await helper.say('Une cheville à expansion.');
  await visitor.sees('Une cheville à expansion.');
  await visitor.panel.getByText('Maud').first().waitFor();
  await helper.page.locator('comptoir-thread .meta').filter({ hasText: 'Lu' }).waitFor();

  await context.test(
    `key press to the other screen: median within 100 ms over ${MESSAGES}`,
    async (inner) => {
      const delays: number[] = [];
      for (let index = 0; index < MESSAGES; index++) {
        const text = `message numéro ${index}.`;
        const [watch] = await Promise.all([watchFor(helper, text), visitor.composer.fill(text)]);
        // In this order: the time is from before the key.
        const [pressed] = await Promise.all([
          visitor.page.evaluate(() => Date.now()),
          visitor.composer.press('Enter'),
        ]);
        delays.push((await watch.evaluate(({ seen }) => seen)) - pressed);
        await watch.dispose();
      }
      delays.sort((a, b) => a - b);
      const median = delays[Math.floor(delays.length / 2)] ?? Infinity;
      const p95 = delays[Math.floor(delays.length * 0.95)] ?? Infinity;
      inner.diagnostic(`median ${median} ms, p95 ${p95} ms`);
      assert.ok(median <= 100, `median ${median} ms`);
    },
  );
  assert.deepEqual(
    people.flatMap(({ errors }) => errors),
    [],
  );
});

/**
 * Watches the helper's page for a text; resolves once it watches. `seen`: when the text shows, by that page's
 * own clock (one machine, one clock).
 */
function watchFor(helper: Helper, text: string): Promise<JSHandle<{ seen: Promise<number> }>> {
  return helper.page.locator('comptoir-thread').evaluateHandle((thread, wanted) => {
    const root = thread.shadowRoot!;
    const seen = new Promise<number>((resolve) => {
      const look = (): boolean => root.textContent.includes(wanted);
      const watch = new MutationObserver(() => {
        if (!look()) return;
        watch.disconnect();
        resolve(Date.now());
      });
      watch.observe(root, { childList: true, subtree: true, characterData: true });
      if (look()) resolve(Date.now());
    });
    return { seen };
  }, text);
}
