import { assert, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { DeskIntentEvent } from '../desk-intent.ts';
import { assertAccessible } from '../testing/accessible.ts';
import {
  AT,
  busyState,
  deskState,
  managerState,
  offlineState,
  thread,
  unsent,
} from '../testing/desk-fixtures.ts';
import './context.ts';
import './unsent.ts';
import type { ComptoirDeskContext } from './context.ts';
import type { ComptoirDeskUnsent } from './unsent.ts';

const show = (state: DeskState): Promise<ComptoirDeskContext> =>
  fixture(html`<comptoir-desk-context .state=${state}></comptoir-desk-context>`);
const showUnsent = (state: DeskState): Promise<ComptoirDeskUnsent> =>
  fixture(html`<comptoir-desk-unsent .state=${state}></comptoir-desk-unsent>`);
const words = (element: Element): string =>
  element.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '';
async function clicked(element: Element, selector: string): Promise<unknown> {
  setTimeout(() => element.shadowRoot?.querySelector<HTMLElement>(selector)?.click());
  return ((await oneEvent(element, 'comptoir-desk-intent')) as DeskIntentEvent).intent;
}

const failures = busyState({
  unsent: [
    unsent('a', { state: { type: 'later', retryAt: AT + 5000 } }),
    unsent('b', { state: { type: 'held' } }),
    unsent('c', { state: { type: 'refused', code: 'full' } }),
    unsent('d', { what: 'claim', text: '', state: { type: 'refused', code: 'full' } }),
  ],
});

describe('<comptoir-desk-context>', () => {
  it('links the page asked from, and only if it may be followed', async () => {
    const context = await show(busyState());
    const link = context.shadowRoot?.querySelector<HTMLAnchorElement>('a.from');
    assert.equal(link?.getAttribute('href'), 'https://boutique.example/murs/plaque');
    assert.include(link?.rel, 'noopener');
    const bad = { url: 'javascript:alert(1)', title: 'Placo' };
    const plain = await show(busyState({ thread: thread({ page: bad }) }));
    assert.isNull(plain.shadowRoot?.querySelector('a'));
    assert.include(words(plain), 'Placo');
  });

  it('opens what the person asked before, and inserts ready replies', async () => {
    const context = await show(busyState());
    assert.deepEqual(await clicked(context, 'button.fact:has(time)'), {
      do: 'select',
      id: 'primer',
    });
    assert.deepEqual(await clicked(context, 'button.fact:has(kbd)'), {
      do: 'insert',
      text: 'Bonjour et bienvenue au comptoir.',
    });
    assert.include(words(await show(busyState({ earlier: [] }))), 'première question');
  });

  it('shows managers the ids that commands need, and copies them', async () => {
    const context = await show(managerState());
    const ids = context.shadowRoot?.querySelector('comptoir-desk-ids');
    await ids?.updateComplete;
    const root = ids?.shadowRoot;
    const [details] = root?.querySelectorAll('details') ?? [];
    if (details) details.open = true;
    const told = Array.from(root?.querySelectorAll('code') ?? [], ({ textContent }) => textContent);
    assert.deepEqual(told, ['M'.repeat(22), 'D'.repeat(43), 'shelf', 'demo']);
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (text: string) => void copied.push(text) },
      configurable: true,
    });
    root?.querySelectorAll('button')[1]?.click();
    await waitUntil(() => root?.querySelector('[role=status]')?.textContent === 'Copié');
    assert.deepEqual(copied, ['D'.repeat(43)]);
    await assertAccessible(context);
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: () => Promise.reject(new Error('not allowed')) },
      configurable: true,
    });
    root?.querySelectorAll('button')[0]?.click();
    await waitUntil(() => getSelection()?.type === 'Range', 'it is marked, to be copied by hand');
    Reflect.deleteProperty(navigator, 'clipboard');
    getSelection()?.removeAllRanges();
  });

  it('lets managers of all spaces block whoever asked, but not themselves', async () => {
    const state = managerState();
    assert.deepEqual(await clicked(await show(state), '.block'), {
      do: 'ask-block',
      person: 'M'.repeat(22),
    });
    const own = state.ids && { ...state.ids, member: state.me?.member ?? null };
    for (const other of [busyState(), { ...state, blocking: null }, { ...state, ids: own }]) {
      const context = await show(other);
      assert.isNull(context.shadowRoot?.querySelector('.block'));
      const ids = context.shadowRoot?.querySelector('comptoir-desk-ids');
      assert.equal(ids !== null, other.ids !== null);
    }
  });

  it('shows what the site tells of who asks, as text, if it tells anything', async () => {
    const attributes = { segment: 'fidèle', note: '<b>x</b>' };
    const context = await show(busyState({ attributes }));
    const list = context.shadowRoot?.querySelector('dl');
    assert.equal(
      list?.closest('section')?.querySelector('h3')?.textContent,
      'Ce que le site indique',
    );
    const texts = (tag: string): unknown =>
      Array.from(list?.querySelectorAll(tag) ?? [], ({ textContent }) => textContent);
    assert.deepEqual(
      [texts('dt'), texts('dd')],
      [Object.keys(attributes), Object.values(attributes)],
    );
    await assertAccessible(context);
    for (const state of [busyState(), deskState({ attributes })])
      assert.notInclude(words(await show(state)), 'Ce que le site indique');
  });

  it('is taken over by what waits to leave when the network goes', async () => {
    const context = await show(offlineState());
    assert.equal(context.shadowRoot?.querySelector('h2')?.textContent, 'À envoyer');
    assert.equal(context.shadowRoot?.querySelector('.bigline b')?.textContent, '3');
    assert.deepEqual(await clicked(context, '.section > .button'), { do: 'retry' });
  });

  for (const [name, state] of [
    ['busy', busyState()],
    ['nothing open', deskState()],
    ['offline', offlineState()],
    ['offline and empty', deskState({ network: offlineState().network })],
    ['not taken by the relay', failures],
  ] as const) {
    it(`is accessible: ${name}`, async () => assertAccessible(await show(state)));
  }
});

describe('<comptoir-desk-unsent>', () => {
  it('says of each why it has not left, and the ways out', async () => {
    const list = await showUnsent(failures);
    assert.include(words(list), 'en attente de validation');
    assert.include(words(list), 'Non publié');
    assert.deepEqual(await clicked(list, '.ways button'), {
      do: 'edit',
      message: 'c',
      id: 'shelf',
    });
    assert.lengthOf(list.shadowRoot?.querySelectorAll('.ways') ?? [], 2);
  });

  it('counts only what will leave by itself', async () => {
    const list = await showUnsent(failures);
    assert.equal(list.shadowRoot?.querySelector('.bigline b')?.textContent, '1');
    assert.include(words(await showUnsent(deskState())), 'Tout est parti');
  });

  it('is accessible', async () => {
    await assertAccessible(await showUnsent(failures));
    await assertAccessible(await showUnsent(deskState()));
  });
});
