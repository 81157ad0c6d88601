/** What stands between the demo shop's header and its foot. */
import { type Lang, type Product, products } from './catalogue.ts';
import { drawing, h } from './dom.ts';
import { addressOf, type Route } from './route.ts';
import { words } from './words.ts';

export interface Page {
  readonly title: string;
  readonly nodes: readonly Node[];
}

export function pageOf(route: Route, lang: Lang, ask: () => void): Page {
  switch (route.type) {
    case 'department': {
      const { name, intro, id } = route.department;
      return {
        title: name[lang],
        nodes: [
          h('div', { class: 'intro' }, h('h1', {}, name[lang]), h('p', {}, intro[lang])),
          grid(
            products.filter(({ department }) => department === id),
            lang,
            'h2',
          ),
        ],
      };
    }
    case 'product':
      return {
        title: route.product.name[lang],
        nodes: productPage(route.product, route.department.name[lang], lang, ask),
      };
    case 'missing':
      return {
        title: words.missing[lang],
        nodes: [
          h(
            'div',
            { class: 'intro' },
            h('h1', {}, words.missing[lang]),
            h('p', {}, h('a', { href: addressOf(lang, 'murs') }, words.missingHint[lang])),
          ),
        ],
      };
  }
}

function productPage(product: Product, department: string, lang: Lang, ask: () => void): Node[] {
  const button = h('button', { type: 'button', class: 'question' }, words.ask[lang]);
  button.addEventListener('click', ask);
  const others = products.filter(
    (item) => item.department === product.department && item.id !== product.id,
  );
  return [
    h(
      'p',
      { class: 'crumb' },
      h('a', { href: addressOf(lang, product.department) }, `← ${department}`),
    ),
    h(
      'article',
      { class: 'product' },
      h('div', { class: 'picture' }, drawing(`draw-${product.id}`)),
      h(
        'div',
        { class: 'words' },
        h('h1', {}, product.name[lang]),
        h(
          'p',
          { class: 'price' },
          price(product.price, lang),
          ' ',
          h('small', {}, product.detail[lang]),
        ),
        h('p', {}, product.about[lang]),
        h('h2', { class: 'sr' }, words.facts[lang]),
        h(
          'dl',
          {},
          ...product.facts.map(([name, value]) =>
            h('div', {}, h('dt', {}, name[lang]), h('dd', {}, value[lang])),
          ),
        ),
        h('p', { class: 'asking' }, button, h('small', {}, words.askHint[lang])),
      ),
    ),
    ...(others.length > 0
      ? [h('h2', { class: 'also' }, words.same[lang]), grid(others, lang, 'h3')]
      : []),
  ];
}

function grid(items: readonly Product[], lang: Lang, heading: 'h2' | 'h3'): HTMLElement {
  return h(
    'ul',
    { class: 'grid' },
    ...items.map((item) =>
      h(
        'li',
        {},
        h(
          'a',
          { href: addressOf(lang, item.department, item.id) },
          h('div', { class: 'picture' }, drawing(`draw-${item.id}`)),
          h(
            'div',
            { class: 'label' },
            h(heading, {}, item.name[lang]),
            h('span', {}, price(item.price, lang)),
            h('small', {}, item.detail[lang]),
          ),
        ),
      ),
    ),
  );
}

const price = (cents: number, lang: Lang): string =>
  new Intl.NumberFormat(lang === 'fr' ? 'fr-FR' : 'en-IE', {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: cents % 100 === 0 ? 0 : 2,
  }).format(cents / 100);
