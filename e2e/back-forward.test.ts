/** A page with the chat on it is kept for "back", whatever the chat does, and the chat goes on there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brandWith } from './harness/brand-site.ts';
import { PlainBrowser } from './harness/plain-browser.ts';

const { brand, browser } = await brandWith(() => PlainBrowser.launch());
// Beside the widget, what the test asks it.
brand.pages['/'] = brand.embed({
  body: `<script>
    const within = (root, names) => names.reduce((at, name) => at?.querySelector(name)?.shadowRoot, root);
    const launcher = () => within(document, ['comptoir-chat'])?.querySelector('.launcher');
    const field = () => within(document, ['comptoir-chat', 'comptoir-panel', 'comptoir-composer'])?.querySelector('textarea');
    const thread = () => within(document, ['comptoir-chat', 'comptoir-panel', 'comptoir-thread'])?.textContent ?? '';
    let kept = false;
    addEventListener('pageshow', ({ persisted }) => (kept = persisted));
  </script>`,
});
brand.pages['/other'] = '<!doctype html><title>Another page</title>';

/** What the script above gives. */
declare const launcher: () => HTMLElement | undefined;
declare const field: () => HTMLTextAreaElement | undefined;
declare const thread: () => string;
declare const kept: boolean;

/** To another page and back; the page is the same one as before. */
async function thereAndBack(): Promise<void> {
  await browser.goto(`${brand.url}/other`);
  await browser.until(() => document.title === 'Another page');
  await browser.run(() => history.back());
  await browser.until(() => document.title !== 'Another page' && !!launcher());
  assert.deepEqual(browser.notKept, []);
  assert.equal(await browser.run(() => kept), true);
}

async function say(text: string): Promise<void> {
  await browser.run(() => field()!.focus());
  await browser.type(text);
  await browser.enter();
}

test('back to a page whose chat was never opened, is open with a talk and a draft, or open from the page before', async () => {
  await browser.goto(brand.url);
  await browser.until(() => !!launcher());
  await thereAndBack();

  await browser.run(() => launcher()!.click());
  await browser.until(() => !!field());
  await say('Avant de partir');
  await browser.until(() => /Reçu/.test(thread()));
  await browser.type('un brouillon');
  await thereAndBack();
  await browser.until(() => field()?.value === 'un brouillon' && /Avant de partir/.test(thread()));
  await say(', fini au retour');
  await browser.until(() => /fini au retour[^]*Reçu/.test(thread()));

  // Loaded anew it is still open, and follows what it did before.
  await browser.goto(`${brand.url}/?again`);
  await browser.until(() => /fini au retour/.test(thread()));
  await thereAndBack();
  await browser.until(() => /fini au retour/.test(thread()));
});
