/** [4] Page and script served elsewhere, relay dead: the history shows, and a first question is kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brandWith } from './harness/brand-site.ts';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { Visitor } from './harness/visitor.ts';

const { brand, browser } = await brandWith(launchBrowser);

test('history shows after a reload; a device that never met the relay asks; both go on when it is back', async () => {
  const known = await newPerson(browser);
  const visitor = new Visitor(known.page);
  const helper = new Helper((await newPerson(browser)).page);
  await helper.join(brand.relay.invitation, 'Maud');
  await visitor.page.goto(brand.url);
  await visitor.open();
  await visitor.say('Question connue');
  await helper.take('Question connue');
  await helper.say('Réponse connue');
  await visitor.sees('Réponse connue');

  await brand.relay.kill();
  await visitor.page.reload();
  await visitor.open();
  await visitor.sees('Question connue');
  await visitor.sees('Réponse connue');
  await visitor.say('Dit pendant la panne');
  await visitor.sees('Dit pendant la panne');

  const stranger = await newPerson(browser);
  const newcomer = new Visitor(stranger.page);
  await newcomer.page.goto(brand.url);
  await newcomer.open();
  await newcomer.say('Première question, relais éteint');
  await newcomer.sees('Première question, relais éteint');
  await newcomer.panel.locator('comptoir-thread .meta').filter({ hasText: 'Gardé' }).waitFor();

  await brand.relay.boot();
  await newcomer.received();
  await helper.ask('Première question, relais éteint').waitFor();
  await helper.sees('Dit pendant la panne');
  assert.deepEqual([...known.errors, ...stranger.errors], []);
});
