/** In an open space a visitor asks everyone, another answers, and a third is invited to help once. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { type Person, launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { Visitor } from './harness/visitor.ts';

const QUESTION = 'Peut-on percer du grès cérame sans percussion ?';
const ANSWER = 'Oui, avec une mèche au carbure et de l’eau.';

let relay: RelayProcess;
let browser: Browser;
const people: Person[] = [];

before(async () => {
  relay = await RelayProcess.start();
  await relay.office('space', 'demo', '--mode', 'open');
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await relay.dispose();
});

async function visitor(): Promise<Visitor> {
  const made = await newPerson(browser);
  people.push(made);
  await made.page.goto(relay.url);
  return new Visitor(made.page);
}

const listed = (who: Visitor, text: string): Locator =>
  who.panel.locator('.section .row').filter({ hasText: text });
const inPanel = (who: Visitor): Locator => who.panel.locator('.invitation');
const byLauncher = (who: Visitor): Locator => who.widget.locator('comptoir-invite');

test('a visitor answers a visitor, and the desk sees it', async () => {
  const asker = await visitor();
  await asker.open();
  await asker.panel.getByText('visible de tous ici').waitFor();
  await asker.say(QUESTION);
  await asker.received();
  await asker.panel.getByText('Visible de tous ici').waitFor();

  const passer = await visitor();
  await passer.open();
  await inPanel(passer).getByText(QUESTION).waitFor();
  await passer.panel.getByRole('button', { name: 'Masquer cette invitation' }).click();
  await listed(passer, QUESTION).click();
  await passer.sees(QUESTION);
  await passer.panel.getByText('Tout le monde ici lira votre réponse.').waitFor();
  await passer.say(ANSWER);
  await passer.received();

  await asker.sees(ANSWER);
  assert.equal(await asker.panel.locator('comptoir-thread .badge').count(), 0);
  await passer.panel.getByRole('button', { name: 'Mes conversations' }).click();
  const conversation = passer.panel.locator('.conversation').filter({ hasText: QUESTION });
  await conversation.waitFor();

  await asker.say('Merci !');
  await conversation.locator('.count').waitFor();

  const page = await newPerson(browser);
  people.push(page);
  const helper = new Helper(page.page);
  await helper.join(relay.invitation, 'Maud');
  await helper.ask(QUESTION).getByText('publique').waitFor();
  await helper.open(QUESTION);
  await helper.sees(ANSWER);
});

test('a visit brings one invitation, by the launcher when the chat is closed', async () => {
  const asker = await visitor();
  await asker.open();
  await asker.say('Comment ravoir un joint noirci ?');
  await asker.received();

  const passer = await visitor();
  await passer.open();
  await inPanel(passer).waitFor();
  await passer.page.keyboard.press('Escape');
  await byLauncher(passer).getByText('Pouvez-vous aider').waitFor();
  await byLauncher(passer).getByRole('button', { name: 'Masquer' }).press('Enter');
  await byLauncher(passer).waitFor({ state: 'detached' });

  const other = await visitor();
  await other.open();
  await other.say('Quelle colle pour du liège ?');
  await other.received();
  await passer.open();
  await listed(passer, 'Quelle colle').waitFor();
  assert.equal(await inPanel(passer).count(), 0);
  await passer.page.reload();
  await passer.open();
  await listed(passer, 'Quelle colle').waitFor();
  assert.equal(await inPanel(passer).count(), 0);
});

test('closing the space shuts it to passers-by, who keep what they were writing', async () => {
  const asker = await visitor();
  await asker.open();
  await asker.say('Faut-il une sous-couche ?');
  await asker.received();
  const passer = await visitor();
  await passer.open();
  await passer.panel.getByText('Faut-il une sous-couche').first().click();
  await passer.sees('Faut-il une sous-couche');
  await passer.composer.pressSequentially('Oui, tou');
  await relay.office('space', 'demo', '--mode', 'closed');
  await passer.panel.getByText('Seul le comptoir répond ici').waitFor();
  await passer.composer.press('Enter');
  assert.equal(await passer.composer.inputValue(), 'Oui, tou');
  assert.equal(await passer.panel.getByText('Visible de tous ici').count(), 0);
  assert.deepEqual(
    people.flatMap(({ errors }) => errors),
    [],
  );
});
