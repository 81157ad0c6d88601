/** What is held, refused, reported and hidden, on the screens of its author, a visitor and a helper. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { type Person, launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { Visitor } from './harness/visitor.ts';

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

async function visitorOf(person: Person): Promise<Visitor> {
  const visitor = new Visitor(person.page);
  await person.page.goto(relay.url);
  await visitor.open();
  return visitor;
}

async function helper(name: string, ...options: readonly string[]): Promise<Helper> {
  const made = new Helper((await newPerson(browser)).page);
  await made.join(await relay.invite(...options), name);
  return made;
}

/** The first line of a list that the relay's command line prints. */
const firstOf = async (...args: readonly string[]): Promise<string> =>
  (await relay.office(...args)).split('\n')[1]?.split('\t')[0] ?? '';

/** Whether anything that this browser keeps for the page has these words. */
const keeps = (page: Page, words: string): Promise<boolean> =>
  page.evaluate(async (words) => {
    const has = (value: unknown): boolean => {
      if (typeof value === 'string') return value.includes(words);
      if (value instanceof ArrayBuffer) return has(new Uint8Array(value));
      if (value instanceof Uint8Array) return has(new TextDecoder('utf8').decode(value));
      if (typeof value === 'object' && value !== null) return Object.values(value).some(has);
      return false;
    };
    for (const { name = '' } of await indexedDB.databases()) {
      const opened = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error(name));
      });
      for (const store of opened.objectStoreNames) {
        const values = await new Promise<unknown[]>((resolve) => {
          const all = opened.transaction(store).objectStore(store).getAll();
          all.onsuccess = () => resolve(all.result);
        });
        if (values.some(has)) return true;
      }
      opened.close();
    }
    return false;
  }, words);

test('what is held is its author’s alone until it is decided, over a closed tab, and each outcome is told', async () => {
  await relay.office('words', 'add', 'bidule*', '--hold');
  const author = await newPerson(browser);
  let visitor = await visitorOf(author);
  await visitor.say('Une étagère sur du placo');
  await visitor.received();
  const maud = await helper('Maud');
  await maud.take('Une étagère');

  await visitor.say('Le bidule tiendra-t-il');
  await visitor.panel.getByText('Relu avant publication').first().waitFor();
  await maud.say('Je regarde');
  await visitor.sees('Je regarde');
  assert.equal(await maud.bubbles.filter({ hasText: 'bidule' }).count(), 0);
  assert.equal(await keeps(maud.page, 'bidule'), false);

  await author.page.close();
  await relay.office('held', 'approve', await firstOf('held', 'list'));
  await maud.sees('Le bidule tiendra-t-il');
  visitor = await visitorOf({ ...author, page: await author.context.newPage() });
  await visitor.panel.getByText('Publié après relecture').waitFor();
  assert.equal(await visitor.panel.getByText('Relu avant publication').count(), 0);

  await visitor.say('Un autre bidule');
  await visitor.panel.getByText('Relu avant publication').first().waitFor();
  const reason = 'Pas de marque ici';
  await relay.office('held', 'change', await firstOf('held', 'list'), '--reason', reason);
  await visitor.panel.getByText('À modifier avant publication').waitFor();
  await visitor.panel.getByText(reason).waitFor();
  assert.equal(await visitor.composer.inputValue(), 'Un autre bidule');
  await visitor.composer.fill('Une autre cheville');
  await visitor.composer.press('Enter');
  await maud.sees('Une autre cheville');
  await visitor.bubbles.filter({ hasText: 'Un autre bidule' }).waitFor({ state: 'detached' });

  await visitor.say('Encore un bidule');
  await visitor.panel.getByText('Relu avant publication').first().waitFor();
  await relay.office('held', 'refuse', await firstOf('held', 'list'), '--reason', reason);
  await visitor.panel.getByText('Non publié').waitFor();
  await author.context.setOffline(true);
  await visitor.panel.getByRole('button', { name: 'Contester' }).click();
  await visitor.panel.getByLabel('Pourquoi, si vous voulez').fill('C’est un mot courant');
  await visitor.panel.getByRole('button', { name: 'Envoyer', exact: true }).first().click();
  await visitor.panel.getByText('Contestation gardée sur cet appareil').waitFor();
  await author.context.setOffline(false);
  await visitor.panel.getByText('Contestation reçue').waitFor();
  await relay.office('appeals', 'grant', await firstOf('appeals', 'list'));
  await maud.sees('Encore un bidule');
  assert.deepEqual(author.errors, []);
  await author.context.close();
  await maud.page.context().close();
});

test('what a guardian reports without a network hides on every screen once they are back, and comes back in its place', async () => {
  const asker = await newPerson(browser);
  const visitor = await visitorOf(asker);
  await visitor.say('Quelle colle pour du bois');
  await visitor.received();
  const maud = await helper('Maud');
  await maud.take('Quelle colle');
  await maud.say('Lisez donc la notice');
  await visitor.sees('Lisez donc la notice');
  await maud.say('La blanche');
  await visitor.sees('La blanche');
  const idris = await helper('Idris', '--role', 'guardian');
  await idris.open('Quelle colle');
  await idris.sees('Lisez donc la notice');
  await idris.sees('La blanche');

  await idris.page.context().setOffline(true);
  const menu = idris.page.locator('.more-of').nth(1);
  await menu.focus();
  await menu.press('ArrowDown');
  await idris.page.getByRole('menuitem', { name: 'Signaler' }).click();
  await idris.page.getByText('Il est masqué tout de suite').waitFor();
  await idris.page.getByRole('button', { name: 'Insulte ou moquerie' }).click();
  await idris.page.getByText('Gardé sur cet appareil\u00a0: votre signalement').waitFor();
  await idris.page.keyboard.press('Escape');
  await idris.page.getByText('Masqué ici').waitFor();
  assert.equal(await idris.bubbles.filter({ hasText: 'donc la notice' }).count(), 0);
  await visitor.sees('Lisez donc la notice');

  await idris.page.context().setOffline(false);
  const hidden = 'Message masqué, en cours de relecture';
  for (const page of [visitor.page, maud.page, idris.page]) await page.getByText(hidden).waitFor();
  await maud.page.locator('comptoir-thread').getByText('Décision prise').waitFor();
  for (const page of [visitor.page, maud.page, idris.page])
    assert.equal(await keeps(page, 'donc la notice'), false);

  await relay.office('unhide', await firstOf('reports'));
  await visitor.sees('Lisez donc la notice');
  assert.deepEqual(await visitor.bubbles.allInnerTexts().then((all) => all.map(lastLine)), [
    'Quelle colle pour du bois',
    'Lisez donc la notice',
    'La blanche',
  ]);
  await maud.sees('Lisez donc la notice');
  assert.equal(await visitor.panel.getByText(hidden).count(), 0);
  await asker.context.close();
  await maud.page.context().close();
  await idris.page.context().close();
});

/** Of a bubble, without who says it. */
const lastLine = (text: string): string =>
  text
    .split('\n')
    .at(-1)
    ?.replace(/^.*\u00a0: /, '') ?? '';

test('a visitor’s report gives a receipt, also from offline, and hides nothing by itself', async () => {
  const asker = await newPerson(browser);
  const visitor = await visitorOf(asker);
  await visitor.say('Une lampe pour la cave');
  await visitor.received();
  const maud = await helper('Maud');
  await maud.take('Une lampe');
  await maud.say('Achetez-la ailleurs');
  await visitor.sees('Achetez-la ailleurs');
  await asker.context.setOffline(true);
  await visitor.panel.locator('.more-of').nth(1).focus();
  await visitor.page.keyboard.press('ArrowDown');
  await visitor.panel.getByRole('menuitem', { name: 'Signaler' }).click();
  await visitor.panel.getByText('Ajouter une précision').click();
  await visitor.panel
    .getByRole('textbox', { name: 'Ajouter une précision' })
    .fill('C’est un concurrent');
  await visitor.panel.getByRole('button', { name: 'Arnaque ou publicité' }).click();
  await visitor.panel.getByText('votre signalement partira').waitFor();
  await asker.context.setOffline(false);
  await visitor.panel.getByText('Reçu. Le comptoir relit ce message').waitFor();
  await visitor.page.keyboard.press('Escape');
  await visitor.sees('Achetez-la ailleurs');
  await maud.sees('Achetez-la ailleurs');
  await asker.context.close();
  await maud.page.context().close();
});
