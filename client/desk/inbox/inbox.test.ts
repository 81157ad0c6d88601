import { assert, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { DeskIntentEvent } from '../desk-intent.ts';
import { assertAccessible } from '../testing/accessible.ts';
import {
  ask,
  busyState,
  conversation,
  deskState,
  maud,
  me,
  offlineState,
  person,
} from '../testing/desk-fixtures.ts';
import './inbox.ts';
import type { ComptoirDeskInbox } from './inbox.ts';

const show = (state: DeskState, language = 'fr'): Promise<ComptoirDeskInbox> =>
  fixture(html`<comptoir-desk-inbox .state=${state} .language=${language}></comptoir-desk-inbox>`);
const text = (inbox: ComptoirDeskInbox, selector: string): string =>
  (inbox.shadowRoot?.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
const all = (inbox: ComptoirDeskInbox, selector: string): HTMLElement[] =>
  Array.from(inbox.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []);
async function intentOf(inbox: ComptoirDeskInbox, act: () => void): Promise<unknown> {
  setTimeout(act);
  return ((await oneEvent(inbox, 'comptoir-desk-intent')) as DeskIntentEvent).intent;
}

describe('<comptoir-desk-inbox>', () => {
  it('lists those who wait with how long, in words and as a ring', async () => {
    const inbox = await show(busyState());
    const waits = all(inbox, '.panel .wait-for').map(({ textContent }) => textContent?.trim());
    assert.include(waits[0], '1\u00a0min\u00a010, en retard');
    assert.include(waits[1], '38\u00a0s, bientôt 45');
    const ring = all(inbox, '.panel .gone')[2];
    assert.equal(ring?.getAttribute('stroke-dasharray'), '44 100');
    assert.isFalse(ring?.hasAttribute('style') ?? true);
  });

  it('draws only what is in sight of 500, and the rest as it is scrolled to or gone to by keys', async () => {
    const waiting = Array.from({ length: 500 }, (_, number) => ask(`q${number}`));
    const inbox = await show(busyState({ waiting, mine: [] }));
    inbox.style.blockSize = '600px';
    const lines = (): HTMLElement[] => all(inbox, '.panel .ask');
    assert.isBelow(lines().length, 100);
    const isLaidOut = (line: HTMLElement | undefined): boolean =>
      line?.querySelector('.q')?.checkVisibility({ contentVisibilityAuto: true }) ?? false;
    await waitUntil(() => isLaidOut(lines()[0]) && !isLaidOut(lines().at(-1)), 'the first ones');
    while (lines().length < 500) {
      const before = lines().length;
      lines().at(-1)?.querySelector<HTMLElement>('.open')?.focus();
      await waitUntil(() => lines().length > before, 'more of them');
    }
    lines()[499]?.querySelector<HTMLElement>('.open')?.focus();
    await waitUntil(() => isLaidOut(lines()[499]), 'the last one, which has the focus');
    await waitUntil(() => lines().length === 501, 'what others have comes after them');
    inbox.state = busyState({ waiting, mine: [], tab: 'closed' });
    await inbox.updateComplete;
    inbox.state = busyState({ waiting, mine: [] });
    await inbox.updateComplete;
    assert.isBelow(lines().length, 100, 'and begins anew');
  });

  it('keeps mine in sight over whatever waits, and the list at its oldest', async () => {
    const waiting = Array.from({ length: 30 }, (_, number) =>
      ask(`q${number}`, { asker: person(`Asker ${number}`) }),
    );
    const state = busyState({ waiting });
    const inbox = await show(state);
    inbox.style.blockSize = '600px';
    const scroller = inbox.shadowRoot?.querySelector('.scroll');
    const top = (): number | undefined => scroller?.scrollTop;
    inbox.state = { ...state, waiting: [...waiting, ask('new')] };
    await inbox.updateComplete;
    assert.equal(top(), 0);
    inbox.state = { ...state, selected: conversation('joint') };
    await inbox.updateComplete;
    inbox.rest();
    assert.equal(inbox.focusedAsk, conversation('joint'), 'what others have, below all that wait');
    assert.equal(top(), 0);
    scroller?.scrollTo(0, 99_999);
    for (const pinned of all(inbox, '.pinned')) {
      const { top: from, bottom } = pinned.getBoundingClientRect();
      assert.isAtLeast(from, inbox.getBoundingClientRect().top);
      assert.isAtMost(bottom, scroller?.getBoundingClientRect().top ?? 0);
    }
  });

  it('shows what one person asked together, under their name, the first ones in sight', async () => {
    const anna = person('Visiteur · écureuil 12', { role: 'visitor', hue: 3 });
    const hers = Array.from({ length: 7 }, (_, number) => ask(`a${number}`, { asker: anna }));
    const others = [ask('b', { asker: person('Visiteur · loutre 4') }), ask('c')];
    const inbox = await show(
      deskState({ waiting: [...hers.slice(0, 1), ...others, ...hers.slice(1)] }),
    );
    const ids = (): (string | undefined)[] =>
      all(inbox, '.panel .ask').map(({ dataset }) => dataset['id']);
    assert.deepEqual(ids(), ['a0', 'a1', 'a2', 'b', 'c']);
    assert.match(text(inbox, '.person .who'), /Visiteur · écureuil 12\s*7.questions/);
    const name = all(inbox, '.person .ask .cut').filter((one) =>
      one.textContent.includes('écureuil'),
    );
    assert.lengthOf(name, 0, 'their name is said once');
    assert.include(text(inbox, '.more'), 'Voir ses 4');
    all(inbox, '.more')[0]?.focus();
    all(inbox, '.more')[0]?.click();
    await inbox.updateComplete;
    assert.lengthOf(ids(), 9);
    assert.equal(inbox.focusedAsk, conversation('a3'), 'the focus goes on');
  });

  it('looks for words in what the inbox tells and in what was said, in each list', async () => {
    const state = busyState();
    const searching = (words: string, ...inside: string[]): DeskState => ({
      ...state,
      search: { text: words, inside: new Set(inside.map(conversation)) },
    });
    const inbox = await show(state);
    const field = inbox.shadowRoot?.querySelector<HTMLInputElement>('[type=search]');
    const asked = await intentOf(inbox, () => {
      if (field) field.value = 'grave';
      field?.dispatchEvent(new Event('input'));
    });
    assert.deepEqual(asked, { do: 'search', text: 'grave' });
    const found = async (shown: DeskState): Promise<string[]> => {
      inbox.state = shown;
      await inbox.updateComplete;
      return all(inbox, '.panel .ask').map(({ dataset }) => dataset['id'] ?? '');
    };
    assert.deepEqual(
      await found(searching('RADIATEUR purge')),
      ['radiator'],
      'accents do not count',
    );
    assert.deepEqual(await found(searching('maud')), ['joint']);
    assert.deepEqual(await found(searching('nulle part', 'tile')), ['tile']);
    assert.deepEqual(await found({ ...searching('mitigeur'), tab: 'closed' }), ['tap']);
    assert.equal(text(inbox, '#tab-closed span'), '1', 'each tab says how many it has');
    assert.equal(text(inbox, '#tab-waiting span'), '0');
    assert.deepEqual(await found(searching('xyz')), []);
    assert.include(text(inbox, '.panel'), 'Aucun résultat.');
    await assertAccessible(inbox);
  });

  it('sorts and filters, and gives all back', async () => {
    const state = busyState({ others: [] });
    const inbox = await show(state);
    // What a desk does with what is chosen.
    inbox.addEventListener('comptoir-desk-intent', ({ intent }) => {
      if (intent.do === 'choose') inbox.state = { ...inbox.state!, choice: intent.choice };
    });
    const ids = (): (string | undefined)[] =>
      all(inbox, '.panel .ask').map(({ dataset }) => dataset['id']);
    const tools = (): HTMLElement | null | undefined =>
      inbox.shadowRoot?.querySelector<HTMLElement>('[aria-expanded]');
    tools()?.click();
    await inbox.updateComplete;
    const [sort, page] = inbox.shadowRoot?.querySelectorAll('select') ?? [];
    const choose = async (select: HTMLSelectElement | undefined, value: string): Promise<void> => {
      if (select) select.value = value;
      select?.dispatchEvent(new Event('change'));
      await inbox.updateComplete;
    };
    await choose(sort, 'turned');
    assert.equal(ids()[0], 'tile');
    await choose(page, 'Peinture · Murs');
    assert.deepEqual(ids(), ['wallpaper']);
    await assertAccessible(inbox);
    await choose(page, '');
    const { choice } = inbox.state!;
    inbox.state = deskState({ closed: busyState().closed, tab: 'mine', choice });
    await inbox.updateComplete;
    assert.include(text(inbox, '.panel'), 'Aucune conversation à vous', 'nothing is filtered');
    inbox.state = { ...state, choice };
    await inbox.updateComplete;
    tools()?.click();
    await inbox.updateComplete;
    assert.lengthOf(ids(), 4);
    assert.equal(ids()[0], 'radiator');
  });

  it('shows what was chosen on an earlier visit, though nobody asks from that page now', async () => {
    const choice = { sort: 'turned', page: 'Jardin', unread: false } as const;
    const inbox = await show(busyState({ choice, others: [] }));
    const tools = inbox.shadowRoot?.querySelector<HTMLElement>('[aria-expanded]');
    assert.equal(tools?.getAttribute('aria-expanded'), 'true');
    const chosen = Array.from(
      inbox.shadowRoot?.querySelectorAll('select') ?? [],
      ({ value }) => value,
    );
    assert.deepEqual(chosen, ['turned', 'Jardin']);
    assert.include(text(inbox, '.panel'), 'Aucun résultat.');
    const given = await intentOf(inbox, () => tools?.click());
    assert.deepEqual(given, { do: 'choose', choice: { sort: 'list', page: '', unread: false } });
  });

  it('keeps the focus in the list when a line that had it goes away', async () => {
    const inbox = await show(busyState());
    all(inbox, '.panel .open')[0]?.focus();
    assert.isNotNull(inbox.focusedAsk);
    inbox.state = busyState({ waiting: [] });
    await inbox.updateComplete;
    const focused = (): Element | null | undefined => inbox.shadowRoot?.activeElement;
    assert.equal(focused()?.closest<HTMLElement>('.ask')?.dataset['id'], 'shelf', 'what is open');
    inbox.state = busyState({ waiting: [], mine: [] });
    await inbox.updateComplete;
    assert.equal(focused()?.id, 'tab-waiting');
  });

  it('opens and claims', async () => {
    const inbox = await show(busyState());
    assert.deepEqual(await intentOf(inbox, () => all(inbox, '.panel .open')[1]?.click()), {
      do: 'select',
      id: 'wallpaper',
    });
    assert.deepEqual(await intentOf(inbox, () => all(inbox, '.claim')[0]?.click()), {
      do: 'claim',
      id: 'radiator',
    });
  });

  it('says when no more can be claimed, and does not pretend', async () => {
    const inbox = await show(busyState({ canClaim: false }));
    assert.include(text(inbox, '.limit'), 'déjà 3 conversations');
    assert.equal(all(inbox, '.claim')[0]?.getAttribute('aria-disabled'), 'true');
  });

  it('says a question once, however long', async () => {
    const long = 'Peut-on percer du grès cérame ? '.repeat(6);
    const last = { text: long.slice(0, 120), mine: false, by: ask('l').asker };
    const inbox = await show(busyState({ waiting: [ask('l', { text: long, last })] }));
    assert.equal(all(inbox, '[data-id="l"] .said').length, 1);
    const reply = { ...last, text: 'Peut-on' };
    const told = await show(busyState({ waiting: [ask('l', { text: long, last: reply })] }));
    assert.equal(all(told, '[data-id="l"] .said').length, 2);
  });

  it('says who said the last words, as it says who asked', async () => {
    const asker = { ...ask('w').asker, name: 'Visiteur · écureuil 12' };
    const last = { text: 'En 13 mm.', mine: false, by: asker };
    const inbox = await show(busyState({ waiting: [ask('w', { asker, last })] }));
    const words = text(inbox, '[data-id="w"] div.line').replaceAll(/\s+/g, ' ');
    assert.include(words, 'Visiteur · écureuil 12 En 13 mm.');
    const answer = { text: 'Oui, en 13.', mine: false, by: maud };
    inbox.state = busyState({
      waiting: [ask('w', { asker, last }), ask('x', { asker, last: answer })],
    });
    await inbox.updateComplete;
    assert.equal(text(inbox, '[data-id="w"] div.line .said'), 'En 13 mm.', 'under their name');
    assert.equal(text(inbox, '[data-id="x"] div.line .said'), 'Maud Oui, en 13.');
  });

  it('shows what others have, and a claim that only this device knows', async () => {
    const kept = ask('k', { claim: { by: me, mine: true, numbered: false }, wait: null });
    const inbox = await show(busyState({ mine: [kept] }));
    assert.include(
      text(inbox, '[data-id="k"]'),
      'Prise sur cet appareil, les autres ne le savent pas encore',
    );
    assert.include(text(inbox, '[data-id="joint"]'), 'prise par Maud');
    assert.isNull(inbox.shadowRoot?.querySelector('[data-id="joint"] .claim'));
  });

  it('moves by arrows and by command, and knows where it is', async () => {
    const inbox = await show(busyState({ selected: null, thread: null }));
    inbox.move(1);
    assert.equal(inbox.focusedAsk, conversation('radiator'));
    inbox.move(1);
    assert.equal(inbox.focusedAsk, conversation('wallpaper'));
    const focused = inbox.shadowRoot?.activeElement;
    focused?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
    assert.equal(inbox.focusedAsk, conversation('radiator'));
    inbox.move(-1);
    assert.equal(inbox.focusedAsk, conversation('floor'), 'mine stand before those who wait');
    inbox.move(-1);
    inbox.move(-1);
    assert.equal(inbox.focusedAsk, conversation('shelf'), 'stays at the end');
  });

  it('has tabs that the arrows turn', async () => {
    const inbox = await show(busyState());
    const [first] = all(inbox, '[role=tab]');
    const turned = await intentOf(inbox, () =>
      first?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true })),
    );
    assert.deepEqual(turned, { do: 'tab', tab: 'mine' });
  });

  it('takes the focus along to the tab that a key of the desk chose', async () => {
    const inbox = await show(busyState());
    all(inbox, '[role=tab]')[0]?.focus();
    inbox.state = busyState({ tab: 'closed' });
    await inbox.updateComplete;
    assert.equal(inbox.shadowRoot?.activeElement?.id, 'tab-closed');
  });

  it('tells the network, the pause and the card in one line each', async () => {
    const offline = await show(offlineState());
    assert.match(
      text(offline, '.netline'),
      /Hors ligne depuis 10:12\. 3.envois partiront au retour\. Vous pouvez continuer jusqu’à 19:00\./,
    );
    const { network } = offlineState();
    assert.ok(network.type === 'offline');
    const silent = await show(offlineState({ network: { ...network, browser: false } }));
    assert.match(text(silent, '.netline'), /Le comptoir est injoignable depuis 10:12\. 3.envois/);
    const away = await show(deskState({ available: false }));
    assert.include(text(away, '.netline'), 'Vous êtes en pause.');
    const expired = { status: 'inside', grantExpires: 1, expired: true } as const;
    assert.include(
      text(await show(deskState({ access: expired })), '.netline'),
      'Votre accès a expiré.',
    );
    const failed = await show(deskState({ storage: 'failed' }));
    assert.include(text(failed, '[role=alert]'), 'Ce navigateur ne garde rien.');
  });

  for (const [until, fr, en] of [
    [new Date(2026, 9, 3, 14, 2).getTime(), 'ici jusqu’au 3 oct. 14:02.', 'here until Oct 3'],
    [null, 'ne pouvez plus écrire ici.', 'cannot write here any more.'],
  ] as const) {
    it(`says that one may read, and not write, ${until ? 'until when' : 'for good'}`, async () => {
      const state = busyState({ network: { type: 'blocked', until } });
      const inbox = await show(state);
      assert.include(text(inbox, '.netline'), fr);
      assert.include(text(inbox, '.netline'), 'reste lisible');
      await assertAccessible(inbox);
      assert.include(text(await show(state, 'en'), '.netline'), en);
    });
  }

  it('says how many of how many one has, before there are too many', async () => {
    const state = busyState();
    assert.equal(text(await show(state), '.mine h2'), 'Les miennes 2 sur 3');
    assert.equal(text(await show({ ...state, tab: 'mine' }), '.panel .limit'), '2 sur 3');
    const none = await show(deskState({ tab: 'mine' }), 'en');
    assert.include(text(none, '.blank'), 'Up to 3 at a time.');
    assert.isNull(none.shadowRoot?.querySelector('.limit') ?? null);
  });

  it('tells whoever had a conversation when it waits again', async () => {
    const [first, second] = busyState().waiting;
    const inbox = await show(busyState({ had: first ? [first.id] : [] }));
    const line = (id = ''): string => text(inbox, `[data-id="${id}"]`);
    assert.include(line(first?.id), 'vous y répondiez');
    assert.include(line(first?.id), 'Reprendre');
    assert.notInclude(line(second?.id), 'vous y répondiez');
    const button = inbox.shadowRoot?.querySelector(`[data-id="${first?.id}"] .claim`);
    assert.match(button?.ariaLabel ?? '', /^Reprendre\u00a0: Mon radiateur/);
    await assertAccessible(inbox);
  });

  it('says while visitors may still see somebody who is away', async () => {
    const away = (type: 'here' | 'unknown'): DeskState =>
      deskState({ available: false, me: { ...me, presence: { type } } });
    assert.include(text(await show(away('here')), '.netline'), 'peuvent encore vous voir');
    assert.include(text(await show(away('unknown')), '.netline'), 'ne vous voient plus ici');
  });

  it('does not say that nobody waits when it cannot know', async () => {
    assert.include(text(await show(deskState()), '.blank'), 'Personne n’attend');
    const cut = await show(deskState({ network: offlineState().network }));
    assert.notInclude(text(cut, '.blank'), 'Personne n’attend');
  });

  for (const [name, state] of [
    ['busy', busyState()],
    ['empty', deskState()],
    ['mine', busyState({ tab: 'mine' })],
    ['closed', busyState({ tab: 'closed' })],
    ['offline', offlineState()],
    ['at the limit', busyState({ canClaim: false })],
    ['storage failed', deskState({ storage: 'full' })],
  ] as const) {
    it(`is accessible: ${name}`, async () => assertAccessible(await show(state)));
  }
});
