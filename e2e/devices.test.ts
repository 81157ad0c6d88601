/** One person on several devices, known to the brand or not, in real browsers. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { communityOf } from './harness/embed-page.ts';
import { Helper } from './harness/helper.ts';
import { IDENTITY_SECRET, identify, tokenOf } from './harness/identify.ts';
import { codeOf, join, openConversation } from './harness/linking.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { Visitor } from './harness/visitor.ts';

let relay: RelayProcess;
let browser: Browser;
let community: string;

before(async () => {
  relay = await RelayProcess.start({ env: { COMPTOIR_IDENTITY_SECRET: IDENTITY_SECRET } });
  community = await communityOf(relay.url);
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await relay.dispose();
});

async function visitor(): Promise<Visitor> {
  const made = new Visitor((await newPerson(browser)).page);
  await made.page.goto(relay.url);
  return made;
}

/** A visitor with a question that the relay has. */
async function asking(question: string): Promise<Visitor> {
  const made = await visitor();
  await made.open();
  await made.say(question);
  await made.received();
  return made;
}

test('the devices come to settings that stood before their code was here', async () => {
  const slow = await visitor();
  const { promise: shown, resolve: show } = Promise.withResolvers<void>();
  await slow.page.route(/comptoir-devices-/, async (route) => {
    await shown;
    await route.continue();
  });
  await slow.open();
  await slow.panel.getByRole('button', { name: 'Réglages' }).click();
  await slow.panel.getByText('Mes appareils').click();
  show();
  await slow.panel.getByRole('button', { name: 'Relier un autre appareil' }).waitFor();
  await slow.page.context().close();
});

test('a code of the first device brings the conversation to the second, and answers to both', async () => {
  const laptop = await asking('Ce sac passe-t-il en cabine ?');
  const code = await codeOf(laptop);
  const phone = new Visitor((await newPerson(browser)).page);
  await join(phone.page, relay.url, code);
  assert.equal(new URL(phone.page.url()).hash, '', 'no code stays in the address');
  const linked = Date.now();
  await openConversation(phone, 'cabine');
  await phone.sees('Ce sac passe-t-il en cabine');
  assert.ok(Date.now() - linked < 2_000, `${Date.now() - linked} ms`);

  await phone.say('Il fait 55 cm');
  await phone.received();
  await laptop.panel.getByRole('button', { name: 'Retour' }).first().click();
  await laptop.sees('Il fait 55 cm');
  const helper = new Helper((await newPerson(browser)).page);
  await helper.join(await relay.invite(), 'Maud');
  await helper.take('cabine');
  await helper.say('Oui, de justesse');
  for (const one of [laptop, phone]) await one.sees('Oui, de justesse');
  for (const { page } of [laptop, phone, helper]) await page.context().close();
});

test('a device that is removed forgets everything and goes on as a new visitor’s', async () => {
  const laptop = await asking('Une question à garder');
  const code = await codeOf(laptop);
  const phone = new Visitor((await newPerson(browser)).page);
  await join(phone.page, relay.url, code);
  await openConversation(phone, 'à garder');
  await phone.sees('Une question à garder');

  await laptop.panel.getByText('L’autre appareil est relié').waitFor();
  await laptop.panel.getByRole('button', { name: /^Retirer/ }).click();
  await laptop.panel.getByText('oubliera').waitFor();
  await laptop.panel.getByRole('button', { name: /^Retirer/ }).click();

  await phone.panel.getByText('Cet appareil n’est plus relié').waitFor();
  await phone.panel.getByRole('button', { name: 'Compris' }).click();
  assert.equal(await phone.bubbles.count(), 0);
  await phone.say('Une question toute neuve');
  await phone.received();
  await phone.page.reload();
  await phone.open();
  assert.equal(await phone.panel.getByText('à garder').count(), 0);
  await laptop.panel.getByText('Seul cet appareil').waitFor();
  for (const { page } of [laptop, phone]) await page.context().close();
});

test('the brand’s sign-in brings conversations along, and signing out leaves none behind', async () => {
  const laptop = await asking('Ma question de cliente');
  assert.equal(await identify(laptop.page, await tokenOf(community, 'ada')), 'accepted');
  const phone = await visitor();
  await phone.open();
  assert.equal(await identify(phone.page, await tokenOf(community, 'ada')), 'accepted');
  await phone.panel.getByRole('button', { name: 'Ma conversation' }).click();
  await phone.sees('Ma question de cliente');

  assert.equal(await identify(phone.page, null), 'none');
  await phone.panel.getByText('La session sur le site est terminée').waitFor();
  assert.equal(await phone.panel.getByText('Ma question de cliente').count(), 0);
  // Somebody else, on the same computer, who was not signed out before.
  assert.equal(await identify(laptop.page, await tokenOf(community, 'grace')), 'accepted');
  await laptop.panel.getByText('Une autre personne').waitFor();
  assert.equal(await laptop.panel.getByText('Ma question de cliente').count(), 0);
  assert.equal(await identify(phone.page, await tokenOf(community, 'ada', -600)), 'expired');
  assert.equal(await identify(phone.page, 'not a token'), 'refused');
  for (const { page } of [laptop, phone]) await page.context().close();
});

test('a second tab’s fresh token of the same customer leaves the line of both alone', async () => {
  const first = await asking('Deux onglets');
  const { page } = first;
  assert.equal(await identify(page, await tokenOf(community, 'lin')), 'accepted');
  const second = new Visitor(await page.context().newPage());
  let dialled = 0;
  for (const one of [page, second.page]) one.on('websocket', () => dialled++);
  await second.page.goto(relay.url);
  await second.open();
  await second.page.evaluate(
    (token) =>
      (
        document.querySelector('comptoir-chat') as HTMLElement & {
          identify(token: string): Promise<void>;
        }
      ).identify(token),
    await tokenOf(community, 'lin', 200),
  );
  await second.say('Du second');
  await second.received();
  assert.equal(dialled, 0);
  assert.equal(await identify(second.page, await tokenOf(community, 'mei')), 'accepted');
  assert.ok(dialled > 0, 'another customer is told at once');
  await page.context().close();
});

test('what the page tells reaches the desk as the space allows, and the visitor is told', async () => {
  await relay.office('space', 'demo', '--attribute', 'segment');
  const asker = await asking('Où est ma commande ?');
  const told: string[] = [];
  asker.page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => told.push(payload.toString())),
  );
  await asker.page.reload();
  await asker.open();
  await identify(asker.page, await tokenOf(community, 'ada'), {
    segment: 'fidèle',
    secret: 'xyzzy',
  });
  await asker.panel.getByText('segment').waitFor();
  assert.equal(await asker.panel.getByText('secret').count(), 0);
  const helper = new Helper((await newPerson(browser)).page);
  await helper.join(await relay.invite(), 'Idris');
  await helper.take('ma commande');
  const side = helper.page.locator('comptoir-desk-context');
  await side.getByText('fidèle').waitFor();
  assert.equal(await side.getByText('xyzzy').count(), 0);
  assert.ok(
    told.some((frame) => frame.includes('segment')),
    'frames were watched',
  );
  assert.ok(!told.some((frame) => frame.includes('xyzzy')), 'it left the page');
  for (const { page } of [asker, helper]) await page.context().close();
});

/** Rooms of others that the page's database still holds. */
const keptOfOthers = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const [database] = await indexedDB.databases();
    const open = indexedDB.open(database?.name ?? '');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const keys = open.result.transaction('data').objectStore('data').getAllKeys();
    await new Promise((resolve) => keys.addEventListener('success', resolve));
    open.result.close();
    return keys.result.map(String).filter((key) => /,(inbox|conversation)\//.test(key));
  });

test('a helper’s second device comes in by a code; when the role is taken away nothing is left on it', async () => {
  const asker = await asking('Une question pour deux écrans');
  const first = new Helper((await newPerson(browser)).page);
  await first.join(await relay.invite(), 'Solène');
  await first.page.getByRole('button', { name: 'Réglages' }).first().click();
  await first.page.getByRole('button', { name: 'Relier un autre appareil' }).click();
  const code = await first.page.locator('comptoir-devices .code').innerText();

  const second = new Helper((await newPerson(browser)).page);
  await second.page.goto(`${relay.url}/desk/#link=${code.replaceAll(/\s/g, '')}`);
  await second.page.getByRole('button', { name: 'Relier', exact: true }).click();
  await second.inbox.waitFor();
  assert.equal(new URL(second.page.url()).hash, '');
  await second.take('deux écrans');
  await second.say('De mon téléphone');
  await asker.sees('De mon téléphone');
  assert.ok((await keptOfOthers(second.page)).length > 0);

  await relay.office('role', 'Solène', 'visitor');
  for (const { page } of [first, second]) {
    await page.getByRole('heading', { name: 'Votre place au comptoir est terminée' }).waitFor();
    const deadline = Date.now() + 5_000;
    while ((await keptOfOthers(page)).length > 0)
      assert.ok(Date.now() < deadline, (await keptOfOthers(page)).join('\n'));
  }
  for (const { page } of [asker, first, second]) await page.context().close();
});
