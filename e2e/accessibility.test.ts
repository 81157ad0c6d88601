/** [11] No violation in any state, each new message announced once, everything by keyboard. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
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
  // What fades in is judged once it stands.
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: `Promise.allSettled(
      document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity).map((one) => one.finished),
    ).then(() => axe.run(document))`,
    awaitPromise: true,
    returnByValue: true,
  });
  const results = result.value as AxeResults;
  await cdp.detach();
  assert.ok(results.passes.length > 5, `${state}: axe looked at nothing`);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${state}: ${id} at ${JSON.stringify(target)}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any state of shop, widget and desk, ${colorScheme}`, async () => {
    const calm = { colorScheme, reducedMotion: 'reduce' } as const;
    const visitor = new Visitor((await newPerson(browser, calm)).page);
    const helper = new Helper((await newPerson(browser, calm)).page);
    const { panel } = visitor;
    const found: string[] = [];
    const check = async ({ page }: Visitor | Helper, state: string): Promise<void> => {
      found.push(...(await violations(page, state)));
    };
    const question = `Question ${colorScheme}`;

    await helper.page.goto(await relay.invite());
    await helper.page.locator('input').first().waitFor();
    await check(helper, 'arrival');
    await helper.page.locator('input').first().fill('Maud');
    await helper.page.keyboard.press('Enter');
    for (const step of ['card', 'photo', 'alerts']) {
      await helper.page.locator('.skip').waitFor();
      await check(helper, `first visit: ${step}`);
      await helper.page.locator('.skip').click();
    }
    await helper.inbox.waitFor();
    await check(helper, 'empty inbox');

    await visitor.page.goto(relay.url);
    await visitor.widget.locator('.launcher').waitFor();
    await check(visitor, 'closed');
    await visitor.open();
    await check(visitor, 'welcome');
    await visitor.say(question);
    await visitor.received();
    await check(visitor, 'waiting');
    await helper.ask(question).waitFor();
    await check(helper, 'inbox');
    await helper.take(question);
    await helper.say('Une réponse');
    await visitor.sees('Une réponse');
    await check(visitor, 'conversation');
    await check(helper, 'desk conversation');

    await panel.getByRole('button', { name: 'Réglages' }).click();
    await panel.getByRole('button', { name: /Effacer/ }).waitFor();
    await check(visitor, 'settings');
    await panel.getByRole('button', { name: /Effacer/ }).click();
    await panel.getByRole('button', { name: 'Tout effacer' }).waitFor();
    await check(visitor, 'asked whether to erase');
    await panel.getByRole('button', { name: 'Garder' }).click();
    await panel.getByRole('button', { name: 'Retour' }).click();
    await visitor.sees('Une réponse');
    await panel.getByRole('button', { name: 'Mes conversations' }).click();
    await panel.getByRole('button', { name: 'Poser une question' }).waitFor();
    await check(visitor, 'conversations');

    const { page } = helper;
    await helper.composer.fill('/');
    await page.locator('.picker').waitFor();
    await check(helper, 'picker without replies');
    await helper.composer.fill('');
    await page.locator('nav').getByRole('button', { name: 'Réponses' }).click();
    await page.getByRole('button', { name: 'Ajouter' }).click();
    await page.getByRole('textbox', { name: 'Raccourci' }).fill('bonjour');
    await page.getByRole('textbox', { name: 'Texte' }).fill('Bonjour, je regarde.');
    await check(helper, 'new ready reply');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('button', { name: 'Modifier /bonjour' }).waitFor();
    await check(helper, 'ready replies');
    await helper.composer.fill('/');
    await page.getByRole('option', { name: /bonjour/ }).waitFor();
    await check(helper, 'picker');
    await helper.composer.fill('');
    await page.locator('nav').getByRole('button', { name: 'Réglages' }).click();
    await page.getByRole('heading', { name: 'Réglages' }).waitFor();
    await check(helper, 'desk settings');
    await page.getByRole('button', { name: 'Raccourcis clavier' }).click();
    await page.getByRole('dialog').waitFor();
    await check(helper, 'keys');
    await page.keyboard.press('Escape');

    await panel.getByRole('button', { name: new RegExp(question) }).click();
    await visitor.sees('Une réponse');
    await relay.kill();
    try {
      await visitor.say('Sans le relais');
      await panel.locator('.netline').waitFor();
      await check(visitor, 'offline');
      await helper.say('Sans le relais non plus');
      await page
        .locator('main .netline')
        .filter({ hasText: 'Le comptoir est injoignable' })
        .waitFor();
      await page.locator('nav').getByRole('button', { name: 'À envoyer' }).click();
      await page.getByRole('heading', { name: 'À envoyer' }).waitFor();
      await check(helper, 'desk offline');
    } finally {
      await relay.boot();
    }
    await page.context().close();
    await visitor.page.context().close();
    assert.deepEqual(found, []);
  });
}

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

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const isThere = (): Promise<boolean> =>
    target.evaluate((element) => element.matches(':focus, :focus-within'));
  for (let presses = 0; presses < 60; presses++) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`60 times Tab, and never at ${String(target)}`);
}

test('invited, asked, taken, answered and closed by keyboard alone', async () => {
  const visitor = new Visitor((await newPerson(browser)).page);
  const helper = new Helper((await newPerson(browser)).page);
  const desk = helper.page.keyboard;
  const shop = visitor.page.keyboard;
  await helper.page.goto(await relay.invite());
  await tabTo(helper.page, helper.page.locator('input').first());
  await desk.type('Maud');
  await desk.press('Enter');
  await tabTo(helper.page, helper.page.locator('.later'));
  await desk.press('Enter');
  await helper.inbox.waitFor();

  await visitor.page.goto(relay.url);
  await tabTo(visitor.page, visitor.widget.locator('.launcher'));
  await shop.press('Enter');
  await visitor.panel.locator('comptoir-composer textarea:focus').waitFor();
  await shop.type('Au clavier');
  await shop.press('Enter');
  await visitor.sees('Au clavier');

  await helper.ask('Au clavier').waitFor();
  await desk.press('n'); // the one that waits longest
  await helper.sees('Au clavier');
  await tabTo(helper.page, helper.page.locator('.ask').filter({ hasText: 'Au clavier' }).first());
  await desk.press('t'); // takes it
  await helper.page.getByRole('button', { name: /Passer la main/ }).waitFor();
  await helper.page.locator('comptoir-composer textarea:focus').waitFor();
  await desk.type('Répondu au clavier');
  await desk.press('Enter');
  await visitor.sees('Répondu au clavier');

  await shop.type('Merci');
  await shop.press('Enter');
  await helper.sees('Merci');
  // A part of the settings does not come: keys work without it.
  await visitor.page.route(/comptoir-devices-/, () => {});
  await tabTo(visitor.page, visitor.panel.getByRole('button', { name: 'Réglages' }));
  await shop.press('Enter');
  await visitor.panel.getByRole('button', { name: /Effacer/ }).waitFor();
  await shop.press('Escape');
  await visitor.sees('Merci');
  await shop.press('Escape');
  await visitor.composer.waitFor({ state: 'hidden' });
  const focused = await visitor.widget.evaluate(
    (chat) => chat.shadowRoot?.activeElement?.className ?? '',
  );
  assert.match(focused, /launcher/);

  await desk.press('Escape'); // out of the answer, where a letter is a letter
  await desk.press('?');
  await helper.page.getByRole('dialog').waitFor();
  await desk.press('Escape');
  await helper.page.getByRole('dialog').waitFor({ state: 'hidden' });
  await tabTo(helper.page, helper.page.getByRole('button', { name: /^Terminer/ }));
  await desk.press('Enter');
  await helper.page.locator('[data-claim="closed"]').waitFor();
});
