/**
 * On a phone, "back" closes one level of the chat and never leaves the page, a page load keeps the chat as it
 * was, and a finger that rests on a message opens its menu.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, newPerson } from './harness/browser.ts';
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

async function phone(): Promise<{ visitor: Visitor; page: Page; errors: string[] }> {
  const { page, errors } = await newPerson(browser, {
    viewport: { width: 390, height: 780 },
    isMobile: true,
    hasTouch: true,
  });
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    addEventListener('popstate', () => seen.push(location.search));
  });
  await page.goto(`${relay.url}/?r=murs`);
  await page.locator('.departments a').nth(1).tap(); // the shop's own router
  const visitor = new Visitor(page);
  await visitor.widget.locator('.launcher').tap();
  await visitor.composer.waitFor();
  return { visitor, page, errors };
}

/** What the page's router was told. */
const told = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);

const back = (page: Page): Promise<void> => page.evaluate(() => history.back());

/** Lets a finger rest on something until its menu is there, and lifts it. */
async function rest({ page, panel }: Visitor, on: Locator): Promise<void> {
  await on.scrollIntoViewIfNeeded();
  const box = await on.boundingBox();
  assert.ok(box);
  const cdp = await page.context().newCDPSession(page);
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await panel.getByRole('menu').waitFor();
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await cdp.detach();
}

test('back closes a conversation, the list, the chat, and only then goes where the page was', async () => {
  const { visitor, page, errors } = await phone();
  const { panel, widget } = visitor;
  await visitor.say('Une question de téléphone');
  await visitor.received();
  const address = page.url();
  await panel.getByRole('button', { name: 'Réglages' }).tap();
  await panel.getByRole('button', { name: /Effacer/ }).waitFor();
  await back(page);
  await visitor.sees('Une question de téléphone');
  await back(page);
  await panel.locator('[part~="conversation"]').waitFor();
  await back(page);
  await panel.getByText('On demande souvent').waitFor();
  await back(page);
  await panel.waitFor({ state: 'hidden' });
  assert.equal(page.url(), address);
  // A router that hears of it finds the address and the state that it left.
  for (const heard of await told(page)) assert.equal(heard, new URL(address).search);
  assert.equal(await page.evaluate(() => history.state), null);
  await widget.locator('.launcher').waitFor();
  await back(page);
  await page.waitForURL(/r=murs/);
  assert.deepEqual(errors, []);
});

test('a chat closed by its cross leaves no entry behind', async () => {
  const { visitor, page } = await phone();
  await visitor.say('Encore une question');
  await visitor.received();
  await visitor.panel.getByRole('button', { name: 'Fermer' }).tap();
  await visitor.panel.waitFor({ state: 'hidden' });
  await page.waitForFunction(() => !history.state?.comptoir);
  await back(page);
  await page.waitForURL(/r=murs/);
  assert.equal((await told(page)).at(-1), '?r=murs');
});

test('a page load keeps the chat open, with the draft and its way back; closed stays closed', async () => {
  const { visitor, page } = await phone();
  await visitor.say('Une question qui dure');
  await visitor.received();
  await visitor.composer.pressSequentially('un brouillon');
  await page.reload();
  await visitor.sees('Une question qui dure');
  await page.waitForFunction(() => {
    const panel = document
      .querySelector('comptoir-chat')
      ?.shadowRoot?.querySelector('comptoir-panel');
    const composer = panel?.shadowRoot?.querySelector('comptoir-composer');
    return composer?.shadowRoot?.querySelector('textarea')?.value === 'un brouillon';
  });
  await back(page);
  await visitor.panel.locator('[part~="conversation"]').waitFor();
  await visitor.panel.getByRole('button', { name: 'Fermer' }).tap();
  await page.waitForFunction(() => !history.state?.comptoir);
  await page.reload();
  const launcher = visitor.widget.locator('.launcher');
  await launcher.getByText('Une question qui dure').waitFor();
  assert.equal(await visitor.panel.count(), 0);
});

test('a finger that rests on a message, or taps its button, answers it, over a page load, and withdraws it', async () => {
  const { visitor, page, errors } = await phone();
  const { panel, bubbles } = visitor;
  const choose = (name: string): Promise<void> => panel.getByRole('menuitem', { name }).tap();
  await visitor.say('Une question à citer');
  await visitor.received();
  await rest(visitor, bubbles.first());
  assert.equal(await page.evaluate(() => String(getSelection())), '', 'no word is selected');
  await choose('Répondre');
  const quoting = panel.locator('.quoting');
  await quoting.getByText('Une question à citer').waitFor();
  await page.reload();
  await quoting.getByText('Une question à citer').waitFor();
  await visitor.say('Sa précision');
  await quoting.waitFor({ state: 'detached' });
  const answer = bubbles.filter({ hasText: 'Sa précision' });
  await answer.locator('.quoted').tap();
  await panel.locator('.bubble.marked').filter({ hasText: 'Une question à citer' }).waitFor();
  await visitor.received();
  const menuButton = panel.getByRole('button', { name: 'Actions sur ce message' }).last();
  const target = await menuButton.evaluate((button) => {
    const { width, height } = getComputedStyle(button, '::after');
    return { size: [width, height], seen: getComputedStyle(button).opacity };
  });
  assert.deepEqual(target, { size: ['44px', '44px'], seen: '1' });
  await menuButton.tap();
  await panel.getByRole('menuitem', { name: 'Copier le texte' }).waitFor();
  await page.keyboard.press('Escape');
  await rest(visitor, answer.locator('.words').last());
  await choose('Retirer');
  await choose('Retirer\u202f?');
  await answer.waitFor({ state: 'detached' });
  assert.deepEqual(errors, []);
});

test('another document of the site shows the conversation where it was read, with its draft', async () => {
  const { visitor, page } = await phone();
  const lines = Array.from({ length: 60 }, (_, line) => `ligne ${line}`);
  await visitor.composer.fill(lines.join('\n'));
  await visitor.composer.press('Enter');
  await visitor.received();
  await visitor.composer.pressSequentially('un brouillon');
  const scroller = visitor.panel.locator('comptoir-thread .scroll');
  await scroller.evaluate(
    (at) =>
      new Promise((moved) => {
        at.addEventListener('scroll', () => requestAnimationFrame(moved), { once: true });
        at.scrollTop = -400;
      }),
  );
  // As it is painted: what arrives moves the place only until then.
  const read = (): Promise<number> =>
    scroller.evaluate(
      (at) =>
        new Promise((painted) =>
          requestAnimationFrame(() => setTimeout(() => painted(Math.round(at.scrollTop)))),
        ),
    );
  const before = await read();
  assert.ok(before < -300);
  for (const path of ['/delivery.html', '/?r=eau']) {
    await page.goto(relay.url + path);
    await visitor.sees('ligne 59');
    await visitor.panel.locator('[part~="wait"]').waitFor(); // what follows the question comes late
    assert.ok(Math.abs((await read()) - before) <= 2, `${await read()} for ${before}`);
    assert.equal(await visitor.composer.inputValue(), 'un brouillon');
  }
  // Closed and opened again, it is at its end.
  await visitor.panel.getByRole('button', { name: 'Fermer' }).tap();
  await page.goto(`${relay.url}/delivery.html`);
  await visitor.widget.locator('.launcher').tap();
  await visitor.sees('ligne 59');
  assert.equal(await read(), 0);
});

test('a close request closes one level each, and the last one stays on the page', async () => {
  const { visitor, page, errors } = await phone();
  const { panel } = visitor;
  await visitor.say('Une question à refermer');
  await visitor.received();
  const address = page.url();
  // What Android's "back" is to a page that watches for it, and Escape elsewhere on a desktop's page.
  const request = async (): Promise<void> => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Escape');
  };
  assert.ok(await page.evaluate(() => 'CloseWatcher' in window));
  await request();
  await panel.locator('[part~="conversation"]').waitFor();
  await request();
  await panel.getByText('On demande souvent').waitFor();
  await request();
  await panel.waitFor({ state: 'hidden' });
  await page.waitForFunction(() => !history.state?.comptoir);
  await request();
  assert.equal(page.url(), address);
  // What the requests closed has left no entry: "back" is the page's own again.
  await back(page);
  await page.waitForURL(/r=murs/);
  assert.deepEqual(errors, []);
});
