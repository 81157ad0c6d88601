/**
 * A chat that its relay cannot answer, by whoever's fault: the installer reads in the console what to do, the
 * visitor finds the page's contact link, and nothing is asked that could never leave.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { brandWith } from './harness/brand-site.ts';
import { type Person, launchBrowser, newPerson } from './harness/browser.ts';
import { CONTACT_LINK, type EmbedOptions } from './harness/embed-page.ts';
import { freePort } from './harness/free-port.ts';
import { startOwnOrigin } from './harness/own-origin.ts';
import { startStaticHost } from './harness/static-host.ts';
import { Visitor } from './harness/visitor.ts';

const { brand, browser } = await brandWith(launchBrowser);

const pageOf = (options: Partial<EmbedOptions> = {}): string =>
  brand.embed({ inside: CONTACT_LINK, ...options });

interface Installer extends Person {
  readonly visitor: Visitor;
  /** What the console says of the chat. */
  readonly told: string[];
}

async function visit(html: string, url = brand.url): Promise<Installer> {
  brand.pages['/'] = html;
  const person = await newPerson(browser);
  const told: string[] = [];
  person.page.on('console', (message) => {
    if (message.type() === 'error' && message.text().startsWith('<comptoir-chat'))
      told.push(message.text());
  });
  await person.page.goto(url);
  return { ...person, told, visitor: new Visitor(person.page) };
}

/** The composer keeps what nobody would take. */
async function asksNothing(visitor: Visitor): Promise<void> {
  await visitor.composer.fill('Une question sans issue');
  await visitor.composer.press('Enter');
  assert.equal(await visitor.composer.inputValue(), 'Une question sans issue');
  assert.equal(await visitor.bubbles.count(), 0);
}

const contact = (page: Page): Promise<void> => page.getByText('Contact').waitFor();

test('a wrong community: the installer reads what to do, the visitor finds the contact link, nothing is asked', async () => {
  const { page, visitor, told, context } = await visit(pageOf({ community: 'A'.repeat(22) }));
  await visitor.open();
  await page.getByText('n’accepte pas').waitFor();
  await contact(page);
  await asksNothing(visitor);
  assert.match(told.join(), /not that of the community "A{22}".*The snippet/);
  await context.close();
});

test('a wrong space: told in the console, and the launcher gives the contact link', async () => {
  const { page, visitor, told, context } = await visit(pageOf({ space: 'nowhere' }));
  await visitor.widget.locator('.launcher .dot.unknown').waitFor();
  await visitor.widget.locator('.launcher').click();
  await contact(page);
  assert.match(told.join(), /space="nowhere"/);
  await context.close();
});

test('a site that the relay does not know: the console names its setting, nothing is asked', async () => {
  const stranger = await startStaticHost(brand.pages);
  // A name of this machine is the relay's own; this one is a site's, and as secure.
  const site = stranger.url.replace('127.0.0.1', 'shop.localhost');
  const { page, visitor, told, context } = await visit(pageOf(), site);
  await visitor.open();
  await page.getByText('ne peut pas être joint').waitFor();
  await contact(page);
  await asksNothing(visitor);
  assert.match(told.join(), new RegExp(`${site}.*COMPTOIR_ORIGINS`));
  await context.close();
  await stranger.close();
});

test('a site that answers in the relay’s place with pages of its own: told, nothing is asked', async () => {
  const { page, visitor, told, context } = await visit('<title>Soon</title>');
  await page.route('**/api/**', (route) =>
    route.fulfill({ body: '<!doctype html><title>A shop</title>', contentType: 'text/html' }),
  );
  brand.pages['/'] = pageOf({ relay: '' });
  await page.reload();
  await visitor.open();
  await page.getByText('ne peut pas être joint').waitFor();
  await contact(page);
  await asksNothing(visitor);
  assert.match(told.join(), /something else than a relay answers/);
  await context.close();
});

test('a proxy that lets no socket through: told, nothing is asked; once it does, the same text leaves', async () => {
  const site = await startOwnOrigin(brand.relay.port, brand.pages);
  site.passesSockets = false;
  const { page, visitor, told, context } = await visit(pageOf({ relay: '' }), site.url);
  await visitor.open();
  await page.getByText('ne peut pas être joint').waitFor();
  await contact(page);
  await asksNothing(visitor);
  assert.match(told.join(), /WebSocket does not come through.*\/sync/);
  site.passesSockets = true;
  await page.getByText('ne peut pas être joint').waitFor({ state: 'detached' });
  await visitor.composer.press('Enter');
  await visitor.received();
  await context.close();
  site.close();
});

test('nothing answers a device that never met the relay: told as that, with the contact link, and a question stays here', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  const { page, visitor, told, context } = await visit(pageOf({ relay: nobody }));
  await visitor.open();
  await page.getByText('n’a encore jamais répondu ici').waitFor();
  await contact(page);
  await visitor.say('Gardée, si jamais');
  await visitor.sees('Gardée, si jamais');
  await visitor.panel.locator('comptoir-thread .meta').filter({ hasText: 'Gardé' }).waitFor();
  assert.match(told.join(), new RegExp(`${nobody}" does not answer.*connect-src`));
  await context.close();
});

test('who met the relay before goes on writing where it cannot be reached, and nobody blames the installation', async () => {
  const { page, visitor, told, context } = await visit(pageOf());
  await visitor.open();
  await visitor.say('Au magasin');
  await visitor.received();
  await page.route(`${brand.relay.url}/**`, (route) => route.abort());
  await page.routeWebSocket(/\/sync$/, (socket) => void socket.close());
  await page.reload();
  await visitor.open();
  await visitor.say('Au sous-sol');
  await visitor.sees('Au sous-sol');
  await page.getByText('partira au retour').waitFor();
  assert.deepEqual(told, []);
  await context.close();
});

test('a `<base>` of another host: everything still goes to the page’s own', async () => {
  const site = await startOwnOrigin(brand.relay.port, brand.pages);
  const html = pageOf({ relay: '', scripts: site.url });
  brand.pages['/'] = html.replace('<head>', '<head><base href="https://cdn.invalid/x/">');
  const { page, context } = await newPerson(browser);
  const visitor = new Visitor(page);
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host));
  await page.goto(site.url);
  await visitor.open();
  await visitor.say('Où va ceci ?');
  await visitor.received();
  assert.deepEqual([...hosts], [new URL(site.url).host]);
  await context.close();
  site.close();
});
