import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing';
import type { ChatState } from '../../store/chat/chat-state.ts';
import type { DeviceEnd } from '../../store/sync-port.ts';
import { eventOf } from '../../testing/event-of.ts';
import {
  FixtureStore,
  chatState,
  conversationId,
  gaspard,
  maud,
  memberId,
  said,
  solene,
  space,
  threadOf,
  twoDevices,
  visitor,
} from '../../testing/fixtures.ts';
import { QuoteEvent } from '../../ui/events/quote-event.ts';
import './comptoir-panel.ts';
import type { ComptoirPanel } from './comptoir-panel.ts';

async function show(
  state: Partial<ChatState> = {},
): Promise<{ panel: ComptoirPanel; store: FixtureStore; root: ShadowRoot }> {
  const store = new FixtureStore(chatState(state));
  const panel = await fixture<ComptoirPanel>(
    html`<comptoir-panel .store=${store}></comptoir-panel>`,
  );
  return { panel, store, root: panel.shadowRoot as ShadowRoot };
}

const named = (root: ShadowRoot, name: string): HTMLButtonElement =>
  Array.from(root.querySelectorAll('button')).find(
    (one) => one.ariaLabel === name || one.innerText.trim() === name,
  ) as HTMLButtonElement;
const text = (root: ShadowRoot): string =>
  root.querySelector<HTMLElement>('.panel')?.innerText ?? '';

const id = conversationId('c');
const view = { type: 'thread', id } as const;
const question = said(visitor, 'Quelle cheville ?', 1);
const away = { ...maud, presence: { type: 'seen', at: Date.now() - 3_600_000 } } as const;
const offline = { type: 'offline', since: 0, browser: true, waiting: 0 } as const;
const conversation = {
  id,
  title: 'Étagère',
  last: 'Bonjour',
  lastMine: false,
  lastAt: Date.now(),
  unread: 2,
  answerers: [maud],
  closed: false,
  waiting: false,
  kept: 0,
};

const asked = (letter: string, answerers = 0) => ({
  id: conversationId(letter),
  text: 'Peut-on percer du grès cérame sans percussion\u202f?',
  askedAt: Date.now() - 300_000,
  answerers,
});
const inSpace = { space: { ...space, open: true } };
const open = (questions = [asked('g'), asked('h'), asked('i', 1), asked('j', 3)]) => ({
  ...inSpace,
  open: { questions, invitation: null },
});
const asker = { ...visitor, member: memberId('z') };
const visitorAttributes = { segment: 'fidèle', panier: '3 articles' };
const guest = { public: true, guest: true, asker, title: 'Percer du grès cérame' };
const others = [said(asker, 'Peut-on percer du grès cérame\u202f?', 5)].map((item) => ({
  ...item,
  mine: false,
}));
const invitation = asked('k');

const states: Record<string, Partial<ChatState>> = {
  welcome: {},
  'welcome with conversations': { conversations: [conversation], unread: 2 },
  'welcome, nobody here': { here: 0, people: [away] },
  'welcome, never reached': { here: null, people: [], network: offline },
  loading: { status: 'loading', people: [], here: null },
  conversations: {
    view: { type: 'conversations' },
    conversations: [
      conversation,
      { ...conversation, id: conversationId('d'), unread: 0, kept: 1 },
      { ...conversation, id: conversationId('e'), unread: 0, answerers: [], waiting: true },
      { ...conversation, id: conversationId('f'), closed: true },
    ],
  },
  'no conversation': { view: { type: 'conversations' } },
  'a thread loading': { view },
  'a thread': {
    view,
    thread: threadOf([question, said(maud, 'Bonjour', 0)], {
      answerers: [maud, solene],
      typing: [maud],
    }),
  },
  'a thread waiting': { view, thread: threadOf([question]) },
  'a thread taken': {
    view,
    thread: threadOf([question], {
      claim: { by: maud, mine: false, numbered: true, time: 0 },
      answerers: [maud],
    }),
  },
  'a thread, nobody here': { view, here: 0, people: [away], thread: threadOf([question]) },
  'a thread kept here': {
    view,
    network: offline,
    thread: threadOf([said(visitor, 'a', 0, { delivery: { type: 'kept' } })], { kept: 1 }),
  },
  'a thread, closed': {
    view,
    thread: threadOf([question, said(gaspard, 'Voilà', 0)], { answerers: [gaspard], closed: true }),
  },
  'a thread, full': {
    view,
    thread: threadOf([question, said(maud, 'Voilà', 0)], { answerers: [maud], full: true }),
  },
  'a thread refused': { view, thread: threadOf([], { status: 'refused' }) },
  'an open space, not loaded': inSpace,
  'an open space': open(),
  'an open space, nothing asked': open([]),
  'an open space, offline': { ...open(), network: offline },
  'an open space that invites': {
    ...inSpace,
    open: { questions: [invitation, asked('g')], invitation },
  },
  'a question of somebody else': { view, ...open(), thread: threadOf(others, guest) },
  'a question of somebody else, shut': {
    view,
    draft: 'Oui, avec',
    thread: threadOf(others, { ...guest, public: false }),
  },
  'a question of somebody else, not here': {
    view,
    ...open(),
    network: offline,
    thread: threadOf([], { asker: null }),
  },
  'a public conversation': {
    view,
    ...inSpace,
    thread: threadOf([question, said(asker, 'Avec une mèche carbure', 0)], {
      public: true,
      answerers: [asker],
    }),
  },
  'device full': { storage: 'full', draft: 'texte' },
  'storage failed': { storage: 'failed' },
  'relay away': { network: { ...offline, browser: false, waiting: 2 } },
  'too old': { network: { type: 'reload' } },
  'relay refuses': { network: { type: 'refused' } },
  blocked: { network: { type: 'blocked', until: Date.now() + 86_400_000 }, draft: 'Un texte' },
  'blocked for good': { network: { type: 'blocked', until: null }, draft: 'Un texte' },
  'the page tells': { attributes: visitorAttributes },
};

describe('<comptoir-panel>', () => {
  for (const [name, state] of Object.entries(states)) {
    it(`is accessible: ${name}`, async () => {
      const { panel, store } = await show(state);
      await expect(panel).to.be.accessible();
      panel.locale = 'en';
      store.set({});
      await panel.updateComplete;
      await expect(panel).to.be.accessible();
    });
  }

  it('is accessible: settings, and erasing, which asks first', async () => {
    const { panel, store, root } = await show(states['a thread']);
    named(root, 'Réglages').click();
    await panel.updateComplete;
    await expect(panel).to.be.accessible();
    named(root, 'Effacer ce qui est gardé ici').focus();
    named(root, 'Effacer ce qui est gardé ici').click();
    await panel.updateComplete;
    expect(store.calls).to.deep.equal([]);
    await expect(panel).to.be.accessible();
    const here = (): string | undefined => root.activeElement?.textContent.trim();
    expect(here(), 'not on what erases, nor fallen to the page').to.equal('Garder');
    named(root, 'Garder').click();
    await panel.updateComplete;
    expect(here()).to.equal('Effacer ce qui est gardé ici');
    named(root, 'Effacer ce qui est gardé ici').click();
    await panel.updateComplete;
    const left = eventOf(panel, 'comptoir-leave');
    named(root, 'Tout effacer').click();
    expect((await left).erased).to.equal(true);
    expect(store.calls).to.deep.equal(['erase']);
  });

  it('says who is here, who was, and who is unknown', async () => {
    const people = [maud, gaspard, { ...solene, presence: { type: 'unknown' } } as const];
    const { root } = await show({ people });
    expect(text(root))
      .to.contain('salle de bain')
      .and.contain('là il y a 5')
      .and.contain('inconnu');
  });

  it('counts time by the relay’s clock, whatever this device’s says', async () => {
    const { root } = await show({ ahead: 3_600_000 });
    expect(text(root)).to.contain('là il y a 1').and.not.contain('là il y a 5');
  });

  it('says that nobody is here, before and after asking, and promises no time', async () => {
    const { root } = await show(states['welcome, nobody here']);
    expect(text(root)).to.contain('votre question non').and.contain('on vous répond ici.');
    const after = await show(states['a thread, nobody here']);
    expect(after.root.querySelector('.wait')?.textContent).to.contain('on vous répond ici.');
  });

  it('says whom it calls, who took it, and that a question is kept', async () => {
    const wait = async (name: string): Promise<string> =>
      (await show(states[name])).root.querySelector('.wait')?.textContent ?? '';
    expect(await wait('a thread waiting')).to.contain('On prévient Maud, Idris et Solène');
    expect(await wait('a thread taken')).to.contain('Maud prépare');
    expect(await wait('a thread kept here')).to.contain('Vous pouvez quitter cette page');
  });

  it('tells of the last conversation, what is unread, and leads to it and to the others', async () => {
    const { panel, root, store } = await show(states['welcome with conversations']);
    const [only] = root.querySelectorAll<HTMLButtonElement>('.rows .row');
    expect(only?.innerText)
      .to.contain(conversation.title)
      .and.contain(conversation.last)
      .and.contain('2');
    expect(only?.textContent).to.contain('Ma conversation');
    only?.click();
    expect(store.calls[0]).to.equal(`show {"type":"thread","id":"${id}"}`);
    const welcome = { view: { type: 'welcome' } } as const;
    const two = [conversation, { ...conversation, id: conversationId('d') }];
    store.set({ ...welcome, conversations: two });
    await panel.updateComplete;
    expect(text(root)).to.contain('Mes 2\u00a0conversations');
    root.querySelectorAll<HTMLButtonElement>('.rows .row')[1]?.click();
    expect(store.calls[1]).to.equal('show {"type":"conversations"}');
    // Another device asked, and nothing of it is here yet.
    store.set({ ...welcome, conversations: [{ ...conversation, title: '', last: '' }] });
    await panel.updateComplete;
    expect(root.querySelector('.rows .row b')).to.equal(null);
    expect(root.querySelector<HTMLElement>('.rows .row')?.innerText).to.contain('Ma conversation');
  });

  it('says that everyone here will read a question, in an open space only', async () => {
    expect(text((await show()).root)).to.not.contain('visible de tous');
    expect(text((await show(states['an open space, not loaded'])).root)).to.contain(
      'Votre question sera visible de tous ici',
    );
  });

  it('lists questions of others, three at first, and opens them', async () => {
    const { root, store } = await show(states['an open space']);
    const rows = Array.from(root.querySelectorAll<HTMLElement>('.section .row')).slice(0, 4);
    expect(rows[0]?.innerText).to.contain('sans réponse');
    expect(rows.map((row) => row.closest('details') !== null)).to.deep.equal([
      false,
      false,
      false,
      true,
    ]);
    rows[0]?.click();
    expect(store.calls[0]).to.equal(`show {"type":"thread","id":"${conversationId('g')}"}`);
  });

  it('invites in a live region that stood before, and lets it be put away', async () => {
    const { panel, root, store } = await show(states['an open space']);
    const region = root.querySelector('.pad [role=status]');
    store.set({ open: { questions: [invitation], invitation } });
    await panel.updateComplete;
    expect(region?.textContent).to.contain('Pouvez-vous aider');
    named(root, 'Masquer cette invitation').click();
    expect(store.calls).to.deep.equal(['dismissInvitation']);
  });

  it('says that a conversation is public, and who will read an answer', async () => {
    const { root } = await show(states['a question of somebody else']);
    expect(text(root)).to.contain('Visible de tous ici').and.contain('Tout le monde ici lira');
    expect(root.querySelector('h2')?.textContent).to.contain('Percer du grès');
    expect(named(root, 'Réglages')).to.not.equal(undefined);
  });

  for (const name of ['a question of somebody else, shut', 'a question of somebody else, not here'])
    it(`sends nothing, and keeps the draft: ${name}`, async () => {
      const { root, store } = await show({ ...states[name], draft: 'Oui, avec' });
      const composer = root.querySelector('comptoir-composer');
      await composer?.updateComplete;
      composer?.shadowRoot?.querySelector<HTMLButtonElement>('.send')?.click();
      expect(store.calls).to.deep.equal([]);
      expect(composer?.value).to.equal('Oui, avec');
      expect(text(root)).to.contain('Votre texte reste').and.not.contain('quitter cette page');
    });

  it('says that a suggestion comes into the field, in both languages', async () => {
    const { panel, root } = await show();
    expect(text(root)).to.contain('elle s’écrit en bas');
    panel.locale = 'en';
    await panel.updateComplete;
    expect(text(root)).to.contain('it goes into the box');
  });

  it('says once that a question is kept: the card what follows, the network’s line why', async () => {
    const { root } = await show(states['a thread kept here']);
    expect(text(root).match(/gardée?/g) ?? []).to.have.length(1);
    expect(root.querySelector('.bar .presence')).to.equal(null);
  });

  it('stands above a keyboard that covers the page, whatever the window’s size', async () => {
    const viewport = Object.assign(new EventTarget(), { height: 0, offsetTop: 0, scale: 1 });
    const real = Object.getOwnPropertyDescriptor(window, 'visualViewport')!;
    Object.defineProperty(window, 'visualViewport', { value: viewport, configurable: true });
    try {
      const { panel, root } = await show();
      panel.toggleAttribute('floating', true);
      const bottom = async (height: number, offsetTop = 0): Promise<number> => {
        Object.assign(viewport, { height, offsetTop });
        viewport.dispatchEvent(new Event('resize'));
        await panel.updateComplete;
        return root.querySelector('.foot')!.getBoundingClientRect().bottom;
      };
      expect(await bottom(innerHeight)).to.be.at.most(innerHeight);
      expect(await bottom(innerHeight - 260)).to.be.at.most(innerHeight - 260);
      // iOS moves the page under the keyboard.
      expect(await bottom(innerHeight - 260, 120)).to.be.at.most(innerHeight - 140);
      expect(root.querySelector('.panel')!.getBoundingClientRect().top).to.be.at.least(0);
    } finally {
      Object.defineProperty(window, 'visualViewport', real);
    }
  });

  it('puts a suggestion into the composer and leaves sending to the visitor', async () => {
    const { root, store } = await show();
    const suggestion = root.querySelector<HTMLButtonElement>('.section .row');
    suggestion?.click();
    expect(store.calls).to.deep.equal([
      `suggest ${JSON.stringify(store.state.get().space.suggestions[0])}`,
    ]);
  });

  it('sends once while the first send is being kept, and tells of a question', async () => {
    const { panel, root, store } = await show({ draft: 'Bonjour' });
    const asked: Event[] = [];
    panel.addEventListener('comptoir-ask', (event) => asked.push(event));
    let keep = (): void => {};
    store.sending = new Promise((done) => (keep = done));
    const composer = root.querySelector('comptoir-composer');
    const button = composer?.shadowRoot?.querySelector<HTMLButtonElement>('.send');
    button?.click();
    await panel.updateComplete;
    await composer?.updateComplete;
    button?.click();
    expect(store.calls.filter((one) => one.startsWith('send'))).to.deep.equal(['send "Bonjour"']);
    const event = eventOf(panel, 'comptoir-ask');
    keep();
    await event;
    expect(asked.length).to.equal(1);
  });

  it('tells of no question that the device could not keep', async () => {
    const { panel, root, store } = await show({ draft: 'Bonjour', storage: 'full' });
    const asked: Event[] = [];
    panel.addEventListener('comptoir-ask', (event) => asked.push(event));
    const composer = root.querySelector('comptoir-composer');
    composer?.shadowRoot?.querySelector<HTMLButtonElement>('.send')?.click();
    expect(store.calls).to.include('send "Bonjour"');
    await new Promise((done) => setTimeout(done)); // whatever follows in this turn
    expect(asked).to.deep.equal([]);
  });

  it('refuses a dropped file in words, and does not let the browser open it', async () => {
    const { root, panel } = await show();
    const drop = (name: string, made: DataTransfer): DragEvent => {
      const event = new DragEvent(name, {
        dataTransfer: made,
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      root.querySelector('.panel')?.dispatchEvent(event);
      return event;
    };
    const file = new DataTransfer();
    file.items.add(new File(['x'], 'photo.png', { type: 'image/png' }));
    expect(drop('dragover', file).defaultPrevented).to.equal(true);
    expect(drop('drop', file).defaultPrevented).to.equal(true);
    const composer = root.querySelector('comptoir-composer');
    await composer?.updateComplete;
    expect(composer?.shadowRoot?.textContent).to.contain('Les fichiers ne passent pas');
    const words = new DataTransfer();
    words.setData('text/plain', 'un mot');
    expect(drop('drop', words).defaultPrevented).to.equal(false);
    await expect(panel).to.be.accessible();
  });

  it('invites nobody to ask who may not', async () => {
    expect(text((await show()).root)).to.contain('On demande souvent');
    expect(text((await show(states['blocked'])).root)).to.not.contain('On demande souvent');
    expect(text((await show(states['relay refuses'])).root)).to.not.contain('On demande souvent');
  });

  it('says in the list who said the last word', async () => {
    const list = async (more: Partial<typeof conversation & { lastBy: string }>) =>
      text(
        (
          await show({
            view: { type: 'conversations' },
            conversations: [{ ...conversation, ...more }],
          })
        ).root,
      );
    expect(await list({ lastBy: 'Maud' })).to.contain('Maud\u00a0: Bonjour');
    expect(await list({ lastMine: true, lastBy: '' })).to.contain('Vous\u00a0: Bonjour');
    expect(await list({}))
      .to.contain('Bonjour')
      .and.not.contain(': Bonjour');
  });

  it('keeps the same live regions on every screen', async () => {
    const { panel, root, store } = await show();
    const region = root.querySelector('[role=status]');
    store.set({ view: { type: 'conversations' }, network: offline });
    await panel.updateComplete;
    expect(root.querySelector('[role=status]')).to.equal(region);
    expect(region?.textContent).to.contain('Pas de réseau');
  });

  it('answers one message until it is sent, or Escape or the cross drops it, and stays open', async () => {
    const { panel, store, root } = await show({ view, thread: threadOf([question], { id }) });
    await panel.updateComplete;
    const left: Event[] = [];
    panel.addEventListener('comptoir-leave', (event) => left.push(event));
    const thread = root.querySelector(
      'comptoir-thread',
    ) as HTMLElementTagNameMap['comptoir-thread'];
    expect(thread.quotable).to.equal(true);
    const composer = root.querySelector('comptoir-composer') as HTMLElement;
    const choose = async (): Promise<void> => {
      thread.dispatchEvent(new QuoteEvent(question.id));
      await panel.updateComplete;
    };
    const bar = (): HTMLElement | null => root.querySelector('.quoting');
    await choose();
    expect(bar()?.innerText).to.contain('Vous').and.contain('Quelle cheville');
    expect(root.activeElement).to.equal(composer);
    await expect(panel).shadowDom.to.be.accessible();
    const escape = (): void => {
      const init = { key: 'Escape', bubbles: true, composed: true, cancelable: true };
      composer.dispatchEvent(new KeyboardEvent('keydown', init));
    };
    escape();
    await panel.updateComplete;
    expect([bar(), left.length, root.activeElement]).to.deep.equal([null, 0, composer]);
    await choose();
    bar()?.querySelector('button')?.click();
    await panel.updateComplete;
    expect([bar(), root.activeElement]).to.deep.equal([null, composer]);
    expect(store.calls.filter((call) => call.startsWith('setDraft'))).to.deep.equal([
      `setDraft "" "${question.id}"`,
      'setDraft "" ""',
      `setDraft "" "${question.id}"`,
      'setDraft "" ""',
    ]);
    escape();
    expect(left.length, 'the next one closes').to.equal(1);
    store.set({ thread: threadOf([question], { id, full: true }) });
    await panel.updateComplete;
    expect(thread.quotable, 'what is said next asks anew').to.equal(false);
    store.set({ thread: threadOf(others, { id, ...guest, public: false }) });
    await panel.updateComplete;
    expect(thread.quotable).to.equal(false);
  });

  it('leaves settings, then itself, on Escape', async () => {
    const { panel, root } = await show();
    named(root, 'Réglages').click();
    await panel.updateComplete;
    const escape = (): boolean =>
      root.querySelector('.panel')?.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: 'Escape',
          bubbles: true,
          composed: true,
          cancelable: true,
        }),
      ) ?? true;
    let left = 0;
    panel.addEventListener('comptoir-leave', () => left++);
    escape();
    await panel.updateComplete;
    expect(left).to.equal(0);
    expect(root.querySelector('comptoir-composer')).to.not.equal(null);
    escape();
    expect(left).to.equal(1);
  });

  it('keeps focus inside when the screen under it goes away', async () => {
    const { panel, root } = await show({
      view: { type: 'conversations' },
      conversations: [conversation],
    });
    const row = root.querySelector<HTMLButtonElement>('.conversation');
    row?.focus();
    row?.click();
    await panel.updateComplete;
    await panel.updateComplete;
    expect(panel.matches(':focus-within')).to.equal(true);
    expect(root.activeElement?.localName).to.equal('comptoir-composer');
  });

  it('moves the focus to the new screen, also from what stays on it', async () => {
    const { panel, root, store } = await show({ network: { ...offline, browser: false } });
    named(root, 'Réessayer').focus();
    store.set({ view, thread: threadOf([question], { id }) });
    await panel.updateComplete;
    await panel.updateComplete;
    expect(named(root, 'Réessayer').isConnected).to.equal(true);
    expect(root.activeElement?.localName).to.equal('comptoir-composer');
  });

  it('keeps focus inside when what was clicked goes away', async () => {
    const { panel, root, store } = await show(states['an open space that invites']);
    const gone = async (name: string, more: Partial<ChatState>): Promise<void> => {
      named(root, name).focus();
      named(root, name).click();
      store.set(more);
      await panel.updateComplete;
      await panel.updateComplete;
      expect(root.activeElement?.localName, name).to.equal('comptoir-composer');
    };
    await gone('Masquer cette invitation', open([asked('g')]));
    store.set({ network: { ...offline, browser: false } });
    await panel.updateComplete;
    await gone('Réessayer', { network: { type: 'connecting' } });
  });

  it('follows the language that the visitor chose, else the page’s', async () => {
    const { panel, root, store } = await show();
    expect(text(root)).to.contain('On demande souvent');
    panel.locale = 'en-GB';
    await panel.updateComplete;
    expect(text(root)).to.contain('Often asked');
    await store.setLang('fr');
    await panel.updateComplete;
    expect(text(root)).to.contain('On demande souvent');
  });

  it('keeps the draft of somebody blocked, and says until when', async () => {
    const { panel, root, store } = await show({
      network: { type: 'blocked', until: new Date(2026, 9, 3, 14, 2).getTime() },
      draft: 'Un texte',
    });
    expect(text(root)).to.contain('jusqu’au 3 oct. 14:02');
    const composer = root.querySelector('comptoir-composer');
    expect(composer?.value).to.equal('Un texte');
    composer?.shadowRoot?.querySelector<HTMLElement>('.send')?.click();
    expect(store.calls.filter((one) => one.startsWith('send'))).to.deep.equal([]);
    store.set({ network: { type: 'blocked', until: null } });
    await panel.updateComplete;
    expect(text(root)).to.contain('ne pouvez plus écrire ici.');
  });

  it('names what the page tells helpers, where one writes', async () => {
    const { panel, root, store } = await show({ attributes: visitorAttributes });
    expect(text(root)).to.contain('Le site indique aussi au comptoir\u00a0: segment et panier.');
    store.set({ view, thread: threadOf(others, guest), ...open() });
    await panel.updateComplete;
    expect(text(root), 'on a stranger’s question').not.to.contain('Le site indique');
    store.set({ thread: null });
    await panel.updateComplete;
    expect(text(root), 'on one that is on its way').not.to.contain('Le site indique');
    store.set({ thread: threadOf([], { asker: null }) });
    await panel.updateComplete;
    expect(text(root), 'on one that is not here').not.to.contain('Le site indique');
    store.set({ conversations: [conversation], thread: null });
    await panel.updateComplete;
    expect(text(root), 'on one’s own, on its way').to.contain('Le site indique');
    store.set({ view: { type: 'welcome' }, attributes: {} });
    await panel.updateComplete;
    expect(text(root), 'when it tells nothing').not.to.contain('Le site indique');
  });

  it('shows in the menu all that the page tells, as text', async () => {
    const { panel, root } = await show({ attributes: { ...visitorAttributes, note: '<b>x</b>' } });
    named(root, 'Réglages').click();
    await panel.updateComplete;
    const card = root.querySelector('.attributes')?.closest('details') as HTMLDetailsElement;
    card.open = true;
    expect(card.innerText.replaceAll(/\s+/g, ' ')).to.contain(
      'segment fidèle panier 3 articles note <b>x</b>',
    );
    await expect(panel).to.be.accessible();
  });

  it('asks whether to use the code of the page’s address, which keeps none', async () => {
    history.replaceState(null, '', '#comptoir-link=ABCD234567');
    const { panel, root, store } = await show();
    await panel.updateComplete;
    expect(location.hash).to.equal('');
    const devices = root.querySelector('comptoir-devices');
    await devices?.updateComplete;
    expect(devices?.closest('details')?.open).to.equal(true);
    expect(devices?.shadowRoot?.querySelector('input')?.value).to.equal('ABCD234567');
    expect(store.calls).to.deep.equal([]);
    await expect(panel).to.be.accessible();
    devices?.shadowRoot?.querySelector<HTMLElement>('.primary')?.click();
    expect(store.calls).to.deep.equal(['join "ABCD234567"']);
  });

  it('keeps one’s devices put away otherwise', async () => {
    const { panel, root } = await show({
      devices: { ...twoDevices, online: false },
    });
    named(root, 'Réglages').click();
    await panel.updateComplete;
    const details = root.querySelector('comptoir-devices')?.closest('details');
    expect(details?.open).to.equal(false);
    details?.querySelector('summary')?.click();
    expect(details?.innerText).to.contain('Mes appareils');
    await expect(panel).to.be.accessible();
  });

  for (const [why, words] of [
    ['removed', 'n’est plus relié'],
    ['other-member', 'Une autre personne'],
    ['signed-out', 'La session sur le site'],
  ] satisfies [DeviceEnd, string][]) {
    it(`says why what was here is gone, until it is read: ${why}`, async () => {
      const { panel, root } = await show();
      panel.ended = why;
      await panel.updateComplete;
      expect(root.querySelector('.netline')?.textContent)
        .to.contain(words)
        .and.contain('est effacé');
      await expect(panel).to.be.accessible();
      named(root, 'Compris').focus();
      named(root, 'Compris').click();
      await panel.updateComplete;
      await panel.updateComplete;
      expect(root.querySelectorAll('.netline').length).to.equal(0);
      expect(root.activeElement?.localName, 'not fallen to the page').to.equal('comptoir-composer');
    });
  }

  it('takes over from the page before what the device may not hold yet, once, and not for another device', async () => {
    const kept = 'comptoir-open shop';
    const next = async (own = chatState().devices.own): Promise<FixtureStore> => {
      const { devices } = chatState();
      const { panel, store } = await show({ view, thread: threadOf([question], { id }) });
      store.set({ devices: { ...devices, own } });
      panel.space = 'shop';
      await panel.updateComplete;
      await panel.updateComplete;
      return store;
    };
    const drafts = async (store: FixtureStore): Promise<string> => {
      const { composer } = store;
      await composer.drafts.load(composer.key);
      return composer.drafts.get(composer.key);
    };
    const go = (): void => void dispatchEvent(new PageTransitionEvent('pagehide'));
    const leave = async (): Promise<void> => {
      sessionStorage.setItem(kept, '1');
      const { composer } = await next();
      await composer.drafts.load(composer.key);
      composer.drafts.set(composer.key, 'un brouillon');
      go();
      fixtureCleanup();
    };
    try {
      await leave();
      expect(await drafts(await next())).to.equal('un brouillon');
      fixtureCleanup();
      expect(await drafts(await next()), 'once').to.equal('');
      fixtureCleanup();
      await leave();
      expect(await drafts(await next('B'.repeat(43) as never)), 'of another').to.equal('');
      fixtureCleanup();
      await leave();
      sessionStorage.setItem(kept, ''); // the chat was closed
      expect(await drafts(await next())).to.equal('');
      go();
      expect(sessionStorage.getItem(kept)).to.equal('');
    } finally {
      sessionStorage.removeItem(kept);
    }
  });

  it('watches its store only while it stands in a page', async () => {
    const { panel, store } = await show();
    panel.remove();
    store.set({ draft: 'a' });
    expect(panel.isUpdatePending).to.equal(false);
  });

  it('writes no style attribute anywhere', async () => {
    for (const state of Object.values(states)) {
      const { root } = await show(state);
      expect(root.querySelectorAll('[style]').length).to.equal(0);
    }
  });
});
