import { assert } from '@open-wc/testing';
import { assertAccessible } from '../desk/testing/accessible.ts';
import { departments, products } from './catalogue.ts';
import { addressOf, langOf, routeOf } from './route.ts';
import { startShop } from './shop.ts';
import pageText from '../../index.html?raw';

/** The page's own markup without its scripts: they need a relay, or start the shop by themselves. */
function page(): () => void {
  const html = new DOMParser().parseFromString(pageText, 'text/html');
  for (const node of html.querySelectorAll('script')) node.remove();
  const added = Array.from(html.body.children, (child) => document.importNode(child, true));
  document.body.append(...added);
  return () => {
    for (const node of added) node.remove();
  };
}

const searchOf = (address: string): string => new URL(address, location.href).search;
const click = (selector: string): void => document.querySelector<HTMLElement>(selector)?.click();
const h1 = (): string => document.querySelector('main h1')?.textContent ?? '';

describe('the demo shop', () => {
  let undo: (() => void)[] = [];
  const address = location.href;

  beforeEach(() => {
    history.replaceState(null, '', '?');
    undo = [page()];
    undo.unshift(startShop(document));
  });
  afterEach(() => {
    for (const step of undo) step();
    history.replaceState(null, '', address);
  });

  it('names every page by its address, and back', () => {
    for (const { id } of departments) {
      assert.equal(routeOf(searchOf(addressOf('fr', id))).type, 'department');
    }
    for (const { id, department } of products) {
      const found = routeOf(searchOf(addressOf('en', department, id)));
      assert.equal(found.type === 'product' && found.product.id, id);
    }
    assert.equal(langOf(searchOf(addressOf('en', 'murs'))), 'en');
    assert.equal(routeOf('?r=nowhere').type, 'missing');
    assert.equal(routeOf('?r=murs&p=robinet').type, 'missing');
  });

  it('has a drawing for every product', () => {
    for (const { id } of products) assert.exists(document.querySelector(`symbol#draw-${id}`), id);
  });

  it('changes the page in place and comes back', async () => {
    assert.equal(h1(), 'Murs et cloisons');
    click('.grid a');
    assert.equal(h1(), products[0]?.name.fr);
    assert.include(location.search, 'p=perceuse');
    const back = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
    history.back();
    await back;
    assert.equal(h1(), 'Murs et cloisons');
  });

  it('switches to English and keeps it from page to page', () => {
    click('.languages [data-lang="en"]');
    assert.equal(document.documentElement.lang, 'en');
    assert.equal(h1(), 'Walls');
    click('.departments a:nth-child(2)');
    assert.equal(h1(), 'Paint');
    assert.include(location.search, 'lang=en');
  });

  it('opens the chat from a product', () => {
    click('.grid a');
    click('.question');
    assert.isTrue(document.querySelector('comptoir-chat')?.hasAttribute('open'));
  });

  it('is accessible, list and product', async () => {
    const main = document.querySelector('main');
    if (!main) throw new Error('no main');
    await assertAccessible(main);
    click('.grid a');
    await assertAccessible(main);
  });
});
