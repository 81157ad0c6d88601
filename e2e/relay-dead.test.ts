/** [4] Page and script served elsewhere, relay dead: the history shows, and a first question is kept. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { communityOf, embedPage } from './harness/embed-page.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { type StaticHost, startStaticHost } from './harness/static-host.ts';
import { Visitor } from './harness/visitor.ts';

let relay: RelayProcess;
let host: StaticHost;
let browser: Browser;

before(async () => {
  browser = await launchBrowser();
  const pages: Record<string, string> = {};
  host = await startStaticHost(pages);
  relay = await RelayProcess.start({ env: { COMPTOIR_ORIGINS: host.url } });
  pages['/'] = embedPage({ relay: relay.url, community: await communityOf(relay.url) });
});

after(async () => {
  await browser.close();
  await host.close();
  await relay.dispose();
});

test('history shows after a reload; a device that never met the relay asks; both go on when it is back', async () => {
  const known = await newPerson(browser);
  const visitor = new Visitor(known.page);
  const helper = new Helper((await newPerson(browser)).page);
  await helper.join(relay.invitation, 'Maud');
  await visitor.page.goto(host.url);
  await visitor.open();
  await visitor.say('Question connue');
  await helper.take('Question connue');
  await helper.say('Réponse connue');
  await visitor.sees('Réponse connue');

  await relay.kill();
  await visitor.page.reload();
  await visitor.open();
  await visitor.sees('Question connue');
  await visitor.sees('Réponse connue');
  await visitor.say('Dit pendant la panne');
  await visitor.sees('Dit pendant la panne');

  const stranger = await newPerson(browser);
  const newcomer = new Visitor(stranger.page);
  await newcomer.page.goto(host.url);
  await newcomer.open();
  await newcomer.say('Première question, relais éteint');
  await newcomer.sees('Première question, relais éteint');
  await newcomer.panel.locator('comptoir-thread .meta').filter({ hasText: 'Gardé' }).waitFor();

  await relay.boot();
  await newcomer.received();
  await helper.ask('Première question, relais éteint').waitFor();
  await helper.sees('Dit pendant la panne');
  assert.deepEqual([...known.errors, ...stranger.errors], []);
});
