/** What people reported of other chats and of libraries like ours, where no other scenario has it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brandWith } from './harness/brand-site.ts';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { CONTACT_LINK } from './harness/embed-page.ts';
import { Helper } from './harness/helper.ts';
import { PlainBrowser } from './harness/plain-browser.ts';
import { Visitor } from './harness/visitor.ts';

const { brand, browser } = await brandWith(launchBrowser);

/** What the widget says where the chat does not open, and the page's own link. */
declare const comptoir: () => string;
const READS = `<script>
  const comptoir = () => {
    const chat = document.querySelector('comptoir-chat');
    const [slot] = chat.shadowRoot?.querySelectorAll('slot[name=fallback]') ?? [];
    return [chat.shadowRoot?.textContent, slot?.assignedElements()[0]?.textContent].join(' ');
  };
</script>`;

test('a browser that blocks cookies and site data: the chat says that nothing is kept here, with the contact link', async () => {
  brand.pages['/'] = brand.embed({ inside: CONTACT_LINK, body: READS });
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  const plain = await PlainBrowser.launch(blocked);
  try {
    await plain.goto(brand.url);
    const isBlocked = (): boolean => {
      try {
        return localStorage.length < 0;
      } catch {
        return true;
      }
    };
    assert.equal(await plain.run(isBlocked), true, 'the profile blocks nothing');
    await plain.until(
      () => !!document.querySelector('comptoir-chat')?.shadowRoot?.querySelector('.launcher'),
    );
    await plain.run(() =>
      document
        .querySelector('comptoir-chat')!
        .shadowRoot!.querySelector<HTMLElement>('.launcher')!
        .click(),
    );
    await plain.until(() => /ne garde rien ici.*Contact/s.test(comptoir()));
    const words = await plain.run(() => comptoir());
    assert.doesNotMatch(words, /pour le moment/);
  } finally {
    await plain.close();
  }
});

test('a site whose storage is full at a first visit: the same', async () => {
  brand.pages['/'] = brand.embed({ inside: CONTACT_LINK });
  const { context, page, errors } = await newPerson(browser);
  const cdp = await context.newCDPSession(page);
  await page.goto(brand.url);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: brand.url, quotaSize: 1 });
  await page.locator('comptoir-chat .launcher').click();
  await page.getByText('ne garde rien ici').waitFor({ timeout: 20_000 });
  await page.getByText('Contact').waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

test('the script twice on a page, from two hosts, and two elements: one socket and one talk', async () => {
  const twice = `<script type="module" src="${brand.relay.url}/comptoir.js"></script>
    <comptoir-chat relay="${brand.relay.url}" community="${brand.community}" space="demo"></comptoir-chat>`;
  brand.pages['/'] = brand.embed({ body: twice });
  const { context, page, errors } = await newPerson(browser);
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await page.goto(brand.url);
  const upper = page.locator('comptoir-chat').last(); // it stands upon the other
  await upper.locator('.launcher').click();
  const composer = upper.locator('comptoir-composer textarea');
  await composer.fill('Une seule fois ?');
  await composer.press('Enter');
  await upper.locator('comptoir-thread .meta').filter({ hasText: /Reçu/ }).first().waitFor();
  assert.equal(sockets.length, 1);
  assert.deepEqual(errors, []);
  await context.close();
});

const NONCE = 'cjRuZDBt';
const policies: Readonly<Record<string, string>> = {
  'scripts by nonce alone': `script-src 'nonce-${NONCE}'`,
  'strict-dynamic': `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
  'no style sheets': `script-src 'nonce-${NONCE}' 'strict-dynamic'; style-src 'none'`,
  'a sandbox': 'sandbox allow-scripts allow-same-origin',
  'Trusted Types': `require-trusted-types-for 'script'; trusted-types lit-html comptoir`,
};

for (const [name, policy] of Object.entries(policies)) {
  test(`a policy of ${name}: a question is received, nothing is reported`, async () => {
    brand.headers['content-security-policy'] = policy;
    brand.pages['/'] = brand.embed().replace('type="module"', `nonce="${NONCE}" type="module"`);
    const { context, page, errors } = await newPerson(browser);
    const visitor = new Visitor(page);
    await page.goto(brand.url);
    await visitor.open();
    await visitor.say('Sous cette règle');
    await visitor.received();
    assert.deepEqual(errors, []);
    await context.close();
    delete brand.headers['content-security-policy'];
  });
}

test('a desk whose data the browser takes away under it goes on, and is still the desk after a reload', async () => {
  const desk = await newPerson(browser);
  const helper = new Helper(desk.page);
  await helper.join(brand.relay.invitation, 'Maud');
  brand.pages['/'] = brand.embed();
  const asker = await newPerson(browser);
  const visitor = new Visitor(asker.page);
  await asker.page.goto(brand.url);
  await visitor.open();
  await visitor.say('Avant le grand ménage ?');
  await visitor.received();
  await helper.take('Avant le grand ménage ?');
  const cdp = await desk.context.newCDPSession(desk.page);
  const origin = new URL(desk.page.url()).origin;
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await helper.say('Toujours là.');
  await visitor.sees('Toujours là.');
  await desk.page.reload();
  await helper.inbox.waitFor();
  await helper.open('Avant le grand ménage ?');
  await helper.sees('Toujours là.');
  await helper.say('Et encore.');
  await visitor.sees('Et encore.');
  await desk.context.close();
  await asker.context.close();
});
