/** Who may do what, in real browsers: brought back after a loss, blocked while away. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { TestDevice, TestIdentity, redeem } from '../relay/testing/test-device.ts';
import { parseFingerprint, parseSpaceId } from '../shared/ids.ts';
import type { InboxRecord } from '../shared/protocol/records.ts';
import { inboxRoom } from '../shared/protocol/rooms.ts';
import { communityOf } from './harness/embed-page.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
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

async function visitor(): Promise<Visitor> {
  const made = new Visitor((await newPerson(browser)).page);
  await made.page.goto(relay.url);
  await made.open();
  return made;
}

test('a helper who lost everything comes back as who they were', async () => {
  const asker = await visitor();
  await asker.say('Une question avant la perte');
  await asker.received();
  const lost = new Helper((await newPerson(browser)).page);
  await lost.join(await relay.invite(), 'Maud');
  await lost.take('avant la perte');
  await lost.say('Je regarde');
  await asker.sees('Je regarde');
  await lost.page.context().close();

  const link = await relay.invite('--member', 'Maud');
  const back = new Helper((await newPerson(browser)).page);
  await back.page.goto(link);
  await back.page.getByRole('heading', { name: 'Bon retour, Maud' }).waitFor();
  await back.page.locator('input').first().press('Enter');
  await back.inbox.waitFor();
  await back.open('avant la perte');
  await back.sees('Je regarde');
  await back.say('Me revoilà');
  await asker.sees('Me revoilà');
  await back.page.context().close();
  await asker.page.context().close();
});

test('what somebody blocked wrote meanwhile is refused in words, and nobody else’s', async () => {
  const troll = await visitor();
  await troll.say('Une question comme une autre');
  await troll.received();
  const other = await visitor();
  await other.say('Ma question');
  await other.received();
  await troll.page.context().setOffline(true);
  for (let number = 1; number <= 20; number++) await troll.say(`Insulte ${number}`);
  await troll.sees('Insulte 20');

  await relay.office('block', '--member', await askerOf('comme une autre'), '--reason', 'insults');
  await troll.page.context().setOffline(false);
  const refused = troll.panel.locator('comptoir-thread').getByText('ne peut plus écrire ici');
  await refused.nth(19).waitFor();
  await other.say('Et la suite');
  await other.received();
  await troll.page.context().close();
  await other.page.context().close();
});

test('a manager blocks a network from the desk: told whom it touches, the desk goes on, and it is undone', async () => {
  const troll = await visitor();
  await troll.say('Une question de trop');
  await troll.received();
  const neighbour = await visitor();
  await neighbour.say('Une voisine');
  await neighbour.received();
  const manager = new Helper((await newPerson(browser)).page);
  await manager.join(await relay.invite('--role', 'manager'), 'Solène');
  await manager.open('de trop');
  const { page } = manager;
  await page.locator('comptoir-desk-ids summary').click();
  const member = await page.locator('comptoir-desk-ids code').first().innerText();
  const told = await relay.office('block', '--addresses-of', member, '--look');
  const [count] = /\d+/.exec(told) ?? [];

  await page.getByRole('button', { name: 'Bloquer…' }).click();
  const network = page.getByRole('radio', { name: 'Tout son réseau' });
  await page.getByText(new RegExp(`^${count}.autres? personnes? `)).waitFor();
  await network.check();
  await page.getByRole('dialog').getByRole('button', { name: 'Bloquer', exact: true }).click();
  await page.getByText('Réseau bloqué').waitFor();
  await neighbour.panel.getByText('ne pouvez plus écrire ici').first().waitFor();
  await manager.say('Réponse du comptoir'); // from the same network
  await troll.sees('Réponse du comptoir');

  await page.getByRole('button', { name: 'Annuler' }).click();
  await page.getByText('Blocage levé.').waitFor();
  await neighbour.say('Et maintenant ?');
  await manager.page.getByText('Et maintenant ?').waitFor();
  await page.context().close();
  await troll.page.context().close();
  await neighbour.page.context().close();
});

/** Who asked, as the desk's inbox says. */
async function askerOf(words: string): Promise<string> {
  const community = parseFingerprint(await communityOf(relay.url));
  const identity = new TestIdentity();
  await redeem(relay.url, community, identity, await relay.invite(), 'Idris');
  const socketUrl = `${relay.url.replace('http', 'ws')}/sync`;
  const device = await TestDevice.connect(socketUrl, community, { identity });
  const inbox = await device.open(inboxRoom(parseSpaceId('demo')));
  await device.close();
  const record = [...inbox.records.values()]
    .map((value) => value as InboxRecord)
    .find(({ text }) => text.includes(words));
  assert.ok(record);
  return record.asker;
}
