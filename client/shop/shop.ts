/** The demo shop: a page that knows of Comptoir only the element it embeds. */
import { departments, type Lang } from './catalogue.ts';
import { h } from './dom.ts';
import { pageOf } from './pages.ts';
import { addressOf, deliveryOf, langOf, routeOf } from './route.ts';
import { words } from './words.ts';

/** Fills the page for its address, now and whenever it changes. Returns its undo. */
export function startShop(page: Document): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const at = (selector: string): HTMLElement => {
    const found = page.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`the shop's page has no ${selector}`);
    return found;
  };

  const isDelivery = page.querySelector('main[data-page="delivery"]') !== null;
  const ask = (): void => page.querySelector('comptoir-chat')?.setAttribute('open', '');

  const show = (): void => {
    const lang = langOf(location.search);
    const route = isDelivery ? null : routeOf(location.search);
    page.documentElement.lang = lang;
    fillWords(page, lang);
    if (route) {
      const { title, nodes } = pageOf(route, lang, ask);
      page.title = `${title} · ${words.tab[lang]}`;
      at('main').replaceChildren(...nodes);
    } else page.title = `${words.delivery[lang]} · ${words.tab[lang]}`;
    at('.delivery').setAttribute('href', deliveryOf(lang));
    at('.name').setAttribute('href', addressOf(lang, 'murs'));
    const nav = at('.departments');
    nav.setAttribute('aria-label', words.departments[lang]);
    nav.replaceChildren(
      ...departments.map(({ id, name }) => {
        const here = route && route.type !== 'missing' && route.department.id === id;
        const current = here ? (route.type === 'product' ? 'true' : 'page') : false;
        return h('a', { href: addressOf(lang, id), 'aria-current': current }, name[lang]);
      }),
    );
    at('.languages').setAttribute('aria-label', words.language[lang]);
    for (const button of page.querySelectorAll<HTMLElement>('.languages [data-lang]')) {
      button.setAttribute('aria-pressed', String(button.dataset['lang'] === lang));
    }
  };

  const go = (address: string): void => {
    history.pushState(null, '', address);
    show();
    scrollTo({ top: 0, behavior: 'instant' });
    at('main').focus({ preventScroll: true });
  };

  // As many shops do: its own links change the page in place, others are the browser's.
  const clicked = (event: MouseEvent): void => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="/?"]');
    const elsewhere =
      isDelivery || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || elsewhere || event.defaultPrevented) return;
    event.preventDefault();
    go(link.getAttribute('href') ?? '');
  };
  const chosen = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLElement>('[data-lang]');
    if (!button) return;
    const address = new URL(location.href);
    if (button.dataset['lang'] === 'en') address.searchParams.set('lang', 'en');
    else address.searchParams.delete('lang');
    history.replaceState(null, '', address);
    show();
  };

  page.addEventListener('click', clicked, { signal });
  at('.languages').addEventListener('click', chosen, { signal });
  addEventListener('popstate', show, { signal });
  show();
  return () => ended.abort();
}

function fillWords(page: Document, lang: Lang): void {
  for (const place of page.querySelectorAll<HTMLElement>('[data-words]')) {
    const name = place.dataset['words'] ?? '';
    if (name in words) place.textContent = words[name as keyof typeof words][lang];
  }
}
