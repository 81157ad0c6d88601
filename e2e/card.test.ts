/** A helper's card in real browsers: written at the desk, let through by a manager, read by a visitor. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { type Person, launchBrowser, newPerson } from './harness/browser.ts';
import { communityOf, embedPage } from './harness/embed-page.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { startStaticHost } from './harness/static-host.ts';
import { Visitor } from './harness/visitor.ts';

let relay: RelayProcess;
let browser: Browser;
let maud: Helper;
let desk: Person;

before(async () => {
  relay = await RelayProcess.start();
  browser = await launchBrowser();
  desk = await newPerson(browser, { viewport: { width: 1280, height: 800 } });
  maud = new Helper(desk.page);
  await maud.join(relay.invitation, 'Maud');
});

after(async () => {
  await browser.close();
  await relay.dispose();
});

/** Of the browser's own element that has the focus, inside every shadow root. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.className ?? '';
  });
async function visitorOf(person: Person, url: string): Promise<Visitor> {
  const visitor = new Visitor(person.page);
  await person.page.goto(url);
  await visitor.open();
  return visitor;
}

test('what a helper writes of themselves and their photo reach a visitor, the photo by a manager', async () => {
  const { page } = maud;
  await page.locator('.rail .me').click();
  for (const topic of ['Carrelage', 'Salle de bain']) {
    await page.locator('#topics').fill(topic);
    await page.locator('#topics').press('Enter');
  }
  await page.locator('#store').fill('Lyon');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Enregistré').waitFor();
  // The session is a cookie that no script reads; both names of this machine take it.
  const [cookie] = await desk.context.cookies();
  assert.equal(cookie?.name, '__Host-comptoir');
  assert.deepEqual([cookie.httpOnly, cookie.secure, cookie.sameSite], [true, true, 'Strict']);

  const image = sharp({
    create: { width: 900, height: 1_200, channels: 3, background: '#2f5d50' },
  });
  await page.locator('comptoir-desk-card input[type=file]').setInputFiles({
    name: 'face.jpg',
    mimeType: 'image/jpeg',
    buffer: await image.jpeg().toBuffer(),
  });
  await page.getByText('En attente de validation').waitFor();
  const own = page.locator('comptoir-desk-card .photo-line img');
  assert.ok(await own.evaluate((one: HTMLImageElement) => one.decode().then(() => !one.hidden)));

  const person = await newPerson(browser);
  const visitor = await visitorOf(person, relay.url);
  await visitor.panel.locator('.names').getByText('Maud').waitFor();
  assert.equal(await visitor.panel.locator('.avatar img').count(), 0, 'held: nobody else sees it');
  const [held = '', whose] = (await relay.office('photos')).split('\n')[1]?.split('\t') ?? [];
  assert.equal(whose, 'Maud');
  await relay.office('show-photo', held);
  await visitor.panel.locator('.avatar img').first().waitFor();

  await visitor.say('Quelle cheville pour du placo ?');
  await maud.take('Quelle cheville');
  await maud.say('Une cheville à expansion.');
  await visitor.sees('Une cheville à expansion.');
  await visitor.panel.getByRole('button', { name: 'Maud, voir sa carte' }).focus();
  await visitor.page.keyboard.press('Enter');
  const card = visitor.panel.getByRole('dialog', { name: 'Maud' });
  await card.getByText('Salle de bain').waitFor();
  await card.getByText('Lyon').waitFor();
  const shown = card.locator('img');
  assert.ok(await shown.evaluate((one: HTMLImageElement) => one.decode().then(() => !one.hidden)));
  await visitor.page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  assert.equal(await focused(visitor.page), 'meet');
  assert.ok(await visitor.composer.isVisible(), 'the panel stays open');
  assert.deepEqual([...person.errors, ...desk.errors], []);

  // On a phone the card is a level of its own.
  await visitor.page.setViewportSize({ width: 390, height: 780 });
  await visitor.panel.getByRole('button', { name: 'Maud, voir sa carte' }).click();
  await card.waitFor();
  await visitor.page.waitForFunction(() => history.state?.comptoir?.level === 4);
  await visitor.page.evaluate(() => history.back());
  await card.waitFor({ state: 'detached' });
  await visitor.sees('Une cheville à expansion.');
  await visitor.page.evaluate(() => history.back());
  await visitor.panel.locator('[part~="conversation"]').waitFor();
  await person.context.close();
});

test('what was typed with no network is there after a reload, and saved once it is back', async () => {
  const { page } = maud;
  await page.locator('.rail .me').click();
  await desk.context.setOffline(true);
  await page.locator('#store').fill('Lyon Confluence');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Il faut être en ligne').waitFor();
  await desk.context.setOffline(false);
  await page.reload();
  await page.locator('.rail .me').click();
  await page.getByText('Pas encore enregistré').waitFor();
  assert.equal(await page.locator('#store').inputValue(), 'Lyon Confluence');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Enregistré', { exact: true }).waitFor();
});

test(
  'a site whose policy refuses the photo shows initials, and hears of it no more',
  { timeout: 120_000 },
  async () => {
    const community = await communityOf(relay.url);
    const host = await startStaticHost(
      { '/': embedPage({ relay: relay.url, scripts: relay.url, community }) },
      {
        'Content-Security-Policy': `default-src 'self'; script-src ${relay.url}; connect-src ${relay.url} ${relay.url.replace('http', 'ws')}`,
      },
    );
    const person = await newPerson(browser);
    try {
      const reports: string[] = [];
      const refused = Promise.withResolvers<void>();
      await person.context.exposeFunction('noteReport', (told: string) => {
        reports.push(told);
        if (told.startsWith('img-src')) refused.resolve();
      });
      await person.context.addInitScript(() =>
        document.addEventListener(
          'securitypolicyviolation',
          ({ effectiveDirective, blockedURI }) => {
            const { noteReport } = globalThis as unknown as { noteReport(told: string): void };
            noteReport(`${effectiveDirective} ${blockedURI}`);
          },
        ),
      );
      const visitor = await visitorOf(person, host.url);
      await visitor.panel.locator('.names').getByText('Maud').waitFor();
      // It is hidden once it has failed, and taken out by whatever is drawn next.
      await refused.promise;
      await visitor.panel.locator('.avatar img:not([hidden])').waitFor({ state: 'detached' });
      const photos = (): string[] => reports.filter((told) => told.startsWith('img-src'));
      // Chromium asks again by itself when an image enters the document.
      const before = photos().length;
      assert.ok(before <= 2, reports.join());
      await visitor.say('Et pour du béton ?');
      await maud.take('pour du béton');
      await maud.say('Une cheville nylon.');
      await visitor.sees('Une cheville nylon.');
      assert.equal(await visitor.panel.locator('comptoir-thread .avatar img').count(), 0);
      assert.equal(photos().length, before, 'nothing asks again');
    } finally {
      await person.context.close();
      await host.close();
    }
  },
);
