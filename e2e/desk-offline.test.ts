/** [5] The desk with no network: it opens, 50 answers are kept, and each arrives once. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { Visitor } from './harness/visitor.ts';

const QUESTIONS = 3;
const ANSWERS = 50;

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

test(`${ANSWERS} answers written with no network arrive once each`, async () => {
  const person = await newPerson(browser);
  const helper = new Helper(person.page);
  await helper.join(relay.invitation, 'Maud');
  await helper.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const visitors: Visitor[] = [];
  for (let index = 0; index < QUESTIONS; index++) {
    const visitor = new Visitor((await newPerson(browser)).page);
    await visitor.page.goto(relay.url);
    await visitor.open();
    await visitor.say(`Question ${index} du magasin`);
    await helper.take(`Question ${index} du magasin`);
    await helper.sees(`Question ${index} du magasin`);
    await visitor.page.getByText('Maud').first().waitFor();
    visitors.push(visitor);
  }

  await relay.kill();
  await person.context.setOffline(true);
  await helper.page.reload();
  await helper.inbox.waitFor();
  // A claim may wait too: the relay died perhaps before this device had stored its answer.
  const claims = await helper.leaving();
  for (let index = 0; index < ANSWERS; index++) {
    if (index % 10 === 0) await helper.open(`Question ${(index / 10) % QUESTIONS} du magasin`);
    await helper.composer.fill(`réponse ${index}.`);
    await helper.composer.press('Enter');
    await helper.sees(`réponse ${index}.`);
  }
  await helper.page.reload();
  await helper.inbox.waitFor();
  assert.equal(await helper.leaving(), claims + ANSWERS);

  await relay.boot();
  await person.context.setOffline(false);
  const got: string[] = [];
  for (const [index, visitor] of visitors.entries()) {
    const own = Array.from({ length: ANSWERS }, (_, answer) => answer).filter(
      (answer) => Math.floor(answer / 10) % QUESTIONS === index,
    );
    await visitor.sees(`réponse ${own.at(-1)}.`);
    const texts = await visitor.bubbles.allInnerTexts();
    got.push(...texts.flatMap((text) => /réponse \d+\./.exec(text)?.[0] ?? []));
  }
  const expected = Array.from({ length: ANSWERS }, (_, index) => `réponse ${index}.`);
  assert.deepEqual(got.toSorted(), expected.toSorted());
  assert.deepEqual(person.errors, []);
});
