/**
 * [10] A line that goes silent without a word: a frozen relay, a proxy that swallows, a browser without a
 * network. Both screens say so within 10 s of the first sign, and nobody seems to be here who may not be.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { SwallowingProxy } from './harness/swallowing-proxy.ts';
import { Visitor } from './harness/visitor.ts';

const SOON_MS = 10_000;
/** The relay speaks every 20 s; from then on it is overdue. */
const KEEPALIVE_MS = 20_000;

let browser: Browser;
let relay: RelayProcess;
let proxy: SwallowingProxy;

before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

beforeEach(async () => {
  relay = await RelayProcess.start();
  proxy = await SwallowingProxy.before(relay.port);
});
afterEach(async () => {
  relay.thaw();
  proxy.close();
  await relay.dispose();
});

/** A visitor whose question a helper has answered; the helper by this port. */
async function talking(port = relay.port): Promise<{ visitor: Visitor; helper: Helper }> {
  const visitor = new Visitor((await newPerson(browser)).page);
  const helper = new Helper((await newPerson(browser)).page);
  await helper.join(relay.invitation.replace(`:${relay.port}/`, `:${port}/`), 'Maud');
  await visitor.page.goto(relay.url);
  await visitor.open();
  await visitor.say('Il reste des chevilles ?');
  await helper.take('Il reste des chevilles');
  await helper.say('Oui, au rayon 4.');
  await visitor.sees('Oui, au rayon 4.');
  return { visitor, helper };
}

const lineOf = (place: Locator): Locator => place.locator('.netline[data-tone=warn]').first();
const deskLine = ({ page }: Helper): Locator => lineOf(page.locator('comptoir-desk-inbox'));
const widgetLine = ({ panel }: Visitor): Locator => lineOf(panel);
/** How long it takes to show, from now on. */
async function shown(what: Locator, within: number): Promise<number> {
  const began = performance.now();
  await what.waitFor({ timeout: within });
  return performance.now() - began;
}
/** The little text under the name at the top of the widget's conversation. */
const presence = ({ panel }: Visitor): Locator => panel.locator('.bar');
const here = /ici\b/i;

test('a frozen relay: the widget says so after a send, the desk once a keepalive is overdue; both come back', async (context) => {
  const { visitor, helper } = await talking();
  assert.match(await presence(visitor).innerText(), here);
  relay.freeze();
  const frozen = performance.now();
  await visitor.say('Et des vis ?');
  const widget = await shown(widgetLine(visitor), SOON_MS);
  assert.doesNotMatch(await presence(visitor).innerText(), here);
  await deskLine(helper).waitFor({ timeout: KEEPALIVE_MS + SOON_MS });
  const desk = performance.now() - frozen;
  assert.ok(desk < KEEPALIVE_MS + SOON_MS, `${desk}`);
  context.diagnostic(
    `widget ${Math.round(widget)} ms after the send, desk ${Math.round(desk)} ms after the freeze`,
  );
  relay.thaw();
  await widgetLine(visitor).waitFor({ state: 'detached' });
  await deskLine(helper).waitFor({ state: 'detached' });
  await helper.sees('Et des vis ?');
  await visitor.received();
  assert.match(await presence(visitor).innerText(), here);
});

test('a proxy that swallows: the desk says so after a send, and the visitor no longer sees who is behind it', async (context) => {
  const { visitor, helper } = await talking(proxy.port);
  assert.match(await presence(visitor).innerText(), here);
  proxy.swallows = true;
  const began = performance.now();
  await helper.say('Des vis aussi.');
  const desk = await shown(deskLine(helper), SOON_MS);
  await presence(visitor)
    .filter({ hasNotText: here })
    .waitFor({ timeout: KEEPALIVE_MS + 2 * SOON_MS });
  context.diagnostic(
    `desk ${Math.round(desk)} ms after the send, visitor ${Math.round(performance.now() - began)} ms after the swallowing`,
  );
  proxy.swallows = false;
  await visitor.sees('Des vis aussi.');
  await deskLine(helper).waitFor({ state: 'detached' });
});

test('a browser without a network: widget and desk say so with nothing sent', async (context) => {
  const { visitor, helper } = await talking();
  await Promise.all([visitor, helper].map(({ page }) => page.context().setOffline(true)));
  const times = await Promise.all([
    shown(widgetLine(visitor), SOON_MS),
    shown(deskLine(helper), SOON_MS),
  ]);
  assert.doesNotMatch(await presence(visitor).innerText(), here);
  context.diagnostic(`widget and desk ${times.map(Math.round).join(' and ')} ms after`);
  await Promise.all([visitor, helper].map(({ page }) => page.context().setOffline(false)));
  await widgetLine(visitor).waitFor({ state: 'detached' });
  await deskLine(helper).waitFor({ state: 'detached' });
});
