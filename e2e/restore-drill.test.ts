/** A restore drill: an older backup comes back under browsers that know more. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { Visitor } from './harness/visitor.ts';

let relay: RelayProcess;
let browser: Browser;
let backup: string;

before(async () => {
  relay = await RelayProcess.start();
  backup = `${relay.data}-backup`;
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await relay.dispose();
  await rm(backup, { recursive: true, force: true });
});

/** The messages on a screen once they are these and none waits for the relay. */
async function settled(bubbles: Locator, expected: readonly string[]): Promise<string[]> {
  for (;;) {
    // A name that only a screen reader hears stands before the first of a group.
    const texts = (await bubbles.allInnerTexts()).map(
      (text) => text.trim().split('\n').at(-1) ?? '',
    );
    const waiting = await bubbles.and(bubbles.page().locator('.kept')).count();
    if (waiting === 0 && texts.toSorted().join() === expected.toSorted().join()) return texts;
    await bubbles.page().evaluate(() => new Promise((next) => requestAnimationFrame(next)));
  }
}

test('what the backup lacks comes back from browsers, in one order; what was withdrawn does not', async () => {
  const visitor = new Visitor((await newPerson(browser)).page);
  const helper = new Helper((await newPerson(browser)).page);
  const stranger = new Visitor((await newPerson(browser)).page);
  await helper.join(relay.invitation, 'Maud');
  await visitor.page.goto(relay.url);
  await visitor.open();
  await visitor.say('Question du début');
  await helper.take('Question du début');
  await helper.say('Réponse d’avant');
  await visitor.sees('Réponse d’avant');
  await visitor.say('Mon numéro secret');
  await helper.sees('Mon numéro secret');

  assert.match(await relay.office('backup', backup), /^Backup of community/);
  const secret = visitor.panel
    .locator('comptoir-thread .line')
    .filter({ hasText: 'Mon numéro secret' });
  await secret.locator('.more-of').click();
  const withdraw = visitor.panel.getByRole('menuitem', { name: /^Retirer/ });
  for (let click = 0; click < 2; click++) await withdraw.click();
  await helper.bubbles.filter({ hasText: 'Mon numéro secret' }).waitFor({ state: 'detached' });
  await helper.say('Réponse d’après');
  await visitor.sees('Réponse d’après');
  await visitor.say('Merci d’après');
  await helper.sees('Merci d’après');

  await relay.kill('SIGTERM');
  assert.match(
    await relay.office('restore', backup),
    /\b1 entry that was withdrawn since the backup stays withdrawn/,
  );
  await visitor.say('Écrit pendant la panne');
  await relay.boot();
  await stranger.page.goto(relay.url);
  await stranger.open();
  await stranger.say('Question d’une autre');
  await helper.ask('Question d’une autre').waitFor();

  const expected = [
    'Question du début',
    'Réponse d’avant',
    'Réponse d’après',
    'Merci d’après',
    'Écrit pendant la panne',
  ];
  const seen = await settled(visitor.bubbles, expected);
  await helper.open('Question du début');
  assert.deepEqual(await settled(helper.bubbles, expected), seen);
  // What is new may be numbered before the browsers have given back what the relay lacks.
  const isOld = (text: string): boolean => text !== 'Écrit pendant la panne';
  const old = expected.filter(isOld);
  assert.deepEqual(seen.filter(isOld), old, 'in the order in which it was said');
  assert.match(await relay.office('verify'), /^Whole/);
});
