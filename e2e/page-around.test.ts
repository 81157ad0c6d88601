/** What the page around does: its styles, its keys and dialogs, its storage, its "back", its next release. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { brandWith } from './harness/brand-site.ts';
import { type Person, launchBrowser, newPerson } from './harness/browser.ts';
import { CONTACT_LINK } from './harness/embed-page.ts';
import { Visitor } from './harness/visitor.ts';

const { brand, browser } = await brandWith(launchBrowser);

const page = (head = '', body = '', inside = ''): string =>
  brand
    .embed({ inside, body: `<div style="block-size: 3000px">A long page</div>${body}` })
    .replace('</head>', `${head}</head>`);

async function visit(html: string, path = '/'): Promise<Person & { visitor: Visitor }> {
  brand.pages[path] = html;
  const person = await newPerson(browser);
  await person.page.goto(brand.url + path);
  return { ...person, visitor: new Visitor(person.page) };
}

/** Distances from the window's end corner. */
const corner = (shown: Page): Promise<readonly number[]> =>
  shown.evaluate(() => {
    const box = document
      .querySelector('comptoir-chat')!
      .shadowRoot!.querySelector('.launcher')!
      .getBoundingClientRect();
    return [innerWidth - box.right, innerHeight - box.bottom].map(Math.round);
  });

const sheets = [
  '',
  '* { all: unset }',
  '* { position: relative }',
  'body > * { position: relative }',
  'body { transform: translateX(0) }',
  'body { filter: grayscale(1) }',
  'body { contain: layout }',
  'body { perspective: 1px }',
  'body { will-change: transform }',
  'comptoir-chat { all: unset }',
  'comptoir-chat { opacity: 0; visibility: hidden; pointer-events: none; transform: scale(0) }',
  'html { letter-spacing: 9px; user-select: none; visibility: hidden; pointer-events: none }',
];

test('whatever the page’s style sheet says, the launcher stands in the corner and opens', async () => {
  for (const sheet of sheets) {
    const { context, page: shown, visitor } = await visit(page(`<style>${sheet}</style>`));
    await visitor.widget.locator('.launcher').waitFor();
    assert.deepEqual(await corner(shown), [20, 20], sheet);
    await visitor.open();
    const look = await visitor.panel.locator('.panel').evaluate((panel) => {
      const style = getComputedStyle(panel);
      const box = panel.getBoundingClientRect();
      const inside = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight;
      return [inside, style.userSelect, style.letterSpacing, style.visibility, style.pointerEvents];
    });
    assert.deepEqual(look, [true, 'auto', 'normal', 'visible', 'auto'], sheet);
    await context.close();
  }
});

test('the launcher and the panel stay in the window of a zoomed page', async () => {
  const { page: shown, visitor, context } = await visit(page('<style>body { zoom: 1.25 }</style>'));
  await visitor.open();
  const box = await visitor.panel.locator('.panel').boundingBox();
  assert.ok(box && box.y >= 0, JSON.stringify(box));
  assert.ok((await corner(shown)).every((gap) => gap >= 0 && gap <= 30));
  await context.close();
});

test('an attribute hides launcher and panel, and shows them again', async () => {
  const { page: shown, visitor, context } = await visit(page());
  await visitor.open();
  const hide = (hidden: boolean): Promise<void> =>
    shown.evaluate(
      (on) => void (document.querySelector<HTMLElement>('comptoir-chat')!.hidden = on),
      hidden,
    );
  await hide(true);
  await visitor.panel.locator('.panel').waitFor({ state: 'hidden' });
  await visitor.widget.locator('.launcher').waitFor({ state: 'hidden' });
  await hide(false);
  await visitor.composer.waitFor();
  await context.close();
});

test('the launcher gives way to the page’s own dialogs, native or not, and comes back', async () => {
  const body = `<dialog><button>Close</button></dialog>
    <div id="old" role="dialog" aria-modal="true" hidden><button>Close</button></div>`;
  const { page: shown, visitor, context } = await visit(page('', body));
  const launcher = visitor.widget.locator('.launcher');
  await launcher.waitFor();
  await shown.evaluate(() => document.querySelector('dialog')!.showModal());
  await launcher.waitFor({ state: 'hidden' });
  await shown.evaluate(() => document.querySelector('dialog')!.close());
  await launcher.waitFor();
  await shown.evaluate(() => {
    document.querySelector<HTMLElement>('#old')!.hidden = false;
    document.querySelector<HTMLElement>('#old button')!.focus();
  });
  await launcher.waitFor({ state: 'hidden' });
  await shown.evaluate(() => (document.querySelector<HTMLElement>('#old')!.hidden = true));
  await shown.locator('#buy').focus();
  await launcher.waitFor();
  await context.close();
});

test('on paper the page is without the chat', async () => {
  const { page: shown, visitor, context } = await visit(page());
  await visitor.open();
  await shown.emulateMedia({ media: 'print' });
  await visitor.widget.locator('.launcher').waitFor({ state: 'hidden' });
  await visitor.panel.locator('.panel').waitFor({ state: 'hidden' });
  await shown.emulateMedia({ media: 'screen' });
  await visitor.composer.waitFor();
  await context.close();
});

const withoutPopover = (): void => {
  for (const name of ['popover', 'showPopover', 'hidePopover', 'togglePopover'])
    Reflect.deleteProperty(HTMLElement.prototype, name);
};

test('a browser without popover: the chat opens above the page, and a question is received', async () => {
  brand.pages['/'] = page('<style>body > * { position: relative; z-index: 9999 }</style>');
  const { context, page: shown, errors } = await newPerson(browser);
  await context.addInitScript(withoutPopover);
  await shown.goto(brand.url);
  const visitor = new Visitor(shown);
  await visitor.widget.locator('.launcher').waitFor();
  assert.deepEqual(await corner(shown), [20, 20]);
  await visitor.open();
  await visitor.say('Sans popover');
  await visitor.received();
  await visitor.panel.getByRole('button', { name: 'Fermer' }).click();
  await visitor.composer.waitFor({ state: 'hidden' });
  assert.deepEqual(errors, []);
  await context.close();
});

test('a browser that cannot be a device: a click says so, with the page’s contact link', async () => {
  brand.pages['/'] = page('', '', CONTACT_LINK);
  const { context, page: shown, errors } = await newPerson(browser);
  await context.addInitScript(withoutPopover);
  await context.addInitScript(() => {
    const generateKey = (): Promise<never> =>
      Promise.reject(new DOMException('', 'NotSupportedError'));
    Object.assign(SubtleCrypto.prototype, { generateKey });
  });
  await shown.goto(brand.url);
  await new Visitor(shown).widget.locator('.launcher').click();
  await shown.getByText('Ce navigateur ne peut pas ouvrir la discussion').waitFor();
  await shown.getByText('Contact').waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

for (const phase of ['on their way up', 'on their way down']) {
  test(`the page’s shortcuts and focus traps that listen ${phase} leave the composer alone`, async () => {
    const capture = phase === 'on their way down';
    const script = `<input id="search"><script>
      for (const where of ${capture ? '[document]' : '[window, document]'}) for (const name of ['keydown', 'keyup', 'keypress', 'paste', 'focusin', 'wheel'])
        where.addEventListener(name, (event) => {
          if (${capture} && (name === 'paste' || name === 'wheel')) return;
          if (/INPUT|TEXTAREA/.test(event.target.tagName) || event.target.tagName !== 'COMPTOIR-CHAT') return;
          event.preventDefault();
          document.querySelector('#search').focus();
        }, ${capture});
    </script>`;
    const { visitor, context, page: shown } = await visit(page('', script));
    await visitor.open();
    await visitor.composer.click();
    await shown.keyboard.type('Vis 4/40 ou 5/50, pour aggloméré ?');
    assert.equal(await visitor.composer.inputValue(), 'Vis 4/40 ou 5/50, pour aggloméré ?');
    await shown.keyboard.press('Enter');
    await visitor.received();
    await shown.keyboard.press('Escape');
    await visitor.composer.waitFor({ state: 'hidden' });
    await context.close();
  });
}

const losses: Readonly<Record<string, (person: Person) => Promise<void>>> = {
  'deletes every database': ({ page: shown }) =>
    shown.evaluate(async () => {
      for (const { name = '' } of await indexedDB.databases())
        await new Promise((done) => {
          const request = indexedDB.deleteDatabase(name);
          request.onsuccess = request.onerror = request.onblocked = done;
        });
    }),
  'has its data cleared': async ({ page: shown, context }) => {
    const cdp = await context.newCDPSession(shown);
    const origin = new URL(shown.url()).origin;
    await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  },
};

for (const [name, lose] of Object.entries(losses)) {
  test(`a page that ${name}: what is said then is received, and all is there after a reload`, async () => {
    const person = await visit(page());
    const { visitor, context, page: shown } = person;
    await visitor.open();
    await visitor.say('Avant la perte');
    await visitor.received();
    await lose(person);
    await visitor.say('Après la perte');
    await visitor.sees('Après la perte');
    await visitor.received();
    await shown.reload();
    await visitor.open();
    await visitor.panel.getByRole('button', { name: 'Ma conversation' }).click();
    await visitor.sees('Après la perte');
    await context.close();
  });
}

test('storage that never answers: within 20 s the chat says so, with the page’s contact link', async () => {
  const holder = await visit('<!doctype html><title>Holder</title>', '/holder');
  await holder.page.evaluate(async (name) => {
    const request = indexedDB.open(name);
    await new Promise((done) => (request.onsuccess = done));
    Object.assign(window, { held: request.result }); // no versionchange handler: it lets nobody in
    indexedDB.deleteDatabase(name);
  }, `comptoir-${brand.community}`);
  brand.pages['/'] = page('', '', CONTACT_LINK);
  const shown = await holder.context.newPage();
  await shown.goto(brand.url);
  const visitor = new Visitor(shown);
  await visitor.widget.locator('.launcher').click();
  await shown.getByText('ne garde rien ici').waitFor({ timeout: 20_000 });
  await shown.getByText('Contact').waitFor();
  await holder.context.close();
});

test('a page opened before a release opens the chat of the release', async () => {
  const { visitor, page: shown, context, errors } = await visit(page());
  await visitor.widget.locator('.launcher').waitFor();
  // The release before had other names: what this page's script knows is gone.
  await shown.route(/\/assets\/comptoir-chat-/, (route) => route.fulfill({ status: 404 }), {
    times: 1,
  });
  await visitor.widget.locator('.launcher').click();
  await visitor.composer.waitFor();
  await visitor.say('Après la mise à jour');
  await visitor.received();
  assert.deepEqual(errors, []);
  await context.close();
});
