/** A page may have replaced every builtin, before the widget comes or later: the chat works, and says so of nobody. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brandWith } from './harness/brand-site.ts';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { Visitor } from './harness/visitor.ts';

const { brand, browser } = await brandWith(launchBrowser);
brand.pages['/hostile'] = brand.embed({ hostile: true });

test('a page that replaced every builtin: a question is asked, answered, and there after a reload', async () => {
  const { context, page, errors } = await newPerson(browser);
  const visitor = new Visitor(page);
  const desk = await newPerson(browser);
  const helper = new Helper(desk.page);
  await helper.join(brand.relay.invitation, 'Maud');
  await page.goto(`${brand.url}/hostile`);
  await visitor.open();
  await visitor.say('Sur une page abîmée');
  await visitor.received();
  await helper.take('Sur une page abîmée');
  await helper.say('On vous répond');
  await visitor.sees('On vous répond');
  await page.reload();
  await visitor.open();
  await visitor.panel
    .getByText(/On vous répond|Ma conversation/)
    .first()
    .waitFor();
  assert.deepEqual(errors, []);
  await context.close();
  await desk.context.close();
});

const replacements: Readonly<Record<string, () => void>> = {
  'Array.from knows array-likes only': () => {
    Array.from = ((list: ArrayLike<unknown>) =>
      Array.prototype.slice.call(list ?? [])) as typeof Array.from;
  },
  'Array.from wraps what is no array': () => {
    Array.from = ((list: unknown) => (Array.isArray(list) ? list : [list])) as typeof Array.from;
  },
  'arrays turn into texts in JSON': () => {
    Object.assign(Array.prototype, { toJSON: () => '[]' });
  },
  'every array has one more name': () => {
    Object.assign(Array.prototype, { each: () => {} });
  },
  'every object has one more name': () => {
    Object.assign(Object.prototype, { x: true, get: true });
  },
  'Promise is an old library’s': () => {
    Object.assign(window, { Promise: () => undefined });
  },
  'fetch takes a callback': () => {
    Object.assign(window, { fetch: () => undefined });
  },
  'what a window measures and times is gone, and what lists and functions are made of': () => {
    const gone = ['matchMedia', 'requestAnimationFrame', 'requestIdleCallback', 'structuredClone'];
    for (const name of [...gone, 'Intl', 'TextEncoder', 'queueMicrotask', 'ResizeObserver'])
      Object.assign(window, { [name]: undefined });
    const fail = (): never => {
      throw new Error('the page replaced this');
    };
    Object.assign(Date, { now: fail });
    Object.assign(JSON, { parse: fail, stringify: fail });
    Object.assign(RegExp.prototype, { exec: fail });
    Object.assign(String.prototype, { replace: fail, split: fail, trim: fail });
    for (const name of ['then', 'catch']) Object.assign(Promise.prototype, { [name]: fail });
    Object.assign(history, { replaceState: fail, pushState: fail });
    Reflect.deleteProperty(Array.prototype, Symbol.iterator);
    Object.assign(Function.prototype, { call: fail, apply: fail, bind: fail });
  },
  'old libraries wrapped what the page’s elements and timers do': () => {
    const { addEventListener } = EventTarget.prototype;
    Object.assign(EventTarget.prototype, {
      addEventListener(this: EventTarget, name: string, listener: EventListener) {
        addEventListener.call(this, name, (event) => listener.call(this, event));
      },
    });
    const { createElement } = document;
    document.createElement = (name: string) => {
      const made = createElement.call(document, name);
      made.setAttribute('data-seen', '');
      return made;
    };
    const { setTimeout: later } = window;
    Object.assign(window, { setTimeout: (work: () => void) => ({ id: later(work) }) });
    Object.assign(Array.prototype, { each() {}, contains() {}, reduce: () => [] });
    Object.assign(Element.prototype, {
      show() {},
      set() {},
      append(this: Element, one: Node | string) {
        this.appendChild(typeof one === 'string' ? document.createTextNode(one) : one);
      },
    });
    customElements.define('comptoir-panel', class extends HTMLElement {});
    for (const { prototype } of [Map, Set, Promise]) Object.freeze(prototype);
  },
  'no text passes a test, and symbols are an old library’s': () => {
    Object.assign(RegExp.prototype, { test: () => false });
    const shim = (name: string): string => `@@${name}`;
    Object.assign(window, { Symbol: Object.assign(shim, { iterator: '@@iterator' }) });
  },
  'listening and putting in throw': () => {
    const fail = (): never => {
      throw new Error('the page replaced this');
    };
    Object.assign(EventTarget.prototype, { addEventListener: fail });
    for (const { prototype } of [Element, Document, DocumentFragment])
      Object.assign(prototype, { append: fail });
  },
  'every frame is thrown out at once, and elements have our names as ids': () => {
    const look = (changes: MutationRecord[]): void => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) if (node instanceof HTMLIFrameElement) node.remove();
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
    for (const id of ['comptoirReady', 'comptoirPage', 'trustedTypes']) {
      const made = document.createElement('div');
      made.id = id;
      document.documentElement.append(made);
    }
  },
};

for (const [name, replace] of Object.entries(replacements)) {
  test(`${name}: a question is received`, async () => {
    const { context, page, errors } = await newPerson(browser);
    // In the page alone, as its own scripts do: a frame has its own builtins.
    brand.pages['/replaced'] = brand
      .embed()
      .replace('<head>', `<head><script>(${String(replace)})()</script>`);
    const visitor = new Visitor(page);
    await page.goto(`${brand.url}/replaced`);
    await visitor.open();
    await visitor.say('Vis 4/40 ou 5/50 ?');
    await visitor.received();
    assert.deepEqual(errors, []);
    await context.close();
  });
}

test('a page that throws the chat’s frame out: the chat opens anew with its draft', async () => {
  const { context, page, errors } = await newPerson(browser);
  const visitor = new Visitor(page);
  await page.goto(brand.url);
  await visitor.open();
  await visitor.say('Avant le ménage');
  await visitor.received();
  await page.evaluate(() => {
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  });
  await visitor.sees('Avant le ménage');
  await visitor.say('Après le ménage');
  await visitor.sees('Après le ménage');
  await visitor.received();
  assert.deepEqual(errors, []);
  await context.close();
});
