import { assert, fixture, html, waitUntil } from '@open-wc/testing';
import { createWritable } from '../../signals/readable.ts';
import type { DeskState, LostClaim } from '../../store/desk/desk-state.ts';
import { DeskIntentEvent } from '../desk-intent.ts';
import { assertAccessible } from '../testing/accessible.ts';
import {
  type FixtureStore,
  ask,
  busyState,
  conversation,
  deskState,
  fixtureStore,
  managerState,
  maud,
  offlineState,
  thread,
  unsent,
} from '../testing/desk-fixtures.ts';
import { waitingForMe } from '../alerts/desk-alerts.ts';
import './desk.ts';
import type { ComptoirDesk } from './desk.ts';

interface Shown {
  readonly desk: ComptoirDesk;
  readonly store: FixtureStore;
}

async function show(state: DeskState, width = 1280): Promise<Shown> {
  const store = fixtureStore(state);
  const keys = createWritable(true);
  const preferences = { singleKeys: keys, setSingleKeys: (on: boolean) => keys.set(on) };
  const holder = document.createElement('div');
  holder.style.inlineSize = `${width}px`;
  const desk = await fixture<ComptoirDesk>(
    html`<comptoir-desk .store=${store} .preferences=${preferences}></comptoir-desk>`,
    { parentNode: holder },
  );
  await rendered(desk);
  return { desk, store };
}

async function rendered(desk: ComptoirDesk): Promise<void> {
  await desk.updateComplete;
  for (const part of desk.shadowRoot?.querySelectorAll('*') ?? []) {
    if ('updateComplete' in part) await part.updateComplete;
  }
  await desk.updateComplete;
}

/** Text of all elements that match, in whatever shadow root. */
function deepTexts(root: ParentNode, selector: string): string[] {
  const own = Array.from(root.querySelectorAll(selector), ({ textContent }) => textContent.trim());
  const inner = Array.from(root.querySelectorAll('*'), ({ shadowRoot }) =>
    shadowRoot ? deepTexts(shadowRoot, selector) : [],
  );
  return [...own, ...inner.flat()];
}

/** How many rows each list of what did not leave has. */
const deepRows = (root: ParentNode): number[] =>
  Array.from(root.querySelectorAll('*')).flatMap(({ shadowRoot }) =>
    shadowRoot
      ? [
          ...Array.from(shadowRoot.querySelectorAll('.outbox'), ({ children }) => children.length),
          ...deepRows(shadowRoot),
        ]
      : [],
  );

async function press(
  desk: ComptoirDesk,
  key: string,
  from: EventTarget = document.body,
): Promise<void> {
  from.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
  );
  await rendered(desk);
}

/** The innermost focused element. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
const names = (store: FixtureStore): unknown[] =>
  store.calls.filter(([name]) => name !== 'setVisible').map(([name]) => name);
const pane = (desk: ComptoirDesk): string | null | undefined =>
  desk.shadowRoot?.querySelector('.desk')?.getAttribute('data-pane');
const toast = (desk: ComptoirDesk): string =>
  desk.shadowRoot?.querySelector('.toast')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

describe('<comptoir-desk>', () => {
  it('says one number of what waits to leave: on the rail, in the line, over the list, in the list', async () => {
    const refused = unsent('r', { state: { type: 'refused', code: 'full' } });
    const offline = offlineState();
    const { desk } = await show({ ...offline, unsent: [...offline.unsent, refused] });
    const root = desk.shadowRoot!;
    assert.include(deepTexts(root, '.rail .count').join(' '), '3!');
    assert.match(deepTexts(root, '.netline').join(' '), /3.envois partiront/);
    assert.deepEqual(deepTexts(root, '.bigline b'), ['3']);
    assert.deepEqual(deepRows(root), [3, 1]);
  });

  it('counts on the rail whoever the tab’s title counts', async () => {
    const busy = busyState();
    const [first, ...others] = busy.mine;
    const mine = first ? [{ ...first, unread: true }, ...others] : [];
    const { desk } = await show({ ...busy, mine });
    const count = busy.waiting.length + mine.filter(({ unread }) => unread).length;
    assert.include(deepTexts(desk.shadowRoot!, '.rail .count'), `${count}`);
    assert.equal(waitingForMe({ ...busy, mine }), count);
  });

  it('does everything by single keys', async () => {
    const { desk, store } = await show(busyState());
    for (const key of ['2', '3', '1', 'r', 'c']) await press(desk, key);
    assert.deepEqual(names(store), ['setTab', 'setTab', 'setTab', 'release', 'setClosed']);
    await press(desk, 'n');
    assert.deepEqual(store.calls.filter(([name]) => name === 'select').at(-1), [
      'select',
      'radiator',
    ]);
  });

  it('takes the line that has the focus, and opens it', async () => {
    const { desk, store } = await show(busyState({ selected: null, thread: null }));
    await press(desk, 'j');
    await press(desk, 'j');
    await press(desk, 't');
    assert.deepEqual(
      store.calls.filter(([name]) => name === 'claim'),
      [['claim', 'wallpaper']],
    );
    assert.equal(pane(desk), 'conversation');
  });

  it('tells the limit in words instead of taking a fourth', async () => {
    const { desk, store } = await show(
      busyState({ canClaim: false, selected: null, thread: null }),
    );
    await press(desk, 'j');
    await press(desk, 't');
    assert.include(toast(desk), 'déjà 3 conversations');
    assert.isNull(store.state.get().selected);
  });

  it('says that an answer at the limit takes no conversation', async () => {
    const state = busyState({ canClaim: false, draft: 'Oui.', thread: thread({ claim: null }) });
    const { desk, store } = await show(state);
    const composer = desk.shadowRoot
      ?.querySelector('comptoir-desk-conversation')
      ?.shadowRoot?.querySelector('comptoir-composer');
    await press(desk, 'Enter', composer?.shadowRoot?.querySelector('textarea') ?? undefined);
    assert.include(toast(desk), 'sans prendre la conversation');
    assert.equal(store.state.get().draft, '');
  });

  it('tells a lost claim once, until it is sent away', async () => {
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
    const lost = { id: 'e1', conversation: 'joint', title: 'Un joint', by: maud } as LostClaim;
    const { desk, store } = await show(busyState({ lost }));
    await rendered(desk);
    assert.include(toast(desk), 'Maud avait pris « Un joint » avant vous.');
    assert.deepEqual(
      store.calls.filter(([name]) => name === 'told'),
      [['told', 'e1']],
    );
    desk.shadowRoot?.querySelector<HTMLElement>('.dismiss')?.click();
    await rendered(desk);
    assert.equal(toast(desk), '');
    store.state.set({ ...store.state.get(), lost });
    await rendered(desk);
    assert.equal(toast(desk), '', 'the same one again is no news');
    Reflect.deleteProperty(document, 'visibilityState');
  });

  it('shows the inbox on a phone as soon as nothing is open', async () => {
    const { desk, store } = await show(busyState(), 360);
    desk.open(conversation('shelf'));
    await rendered(desk);
    assert.equal(pane(desk), 'conversation');
    store.state.set(deskState({ access: { status: 'outside' } }));
    await rendered(desk);
    store.state.set(deskState());
    await rendered(desk);
    assert.equal(pane(desk), 'inbox');
  });

  it('covers nothing by what it tells, and says every act of the header in words', async () => {
    for (const width of [360, 768, 1024, 1280]) {
      const { desk } = await show(busyState(), width);
      desk.open(conversation('shelf'));
      await press(desk, 'r');
      await waitUntil(() => toast(desk) !== '');
      const box = (element: Element | null | undefined): DOMRect => {
        if (!element) throw new Error('not there');
        return element.getBoundingClientRect();
      };
      const { top } = box(desk.shadowRoot?.querySelector('.toast > p'));
      const talk = desk.shadowRoot?.querySelector('comptoir-desk-conversation');
      assert.isAtMost(box(talk).bottom, top, `at ${width}`);
      for (const button of talk?.shadowRoot?.querySelectorAll('.actions .button') ?? []) {
        if (!button.checkVisibility()) continue;
        const word = button.querySelector('.word');
        assert.isAbove(box(word).width, 20, `${width}: ${word?.textContent}`);
        assert.isAtMost(box(word).right, box(talk).right, `${width}: ${word?.textContent}`);
      }
      desk.remove(); // or it would take the next one's keys
    }
  });

  it('shows all its tabs and badges whole, with three digits too', async () => {
    for (const width of [360, 768, 1024]) {
      const many = Array.from({ length: 128 }, (_, at) => ask(`q${at}`));
      const { desk } = await show(busyState({ waiting: many, closed: many }), width);
      const inbox = desk.shadowRoot?.querySelector('comptoir-desk-inbox');
      const edge = inbox?.getBoundingClientRect().right ?? 0;
      for (const tab of inbox?.shadowRoot?.querySelectorAll('[role=tab]') ?? [])
        assert.isAtMost(tab.getBoundingClientRect().right, edge, `${width} ${tab.textContent}`);
      const [button] = desk.shadowRoot?.querySelectorAll('.rail button') ?? [];
      const icon = button?.querySelector('.icon')?.getBoundingClientRect();
      const badge = button?.querySelector('.count')?.getBoundingClientRect();
      if (!icon || !badge) throw new Error('no badge');
      assert.isAtMost(icon.right - badge.left, icon.width / 2, 'most of the icon is free');
    }
  });

  it('brings back what was withdrawn, to be sent again', async () => {
    const { desk, store } = await show(offlineState());
    desk.dispatchEvent(new DeskIntentEvent({ do: 'withdraw', message: 'u2' }));
    await rendered(desk);
    assert.include(toast(desk), 'Réponse retirée.');
    desk.shadowRoot?.querySelector<HTMLElement>('.undo')?.click();
    await rendered(desk);
    assert.equal(
      store.state.get().draft,
      'Serrez jusqu’à sentir la plaque se bloquer, sans forcer.',
    );
  });

  it('says that a ready reply was removed, and brings it back', async () => {
    const { desk, store } = await show(busyState());
    desk.dispatchEvent(new DeskIntentEvent({ do: 'remove-canned', id: 'b' }));
    await rendered(desk);
    assert.include(toast(desk), '/bonjour retirée.');
    desk.shadowRoot?.querySelector<HTMLElement>('.undo')?.click();
    const reply = { shortcut: 'bonjour', text: 'Bonjour et bienvenue au comptoir.' };
    assert.deepEqual(store.calls.at(-1), ['saveCanned', null, reply]);
  });

  it('keeps the focus in the pane looked at last when the line that tells goes away', async () => {
    const { desk } = await show(busyState());
    const send = async (selector: string): Promise<Element | null> => {
      desk.dispatchEvent(new DeskIntentEvent({ do: 'close', id: conversation('shelf') }));
      await waitUntil(() => toast(desk) !== '');
      const button = desk.shadowRoot?.querySelector<HTMLElement>(selector);
      button?.focus();
      assert.equal(focused(), button);
      button?.click();
      await rendered(desk);
      return desk.shadowRoot?.activeElement ?? null;
    };
    assert.equal((await send('.dismiss'))?.localName, 'comptoir-desk-inbox');
    desk.open(conversation('shelf'));
    await rendered(desk);
    assert.equal((await send('.dismiss'))?.localName, 'comptoir-desk-conversation');
    desk.dispatchEvent(new DeskIntentEvent({ do: 'show', side: 'canned' }));
    await rendered(desk);
    assert.equal((await send('.dismiss'))?.localName, 'comptoir-desk-canned');
    assert.equal((await send('.undo'))?.localName, 'comptoir-desk-canned');
  });

  it('puts the focus into the inbox once the welcome is over', async () => {
    const { desk, store } = await show(busyState({ welcome: 2 }));
    const welcome = desk.shadowRoot?.querySelector('comptoir-desk-welcome')?.shadowRoot;
    welcome?.querySelector<HTMLElement>('.next')?.focus();
    store.state.set(busyState());
    await rendered(desk);
    assert.equal(desk.shadowRoot?.activeElement?.localName, 'comptoir-desk-inbox');
  });

  it('blocks by a dialog that has its own keys, gives the focus back, and undoes it', async () => {
    const { desk, store } = await show(managerState());
    const context = desk.shadowRoot?.querySelector('comptoir-desk-context');
    const trigger = context?.shadowRoot?.querySelector<HTMLElement>('.block');
    trigger?.focus();
    trigger?.click();
    const block = desk.shadowRoot?.querySelector('comptoir-desk-block');
    await waitUntil(() => block?.open);
    assert.deepEqual(store.calls.at(-1), ['blocking.look', 'M'.repeat(22)]);
    await press(desk, 'c');
    assert.notInclude(names(store), 'setClosed');
    block?.shadowRoot?.querySelector<HTMLElement>('.danger')?.click();
    await waitUntil(() => toast(desk) !== '');
    assert.isFalse(block?.open);
    assert.equal(focused(), trigger);
    assert.include(toast(desk), 'Personne bloquée');
    const undo = desk.shadowRoot?.querySelector<HTMLElement>('.undo');
    undo?.focus();
    undo?.click();
    await waitUntil(() => toast(desk).includes('Blocage levé.'));
    assert.deepEqual(store.calls.at(-1), ['blocking.lift', ['b1', 'b2']]);
    assert.isNotNull(desk.shadowRoot?.activeElement, 'the focus stays at the desk');
  });

  it('keeps the dialog open with the reason where nobody could be blocked', async () => {
    const { desk, store } = await show(managerState());
    desk.dispatchEvent(new DeskIntentEvent({ do: 'ask-block', person: maud.member }));
    const block = desk.shadowRoot?.querySelector('comptoir-desk-block');
    await waitUntil(() => block?.open);
    const { blocking } = store.state.get();
    store.state.set(managerState({ blocking: blocking && { ...blocking, problem: 'offline' } }));
    await rendered(desk);
    block?.shadowRoot?.querySelector<HTMLElement>('.danger')?.click();
    await rendered(desk);
    assert.isTrue(block?.open);
    assert.equal(toast(desk), '');
  });

  it('gives a reopened conversation back to whoever closed it', async () => {
    const { desk, store } = await show(busyState());
    await press(desk, 'c');
    desk.shadowRoot?.querySelector<HTMLElement>('.undo')?.click();
    await rendered(desk);
    assert.deepEqual(names(store).slice(-2), ['setClosed', 'claim']);
  });

  it('puts the focus into the answer when a conversation opens, and back into the list on Escape', async () => {
    const { desk } = await show(busyState());
    await press(desk, 'n');
    await waitUntil(() => focused()?.localName === 'textarea');
    const answer = focused();
    assert.isNotNull(answer);
    await press(desk, 'c', answer);
    assert.equal(toast(desk), '', 'a c that is typed closes nothing');
    await press(desk, 'Escape', answer);
    await waitUntil(() => focused()?.classList.contains('open') ?? false);
    assert.equal(pane(desk), 'inbox');
  });

  it('closes with a way back', async () => {
    const { desk, store } = await show(busyState());
    await press(desk, 'c');
    assert.include(toast(desk), 'Conversation terminée.');
    desk.shadowRoot?.querySelector<HTMLElement>('.undo')?.click();
    await rendered(desk);
    assert.deepEqual(
      store.calls.filter(([name]) => name === 'setClosed'),
      [
        ['setClosed', 'shelf', true],
        ['setClosed', 'shelf', false],
      ],
    );
    assert.equal(toast(desk), '');
  });

  it('opens the ready replies by a slash', async () => {
    const { desk, store } = await show(busyState());
    await press(desk, '/');
    assert.deepEqual(
      store.calls.filter(([name]) => name === 'setDraft'),
      [['setDraft', '/']],
    );
  });

  it('shows the sheet of keys, whose own keys are its own', async () => {
    const { desk, store } = await show(busyState());
    await press(desk, '?');
    const keys = desk.shadowRoot?.querySelector('comptoir-desk-keys');
    assert.isTrue(keys?.open);
    await press(desk, 'c');
    assert.deepEqual(names(store), []);
  });

  it('has no single keys once they are turned off', async () => {
    const { desk, store } = await show(busyState());
    desk.preferences?.setSingleKeys(false);
    await rendered(desk);
    await press(desk, 'c');
    await press(desk, '2');
    assert.deepEqual(names(store), []);
  });

  it('says that a conversation is seen only while it is', async () => {
    // The runner shows one page at a time: this one may be in the background.
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
    const { desk, store } = await show(busyState(), 360);
    assert.isEmpty(store.calls, 'the inbox covers it on a phone');
    desk.open(conversation('shelf'));
    await waitUntil(() => store.calls.at(-1)?.[0] === 'setVisible');
    assert.deepEqual(store.calls.at(-1), ['setVisible', true]);
    await press(desk, 'Escape');
    assert.deepEqual(store.calls.at(-1), ['setVisible', false]);
    Reflect.deleteProperty(document, 'visibilityState');
  });

  it('looks what can be seen when that may have changed, and not at each key: it costs a layout', async () => {
    const { desk, store } = await show(busyState());
    desk.open(conversation('shelf'));
    await rendered(desk);
    const middle = desk.shadowRoot!.querySelector<HTMLElement>('.middle')!;
    let looks = 0;
    middle.checkVisibility = () => ++looks > 0;
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
    for (const draft of ['B', 'Bo', 'Bon']) {
      store.state.set({ ...store.state.get(), draft });
      await rendered(desk);
    }
    assert.equal(looks, 0);
    await press(desk, 'Escape');
    assert.equal(looks, 1);
    Reflect.deleteProperty(document, 'visibilityState');
  });

  it('deletes everything, then starts anew', async () => {
    const { desk, store } = await show(busyState());
    const reloaded = new Promise<void>((resolve) => (desk.reload = resolve));
    desk.shadowRoot?.querySelector<HTMLElement>('.rail button:nth-of-type(4)')?.click();
    await rendered(desk);
    desk.shadowRoot
      ?.querySelector('comptoir-desk-settings')
      ?.shadowRoot?.querySelector<HTMLElement>('.confirm')
      ?.click();
    await reloaded;
    assert.include(names(store), 'erase');
  });

  it('survives a store that cannot keep', async () => {
    const { desk, store } = await show(busyState({ draft: 'Une C2S1.' }));
    store.send = () => Promise.reject(new Error('no room'));
    const composer = desk.shadowRoot
      ?.querySelector('comptoir-desk-conversation')
      ?.shadowRoot?.querySelector('comptoir-composer');
    const field = composer?.shadowRoot?.querySelector('textarea');
    if (!composer || !field) throw new Error('no composer');
    await press(desk, 'Enter', field);
    await rendered(desk);
    assert.isFalse(composer.busy);
    assert.equal(composer.value, 'Une C2S1.');
  });

  it('joins by the code of its address, which is spent once one is inside', async () => {
    const { desk, store } = await show(deskState({ access: { status: 'outside' } }));
    desk.linkCode = 'ABCD234567';
    const shown = async (): Promise<ShadowRoot | null | undefined> => {
      await rendered(desk);
      const arrival = desk.shadowRoot?.querySelector('comptoir-desk-arrival');
      const devices = arrival?.shadowRoot?.querySelector('comptoir-devices');
      await devices?.updateComplete;
      return devices?.shadowRoot;
    };
    (await shown())?.querySelector<HTMLElement>('.primary')?.click();
    assert.deepEqual(store.calls, [['join', 'ABCD234567']]);
    store.state.set(busyState());
    assert.isUndefined(await shown());
    store.state.set(deskState({ access: { status: 'outside', ended: true } }));
    const after = await shown();
    assert.isTrue(after?.textContent.includes('J’ai un code'));
    assert.isFalse(after?.textContent.includes('Relier cet appareil'));
  });

  it('has no inline style anywhere: the page’s CSP forbids them', async () => {
    const { desk } = await show(offlineState());
    const roots: ParentNode[] = [desk.shadowRoot as ShadowRoot];
    for (const root of roots) {
      assert.lengthOf(root.querySelectorAll('[style], style'), 0);
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
      }
    }
    assert.isAbove(roots.length, 5);
  });

  for (const width of [360, 768, 1280]) {
    for (const [name, state] of [
      ['busy', busyState()],
      ['offline', offlineState()],
      ['empty', deskState()],
      ['outside', deskState({ access: { status: 'outside' } })],
      ['blocked', busyState({ network: { type: 'blocked', until: null } })],
      ['ended', busyState({ network: { type: 'ended', why: 'removed' } })],
      ['closed', busyState({ thread: thread({ closed: true }) })],
      ['a manager’s', managerState()],
    ] as const) {
      it(`is accessible at ${width}: ${name}`, async () => {
        await assertAccessible((await show(state, width)).desk);
      });
    }
  }
});
