/** One person on several devices, with the relay away just then, in real browsers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brandWith } from './harness/brand-site.ts';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { IDENTITY_SECRET, identify, tokenOf } from './harness/identify.ts';
import { codeOf, join, openConversation } from './harness/linking.ts';
import { Visitor } from './harness/visitor.ts';

const { brand, browser } = await brandWith(launchBrowser, {
  COMPTOIR_IDENTITY_SECRET: IDENTITY_SECRET,
});

async function visitor(): Promise<Visitor> {
  const made = new Visitor((await newPerson(browser)).page);
  await made.page.goto(brand.url);
  await made.open();
  return made;
}

async function asks(made: Visitor, question: string): Promise<void> {
  await made.say(question);
  await made.sees(question);
}

/** Titles in the list of conversations, once there are as many. */
async function conversationsOf(made: Visitor, count: number): Promise<string[]> {
  await made.panel.getByRole('button', { name: 'Mes conversations' }).click();
  const conversations = made.panel.locator('[part~="conversation"]');
  await conversations.nth(count - 1).waitFor();
  const titles = await conversations.locator('b').allInnerTexts();
  return titles.toSorted((a, b) => a.localeCompare(b, 'fr'));
}

test('signed in while the relay is away: what was asked before and after is the customer’s, once', async () => {
  await brand.relay.kill();
  const token = await tokenOf(brand.community, 'ada');
  // Asked first, then signed in; and the other way round. Neither device ever met the relay.
  const laptop = await visitor();
  await asks(laptop, 'Asked, then signed in');
  const laptopOutcome = identify(laptop.page, token);
  const phone = await visitor();
  const phoneOutcome = identify(phone.page, token);
  await asks(phone, 'Signed in, then asked');

  await brand.relay.boot();
  assert.deepEqual(await Promise.all([laptopOutcome, phoneOutcome]), ['accepted', 'accepted']);
  for (const one of [laptop, phone]) {
    await one.received();
    assert.deepEqual(await conversationsOf(one, 2), [
      'Asked, then signed in',
      'Signed in, then asked',
    ]);
  }
  // Signed in already, and another device joins later with a past of its own.
  const tablet = await visitor();
  await asks(tablet, 'From a third one');
  await tablet.received();
  assert.equal(await identify(tablet.page, token), 'accepted');
  const all = ['Asked, then signed in', 'From a third one', 'Signed in, then asked'];
  assert.deepEqual(await conversationsOf(tablet, 3), all);
  await laptop.panel.locator('[part~="conversation"]').nth(2).waitFor();
  assert.equal(await laptop.panel.locator('[part~="conversation"]').count(), 3);
  for (const { page } of [laptop, phone, tablet]) await page.context().close();
});

test('linked devices write with the relay away, and have the same conversation after', async () => {
  const laptop = await visitor();
  await asks(laptop, 'A question on two screens');
  await laptop.received();
  const code = await codeOf(laptop);
  const phone = new Visitor((await newPerson(browser)).page);
  await join(phone.page, brand.url, code);
  await openConversation(phone, 'two screens');
  await phone.sees('A question on two screens');
  await laptop.panel.getByRole('button', { name: 'Retour' }).first().click();

  await brand.relay.kill();
  await asks(laptop, 'From the laptop');
  await asks(phone, 'From the phone');
  await brand.relay.boot();
  await laptop.sees('From the phone');
  await phone.sees('From the laptop');
  const texts = await laptop.bubbles.allInnerTexts();
  assert.equal(texts.length, 3);
  assert.deepEqual(await phone.bubbles.allInnerTexts(), texts);
  for (const { page } of [laptop, phone]) await page.context().close();
});

test('a helper brought back on a new device is who the old one, away meanwhile, still is', async () => {
  const asker = await visitor();
  await asks(asker, 'A question for somebody away');
  await asker.received();
  const old = new Helper((await newPerson(browser)).page);
  await old.join(await brand.relay.invite(), 'Maud');
  await old.take('somebody away');
  await old.say('Written before');
  await asker.sees('Written before');
  await brand.relay.kill();
  await old.page.context().setOffline(true);
  await old.say('Written away');
  await old.sees('Written away');

  await brand.relay.boot();
  const back = new Helper((await newPerson(browser)).page);
  await back.page.goto(await brand.relay.invite('--member', 'Maud'));
  await back.page.getByRole('heading', { name: 'Bon retour, Maud' }).waitFor();
  await brand.relay.kill();
  await back.page.locator('input').first().press('Enter');
  await back.page
    .getByRole('alert')
    .filter({ hasText: /réseau|joignable/ })
    .waitFor();
  await brand.relay.boot();
  await back.page.locator('input').first().press('Enter');
  await back.inbox.waitFor();
  await back.open('somebody away');
  await back.say('Written by the new one');
  await asker.sees('Written by the new one');

  await old.page.context().setOffline(false);
  await asker.sees('Written away');
  await back.sees('Written away');
  await old.sees('Written by the new one');
  const texts = await asker.bubbles.allInnerTexts();
  assert.equal(texts.length, 4);
  const names = await asker.panel.locator('comptoir-thread .who').allInnerTexts();
  assert.deepEqual(new Set(names.map((name) => name.split('\n')[0])), new Set(['Maud']));
  for (const { page } of [asker, old, back]) await page.context().close();
});
