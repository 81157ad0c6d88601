/** [11] No violation in any state, each new message announced once, everything by keyboard. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from './harness/relay-process.ts';
import { Visitor } from './harness/visitor.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let relay: RelayProcess;
let browser: Browser;

before(async () => {
  relay = await RelayProcess.start();
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await relay.dispose();
});

/** Rules broken on the page as it stands, with where. */
async function violations(page: Page, state: string): Promise<string[]> {
  const cdp = await page.context().newCDPSession(page);
  // By the debugger: the pages' own policy lets no such script in.
  await cdp.send('Runtime.evaluate', { expression: axe });
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
    awaitPromise: true,
    returnByValue: true,
  });
  const results = result.value as AxeResults;
  await cdp.detach();
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${state}: ${id} at ${JSON.stringify(target)}`),
  );
}

test('axe finds nothing on shop, widget and desk, light and dark', async () => {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    const visitor = new Visitor((await newPerson(browser, { colorScheme })).page);
    const helper = new Helper((await newPerson(browser, { colorScheme })).page);
    const check = async (page: Page, state: string): Promise<void> => {
      found.push(...(await violations(page, `${state}, ${colorScheme}`)));
    };
    const question = `Question ${colorScheme}`;
    await helper.page.goto(await relay.invite());
    await helper.page.locator('input').first().waitFor();
    await check(helper.page, 'arrival');
    await helper.page.locator('input').first().fill('Maud');
    await helper.page.keyboard.press('Enter');
    await helper.inbox.waitFor();
    await check(helper.page, 'empty inbox');
    await visitor.page.goto(relay.url);
    await check(visitor.page, 'shop');
    await visitor.open();
    await check(visitor.page, 'welcome');
    await visitor.say(question);
    await visitor.received();
    await check(visitor.page, 'waiting');
    await helper.ask(question).waitFor();
    await check(helper.page, 'inbox');
    await helper.take(question);
    await helper.say('Une réponse');
    await visitor.sees('Une réponse');
    await check(visitor.page, 'conversation');
    await check(helper.page, 'desk conversation');
    await helper.page.keyboard.press('Escape');
    await helper.page.keyboard.press('?');
    await check(helper.page, 'keys');
    await helper.page.context().close();
    await visitor.page.context().close();
  }
  assert.deepEqual(found, []);
});

test('a new message is added once to the live region of the thread', async () => {
  const visitor = new Visitor((await newPerson(browser)).page);
  const helper = new Helper((await newPerson(browser)).page);
  await helper.join(await relay.invite(), 'Maud');
  await visitor.page.goto(relay.url);
  await visitor.open();
  await visitor.say('Annonce-moi');
  await helper.take('Annonce-moi');
  await visitor.received();
  await visitor.panel.locator('comptoir-thread [role=log]').evaluate((log) => {
    const added: string[] = [];
    Object.assign(globalThis, { added });
    new MutationObserver((changes) => {
      for (const change of changes)
        for (const node of change.addedNodes) added.push(node.textContent ?? '');
    }).observe(log, { childList: true, subtree: true });
  });
  await helper.say('Entendue une fois');
  await visitor.sees('Entendue une fois');
  await helper.page.locator('comptoir-thread .meta').filter({ hasText: 'Lu' }).waitFor();
  const added = await visitor.page.evaluate(
    () => (globalThis as unknown as { added: string[] }).added,
  );
  assert.equal(added.filter((text) => text.includes('Entendue une fois')).length, 1);
});

test('a question is asked, taken and answered by keyboard alone', async () => {
  const visitor = new Visitor((await newPerson(browser)).page);
  const helper = new Helper((await newPerson(browser)).page);
  await helper.join(await relay.invite(), 'Maud');
  await visitor.page.goto(relay.url);
  await visitor.widget.locator('.launcher').focus();
  await visitor.page.keyboard.press('Enter');
  await visitor.composer.waitFor();
  await visitor.page.keyboard.type('Au clavier');
  await visitor.page.keyboard.press('Enter');
  await visitor.sees('Au clavier');
  await helper.ask('Au clavier').waitFor();
  await helper.page.keyboard.press('j');
  await helper.page.keyboard.press('t');
  await helper.page.getByRole('button', { name: /Libérer/ }).waitFor();
  await helper.page.locator('comptoir-composer textarea:focus').waitFor();
  await helper.page.keyboard.type('Répondu au clavier');
  await helper.page.keyboard.press('Enter');
  await visitor.sees('Répondu au clavier');
  await visitor.page.keyboard.press('Escape');
  await visitor.composer.waitFor({ state: 'hidden' });
  const focused = await visitor.widget.evaluate(
    (chat) => chat.shadowRoot?.activeElement?.className ?? '',
  );
  assert.match(focused, /launcher/);
});
