import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { ChatPool } from './chat-pool.ts';
import { eventOf } from '../testing/event-of.ts';
import { FixtureStore, conversationId, maud, memberId } from '../testing/fixtures.ts';
import type { ChatModule } from './chat-module.ts';
import { ComptoirChat } from './comptoir-chat.ts';
import { attachChat } from './attach-chat.ts';
import { told } from './failure-words.ts';
import type { ComptoirPanel } from './panel/comptoir-panel.ts';

const KEY = 'comptoir-opened';
const until = (holds: () => boolean): Promise<void> =>
  waitUntil(holds, undefined, { interval: 5, timeout: 5_000 });
const community = memberId('c');
const conversation = {
  id: conversationId('c'),
  title: 'Étagère',
  last: 'Bonjour',
  lastMine: false,
  lastAt: Date.now(),
  unread: 1,
  answerers: [maud],
  closed: false,
  waiting: false,
  kept: 0,
};

let store: FixtureStore;
let opened: number;
let loaded: number;
/** Why the rest cannot be imported. */
let failure: Error | undefined;
let pool: ChatPool;
let answer: () => Promise<Response>;
let asked: string[];
let spaces = 0;
const realFetch = window.fetch;
const warnings: string[] = [];
const realWarn = console.warn;
const realError = console.error;

const face = {
  name: {},
  here: 2,
  faces: [{ member: maud.member, name: 'Maud', here: true }],
  promise: { fr: 'avant 9 h' },
};

beforeEach(() => {
  localStorage.removeItem(KEY);
  sessionStorage.clear();
  store = new FixtureStore();
  opened = 0;
  loaded = 0;
  failure = undefined;
  asked = [];
  spaces++;
  answer = async () => new Response(JSON.stringify(face));
  window.fetch = async (url) => {
    asked.push(url as string);
    return answer();
  };
  pool = new ChatPool({
    graceMs: 20,
    open: async () => {
      opened++;
      return store;
    },
  });
  const chat: ChatModule = {
    attach: async (options) =>
      attachChat(await pool.lease(options), options, () => pool.lease(options)),
  };
  ComptoirChat.define(async () => {
    loaded++;
    if (failure) throw told(failure, 'fr');
    return chat;
  });
  console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
  console.error = console.warn;
});

afterEach(() => {
  window.fetch = realFetch;
  console.warn = realWarn;
  console.error = realError;
});

const make = (more: Record<string, string> = {}): ComptoirChat => {
  const chat = document.createElement('comptoir-chat');
  const attributes = { community, space: `s${spaces}`, lang: 'fr', ...more };
  for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
  return chat;
};
async function show(
  more: Record<string, string> = {},
): Promise<{ chat: ComptoirChat; root: ShadowRoot }> {
  const box = await fixture(html`<div></div>`);
  const chat = make(more);
  box.append(chat);
  return { chat, root: chat.shadowRoot as ShadowRoot };
}
const launcher = (root: ShadowRoot): HTMLButtonElement =>
  root.querySelector('.launcher') as HTMLButtonElement;
const panelOf = (root: ShadowRoot): ComptoirPanel | null => root.querySelector('comptoir-panel');

describe('<comptoir-chat> before the first open', () => {
  it('makes one request, stores nothing, imports nothing, and says who is here', async () => {
    const { chat, root } = await show();
    await until(() => launcher(root).innerText.includes('2 personnes ici'));
    expect(asked).to.deep.equal([`${location.origin}/api/spaces/s${spaces}/face`]);
    expect(localStorage.getItem(KEY)).to.equal(null);
    expect(loaded).to.equal(0);
    await expect(chat).to.be.accessible();
  });

  it('asks the same relay once for a page that swaps its body', async () => {
    const { chat, root } = await show();
    await until(() => launcher(root).innerText.includes('2 personnes ici'));
    chat.remove();
    const again = await show();
    await until(() => launcher(again.root).innerText.includes('2 personnes ici'));
    expect(asked.length).to.equal(1);
  });

  for (const [name, reply] of Object.entries({
    'no relay': async () => Promise.reject(new TypeError('no network')),
    'an error': async () => new Response('{}', { status: 500 }),
    garbage: async () => new Response('<html>'),
    'other JSON': async () => new Response('{"here":"many"}'),
  })) {
    it(`says that presence is unknown: ${name}`, async () => {
      answer = reply;
      const { chat, root } = await show();
      await until(() => launcher(root).innerText.includes('présence inconnue'));
      await expect(chat).to.be.accessible();
    });
  }

  it('shows no promise that nobody measured when nobody is here', async () => {
    answer = async () => new Response(JSON.stringify({ ...face, here: 0 }));
    const { root } = await show();
    await until(() => launcher(root).innerText.includes('on vous répond ici'));
    expect(launcher(root).innerText).to.not.include('avant 9 h');
  });

  it('knows of nobody while the browser has no network, and asks again after', async () => {
    const { root } = await show();
    await until(() => launcher(root).innerText.includes('personnes ici'));
    dispatchEvent(new Event('offline'));
    await until(() => launcher(root).innerText.includes('présence inconnue'));
    dispatchEvent(new Event('online'));
    await until(() => launcher(root).innerText.includes('personnes ici'));
  });

  it('says what the opened chat knows, though the space summary said more', async () => {
    const { chat, root } = await show();
    await until(() => launcher(root).innerText.includes('personnes ici'));
    await chat.open();
    chat.close();
    store.set({ here: null, network: { type: 'offline', since: 0, browser: false, waiting: 0 } });
    await until(() => launcher(root).innerText.includes('présence inconnue'));
  });

  it('moves nothing when the answer comes', async () => {
    let reply: (response: Response) => void = () => {};
    answer = () => new Promise((done) => (reply = done));
    const { root } = await show();
    await until(() => asked.length === 1);
    const before = launcher(root).getBoundingClientRect();
    const title = root.querySelector('b')?.getBoundingClientRect();
    reply(new Response(JSON.stringify({ ...face, here: 12 })));
    await until(() => launcher(root).innerText.includes('12 personnes'));
    expect(launcher(root).getBoundingClientRect()).to.deep.equal(before);
    expect(root.querySelector('b')?.getBoundingClientRect()).to.deep.equal(title);
  });

  it('connects by itself only after an opening and a conversation of this week', async () => {
    const old = Date.now() - 8 * 86_400_000;
    localStorage.setItem(KEY, JSON.stringify({ [`${community}/s${spaces}`]: old }));
    const first = await show();
    await until(() => launcher(first.root).innerText.includes('2 personnes ici'));
    expect(loaded).to.equal(0);
    first.chat.remove();
    localStorage.setItem(KEY, JSON.stringify({ [`${community}/s${spaces}`]: Date.now() }));
    store.set({ unread: 1, conversations: [conversation] });
    const { root } = await show();
    await until(() => root.querySelector('.count')?.textContent === '1');
    expect(root.querySelector('.count')?.ariaLabel).to.equal('1\u00a0message non lu');
    expect(panelOf(root)).to.equal(null);
  });

  it('fits what is unread, cuts no word of it, and stays in the window', async () => {
    localStorage.setItem(KEY, JSON.stringify({ [`${community}/s${spaces}`]: Date.now() }));
    const long = { ...conversation, title: 'Une étagère de vingt kilos sur une cloison de plâtre' };
    const news = { conversation: conversation.id, id: 'm', from: maud, text: 'Voilà', time: 1 };
    store.set({ unread: 12, conversations: [long], latestUnread: news });
    const { chat, root } = await show();
    const line = root.querySelector('.line') as HTMLElement;
    await until(() => line.textContent === 'Maud vous a répondu');
    expect(line.scrollWidth).to.be.at.most(line.clientWidth);
    expect(root.querySelector('b')?.textContent).to.equal(long.title);
    expect(launcher(root).getBoundingClientRect().left).to.be.at.least(0);
    const count = root.querySelector('.count')?.getBoundingClientRect();
    expect(count?.left).to.be.at.least(line.getBoundingClientRect().right);
    await expect(chat).to.be.accessible();
    store.set({ latestUnread: { ...news, from: { ...maud, name: 'Maud'.repeat(40) } } });
    expect(launcher(root).getBoundingClientRect().left).to.be.at.least(0);
  });

  it('tells of the conversation that goes on, and not of one that is over', async () => {
    localStorage.setItem(KEY, JSON.stringify({ [`${community}/s${spaces}`]: Date.now() }));
    const read = { ...conversation, unread: 0 };
    store.set({ conversations: [read] });
    const { root } = await show();
    const says = (title: string, line: string): boolean =>
      root.querySelector('b')?.textContent === title &&
      root.querySelector('.line')?.textContent === line;
    await until(() => says('Étagère', 'avec Maud'));
    store.set({ conversations: [{ ...read, answerers: [], waiting: true }] });
    await until(() => says('Étagère', 'pas encore de réponse'));
    store.set({ conversations: [{ ...read, kept: 1 }] });
    await until(() => says('Étagère', 'gardée sur cet appareil'));
    store.set({ conversations: [{ ...read, closed: true }] });
    await until(() => root.querySelector('b')?.textContent === 'Une question\u202f?');
    store.set({ conversations: [{ ...read, lastAt: Date.now() - 8 * 86_400_000 }] });
    await until(() => root.querySelector('b')?.textContent === 'Une question\u202f?');
  });

  it('says a bad attribute once and falls back', async () => {
    warnings.length = 0;
    await show({ side: 'left' });
    await show({ side: 'left', space: 'No Such' });
    expect(warnings.filter((one) => one.includes('side="left"')).length).to.equal(1);
    expect(warnings.filter((one) => one.includes('space="No Such"')).length).to.equal(1);
    const { chat } = await show({ side: 'left' });
    expect(chat.side).to.equal('end');
  });

  it('follows the page’s language as it changes', async () => {
    const box = await fixture(html`<div lang="en"></div>`);
    const chat = make();
    chat.removeAttribute('lang');
    box.append(chat);
    const root = chat.shadowRoot as ShadowRoot;
    expect(launcher(root).innerText).to.contain('A question?');
    box.setAttribute('lang', 'fr');
    await until(() => launcher(root).innerText.includes('Une question'));
  });
});

describe('<comptoir-chat> open', () => {
  it('opens into the composer and closes back to the launcher', async () => {
    const { chat, root } = await show();
    const events: string[] = [];
    for (const name of ['comptoir-open', 'comptoir-close'] as const)
      document.addEventListener(name, () => events.push(name), { once: true });
    launcher(root).click();
    await until(() => panelOf(root)?.matches(':popover-open') ?? false);
    await until(() => panelOf(root)?.shadowRoot?.activeElement?.localName === 'comptoir-composer');
    expect(chat.hasAttribute('open')).to.equal(true);
    expect(localStorage.getItem(KEY)).to.equal(JSON.stringify({ [`${community}/s${spaces}`]: 0 }));
    expect(launcher(root).ariaExpanded).to.equal('true');
    expect(launcher(root).ariaLabel).to.equal('Fermer');
    await expect(chat).to.be.accessible();
    panelOf(root)?.shadowRoot?.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 'Escape',
        bubbles: true,
        composed: true,
        cancelable: true,
      }),
    );
    expect(panelOf(root)?.hidden).to.equal(true);
    expect(root.activeElement).to.equal(launcher(root));
    expect(events).to.deep.equal(['comptoir-open', 'comptoir-close']);
    expect(store.calls).to.include('setVisible true').and.include('setVisible false');
  });

  it('opens and closes by its attribute', async () => {
    const { chat, root } = await show({ open: '' });
    await until(() => panelOf(root)?.matches(':popover-open') ?? false);
    chat.removeAttribute('open');
    expect(panelOf(root)?.hidden).to.equal(true);
  });

  it('takes no focus from the page when its attribute opens it', async () => {
    const box = await fixture(html`<div></div>`);
    const field = await fixture<HTMLInputElement>(html`<input aria-label="autre" />`);
    field.focus();
    // As a page's own HTML: the element is in the document before it is one of ours.
    box.innerHTML = make({ open: '' }).outerHTML;
    const chat = box.firstElementChild as ComptoirChat;
    await eventOf(chat, 'comptoir-open');
    await panelOf(chat.shadowRoot as ShadowRoot)?.updateComplete;
    expect(document.activeElement === field).to.equal(true);
    chat.close();
  });

  it('is a region in the flow in inline mode', async () => {
    const { chat, root } = await show({ mode: 'inline' });
    const { height } = chat.getBoundingClientRect();
    expect(height).to.equal(600);
    await chat.open();
    await until(
      () => panelOf(root)?.shadowRoot?.querySelector('[role=region]') instanceof HTMLElement,
    );
    expect(chat.getBoundingClientRect().height).to.equal(height);
    await expect(chat).to.be.accessible();
    chat.close();
    expect(panelOf(root)?.hidden).to.equal(true);
  });

  it('asks: puts a text into a new question', async () => {
    const { chat } = await show();
    await chat.ask('Bonjour');
    expect(store.calls.slice(-2)).to.deep.equal(['show {"type":"welcome"}', 'suggest "Bonjour"']);
  });

  it('identifies now, or as soon as it is opened', async () => {
    const { chat } = await show();
    await chat.identify('token');
    expect(loaded).to.equal(0);
    await chat.open();
    expect(store.calls).to.include('identify "token"');
  });

  it('previews a new answer while closed, tells of it once, and hides it', async () => {
    const { chat, root } = await show();
    await chat.open();
    store.set({ conversations: [conversation] });
    chat.close();
    const asked = eventOf(chat, 'comptoir-message');
    const counted = eventOf(chat, 'comptoir-unread');
    const latestUnread = {
      conversation: conversation.id,
      id: 'm',
      from: maud,
      text: 'Voilà',
      time: 1,
    };
    store.set({ unread: 1, latestUnread, news: latestUnread });
    expect((await asked).from).to.equal('Maud');
    expect((await counted).count).to.equal(1);
    await until(() => root.querySelector('comptoir-peek') !== null); // its code is fetched on need
    const status = root.querySelector('comptoir-peek')?.parentElement;
    expect(status?.getAttribute('role')).to.equal('status');
    const card = root.querySelector('comptoir-peek');
    store.set({ draft: 'x' });
    expect(root.querySelector('comptoir-peek')).to.equal(card);
    await expect(chat).to.be.accessible();
    card?.shadowRoot?.querySelector<HTMLButtonElement>('.icon-button')?.click();
    expect(root.querySelector('comptoir-peek')).to.equal(null);
    store.set({ latestUnread: { ...latestUnread, id: 'n' } });
    root
      .querySelector('comptoir-peek')
      ?.shadowRoot?.querySelector<HTMLButtonElement>('.body')
      ?.click();
    expect(store.calls).to.include(`show {"type":"thread","id":"${conversation.id}"}`);
    await until(() => panelOf(root)?.hidden === false);
  });

  it('goes on as a new visitor’s where it is, when this device forgot what it held', async () => {
    const { chat, root } = await show();
    await chat.identify('token');
    await chat.open();
    const before = store;
    store = new FixtureStore();
    before.set({ network: { type: 'ended', why: 'removed' }, conversations: [conversation] });
    const panel = root.querySelector('comptoir-panel');
    await until(() => panel?.shadowRoot?.textContent?.includes('n’est plus relié') ?? false);
    expect(panel?.matches(':popover-open')).to.equal(true);
    expect(panel?.store).to.equal(store);
    expect(opened).to.equal(2);
    expect(before.watchers).to.equal(0);
    expect(store.calls).to.include.members(['setVisible true', 'identify "token"']);
    const rising = panel?.shadowRoot?.querySelector('.panel')?.getAnimations() ?? [];
    await Promise.all(rising.map(({ finished }) => finished)); // half transparent, its colours are others
    await expect(chat).to.be.accessible();
    panel?.shadowRoot?.querySelector<HTMLElement>('.netline button')?.click();
    await panel?.updateComplete;
    expect(panel?.shadowRoot?.querySelector('.netline')).to.equal(null);
  });

  it('does not start anew for ever', async () => {
    const { chat, root } = await show();
    await chat.open();
    const before = store;
    store = new FixtureStore();
    before.set({ network: { type: 'ended', why: 'other-member' } });
    await until(() => root.querySelector('comptoir-panel')?.store === store);
    store.set({ network: { type: 'ended', why: 'other-member' } });
    await until(() => panelOf(root) === null);
    expect(opened).to.equal(2);
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('goes back to a first visit when everything was erased', async () => {
    const { chat, root } = await show();
    await chat.open();
    panelOf(root)?.dispatchEvent(Object.assign(new Event('comptoir-leave'), { erased: true }));
    expect(localStorage.getItem(KEY)).to.equal(null);
    expect(panelOf(root)).to.equal(null);
    await chat.open();
    expect(opened).to.equal(2);
  });
});

describe('<comptoir-chat> in a browser without popover', () => {
  const names = ['popover', 'showPopover', 'hidePopover', 'togglePopover'] as const;
  const native = Object.getOwnPropertyDescriptors(HTMLElement.prototype);
  beforeEach(() => {
    for (const name of names) Reflect.deleteProperty(HTMLElement.prototype, name);
  });
  afterEach(() => {
    for (const name of names) Object.defineProperty(HTMLElement.prototype, name, native[name]);
  });
  /** Whether it is what one would click there. */
  const isOnTop = (root: ShadowRoot, what: Element | null | undefined): boolean => {
    const { left, top, width, height } = what!.getBoundingClientRect();
    const found = root.elementFromPoint(left + width / 2, top + height / 2);
    return found !== null && (what!.contains(found) || found.getRootNode() === what!.shadowRoot);
  };

  it('shows launcher and panel above the page, in their places, and gives way to its dialogs', async () => {
    const over = await fixture(
      html`<div style="position: fixed; inset: 0; z-index: 9999; background: grey"></div>`,
    );
    const { chat, root } = await show();
    expect(isOnTop(root, launcher(root))).to.equal(true);
    const place = launcher(root).getBoundingClientRect();
    expect([innerWidth - place.right, innerHeight - place.bottom]).to.deep.equal([20, 20]);
    await chat.open();
    await panelOf(root)?.updateComplete;
    expect(isOnTop(root, panelOf(root))).to.equal(true);
    expect(innerHeight - panelOf(root)!.getBoundingClientRect().bottom).to.equal(88);
    chat.close();
    expect(panelOf(root)?.getBoundingClientRect().height).to.equal(0);
    const dialog = await fixture<HTMLDialogElement>(html`<dialog><button>x</button></dialog>`);
    dialog.showModal();
    await until(() => launcher(root).getBoundingClientRect().height === 0);
    dialog.close();
    await until(() => launcher(root).getBoundingClientRect().height > 0);
    over.remove();
  });
});

describe('<comptoir-chat> while it is on its way', () => {
  let come: (chat: ChatModule) => void;
  beforeEach(() => {
    ComptoirChat.define(() => new Promise((done) => (come = done)));
  });
  const here: ChatModule = {
    attach: async (options) =>
      attachChat(await pool.lease(options), options, () => pool.lease(options)),
  };
  const outline = (root: ShadowRoot): Element | null => root.querySelector('.frame');

  it('shows the panel’s outline at once, and the panel in its place', async () => {
    const { chat, root } = await show();
    launcher(root).click();
    expect(outline(root)?.textContent).to.contain('ouverture');
    const before = outline(root)?.getBoundingClientRect();
    await expect(chat).to.be.accessible();
    come(here);
    await until(() => panelOf(root)?.matches(':popover-open') ?? false);
    expect(outline(root)).to.equal(null);
    const { left, top, width, height } = before as DOMRect;
    const after = panelOf(root)?.getBoundingClientRect() as DOMRect;
    expect([after.left, after.top, after.width, after.height]).to.deep.equal([
      left,
      top,
      width,
      height,
    ]);
    expect(panelOf(root)?.getAnimations()).to.deep.equal([]);
    chat.close();
  });

  it('can be closed before it is there, and then stays closed', async () => {
    const { chat, root } = await show();
    const opening = chat.open();
    root.querySelector<HTMLButtonElement>('.frame .x')?.click();
    expect(outline(root)).to.equal(null);
    come(here);
    await opening;
    expect(panelOf(root)).to.equal(null);
    expect(chat.hasAttribute('open')).to.equal(false);
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('is open on the next page of the tab if it was on this one, and closed if it was closed', async () => {
    const first = await show();
    void first.chat.open();
    come(here);
    await until(() => panelOf(first.root)?.hidden === false);
    first.chat.remove();
    expect(sessionStorage.getItem(`comptoir-open ${community}/s${spaces}`)).to.equal('1');
    const next = await show();
    expect(outline(next.root), 'from the first moment').to.not.equal(null);
    come(here);
    await until(() => panelOf(next.root)?.hidden === false);
    next.chat.close();
    next.chat.remove();
    const last = await show();
    expect(outline(last.root)).to.equal(null);
  });
});

describe('<comptoir-chat> when it cannot open', () => {
  for (const [name, words] of [
    ['Error', 'ne s’ouvre pas'],
    ['UnsupportedError', 'Ce navigateur'],
    ['StorageError', 'ne garde rien'],
  ] as const) {
    it(`leaves a calm line and the brand’s link: ${name}`, async () => {
      const { chat, root } = await show();
      failure = Object.assign(new Error('no'), { name });
      await chat.open();
      expect(root.querySelector('.failure')?.textContent).to.contain(words);
      expect(root.querySelector('slot[name=fallback]')).to.not.equal(null);
      expect(localStorage.getItem(KEY)).to.equal(null);
      await expect(chat).to.be.accessible();
      failure = undefined;
      if (name === 'UnsupportedError') return;
      root.querySelector<HTMLButtonElement>('.again')?.click();
      await until(() => panelOf(root)?.hidden === false);
      expect(root.querySelector('.failure')).to.equal(null);
    });
  }
});

describe('<comptoir-chat> on a page that swaps its body', () => {
  it('keeps one store over 100 swaps, stays open, and lets go when it is really gone', async () => {
    let { chat, root } = await show();
    await chat.open();
    store.set({ draft: 'mon brouillon' });
    for (let swap = 0; swap < 100; swap++) {
      const box = chat.parentElement as HTMLElement;
      if (swap % 2 === 0) box.replaceChildren(chat);
      else box.replaceChildren((chat = make()));
      root = chat.shadowRoot as ShadowRoot;
      await until(() => panelOf(root)?.matches(':popover-open') ?? false);
    }
    expect(opened).to.equal(1);
    expect(store.disposed).to.equal(0);
    expect(pool.size).to.equal(1);
    expect(root.querySelectorAll('comptoir-panel').length).to.equal(1);
    expect(store.watchers).to.be.at.most(2);
    chat.close();
    chat.remove();
    await until(() => store.disposed === 1);
    expect(pool.size).to.equal(0);
    expect(store.watchers).to.equal(0);
  });

  it('does not move focus when it opens again by itself', async () => {
    const { chat } = await show();
    await chat.open();
    const field = await fixture<HTMLInputElement>(html`<input aria-label="autre" />`);
    field.focus();
    const next = make();
    chat.replaceWith(next);
    await until(() => panelOf(next.shadowRoot as ShadowRoot)?.hidden === false);
    expect(document.activeElement).to.equal(field);
    next.close();
  });
});
