/** The demo shop: a page that knows of Comptoir only the element it embeds. */
import { departments, type Lang } from './catalogue.ts';
import { h } from './dom.ts';
import { pageOf } from './pages.ts';
import { addressOf, routeOf } from './route.ts';
import { words } from './words.ts';

/** The part of the embedded element's interface that this page uses. */
type Chat = HTMLElement & { open?: boolean; show?: () => void };

const languageOf = (search: string): Lang =>
  new URLSearchParams(search).get('lang') === 'en' ? 'en' : 'fr';

/** Fills the page for its address, now and whenever it changes. Returns its undo. */
export function startShop(page: Document): () => void {
  let lang = languageOf(location.search);

  const at = (selector: string): HTMLElement => {
    const found = page.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`the shop's page has no ${selector}`);
    return found;
  };

  const ask = (): void => {
    const chat = page.querySelector<Chat>('comptoir-chat');
    if (chat) chat.setAttribute('open', '');
  };

  const show = (moved: boolean): void => {
    const route = routeOf(location.hash);
    const { title, nodes } = pageOf(route, lang, ask);
    page.documentElement.lang = lang;
    page.title = `${title} · ${words.shop[lang]} (${lang === 'fr' ? 'démo' : 'demo'})`;
    for (const place of page.querySelectorAll<HTMLElement>('[data-words]')) {
      const name = place.dataset['words'];
      if (name && name in words) place.textContent = words[name as keyof typeof words][lang];
    }
    const nav = at('.departments');
    nav.setAttribute('aria-label', words.departments[lang]);
    nav.replaceChildren(
      ...departments.map(({ id, name }) => {
        const here = route.type !== 'missing' && route.department.id === id;
        const current = here && (route.type === 'product' ? 'true' : 'page');
        return h('a', { href: addressOf(id), 'aria-current': current }, name[lang]);
      }),
    );
    for (const link of page.querySelectorAll<HTMLElement>('.languages [data-lang]')) {
      link.setAttribute('aria-pressed', String(link.dataset['lang'] === lang));
    }
    at('.languages').setAttribute('aria-label', words.language[lang]);
    const main = at('main');
    main.replaceChildren(...nodes);
    if (moved) {
      scrollTo({ top: 0, behavior: 'instant' });
      main.focus({ preventScroll: true });
    }
  };

  const moved = (): void => show(true);
  const chosen = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLElement>('[data-lang]');
    if (!button) return;
    lang = button.dataset['lang'] === 'en' ? 'en' : 'fr';
    const address = new URL(location.href);
    if (lang === 'en') address.searchParams.set('lang', 'en');
    else address.searchParams.delete('lang');
    history.replaceState(history.state, '', address);
    show(false);
  };
  addEventListener('hashchange', moved);
  at('.languages').addEventListener('click', chosen);
  show(false);
  return () => {
    removeEventListener('hashchange', moved);
    at('.languages').removeEventListener('click', chosen);
  };
}
