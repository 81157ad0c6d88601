import { assert, fixture, html } from '@open-wc/testing';
import type { DeskState } from '../../store/desk/desk-state.ts';
import { QuoteEvent } from '../../ui/events/quote-event.ts';
import type { DeskIntent, DeskIntentEvent } from '../desk-intent.ts';
import { assertAccessible } from '../testing/accessible.ts';
import {
  AT,
  busyState,
  deskState,
  maud,
  me,
  offlineState,
  thread,
  threadItems,
} from '../testing/desk-fixtures.ts';
import './conversation.ts';
import type { ComptoirDeskConversation } from './conversation.ts';

interface Shown {
  readonly element: ComptoirDeskConversation;
  readonly intents: DeskIntent[];
  find<E extends HTMLElement>(selector: string): E;
  words(): string;
}

/** Shows a state, follows drafts as the store would, and remembers what was wanted. */
async function show(state: DeskState, language = 'fr'): Promise<Shown> {
  const intents: DeskIntent[] = [];
  const element = await fixture<ComptoirDeskConversation>(
    html`<comptoir-desk-conversation
      .state=${state}
      .language=${language}
      @comptoir-desk-intent=${({ intent }: DeskIntentEvent) => {
        intents.push(intent);
        if (intent.do === 'draft') element.state = { ...state, draft: intent.text };
      }}
    ></comptoir-desk-conversation>`,
  );
  return {
    element,
    intents,
    find<E extends HTMLElement>(selector: string): E {
      const found = element.shadowRoot?.querySelector<E>(selector);
      if (!found) throw new Error(`no ${selector}`);
      return found;
    },
    words: () => element.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '',
  };
}

async function press(
  { element, find }: Shown,
  key: string,
  more: KeyboardEventInit = {},
): Promise<KeyboardEvent> {
  const field = find('comptoir-composer').shadowRoot?.querySelector('textarea');
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...more,
  });
  field?.dispatchEvent(event);
  await element.updateComplete;
  return event;
}

const open = (): DeskState => busyState();

describe('<comptoir-desk-conversation>', () => {
  it('says who asks, whether they are here, and from which page', async () => {
    const shown = await show(open());
    assert.include(shown.words(), 'ici, sur la page Plaque de plâtre BA13');
    assert.include((await show(offlineState())).words(), 'présence inconnue');
    const { network } = offlineState();
    assert.ok(network.type === 'offline');
    const silent = await show(offlineState({ network: { ...network, browser: false } }));
    assert.include(silent.words(), 'Le comptoir est injoignable. Vos réponses sont gardées ici');
  });

  it('shows plainly who has it whenever two could answer unknowingly', async () => {
    const claimed = { mine: false, numbered: true, time: AT };
    const line = async (state: DeskState): Promise<string> =>
      (await show(state)).element.shadowRoot?.querySelector('[data-claim]')?.textContent ?? '';
    assert.equal(await line(open()), '', 'mine and known: nothing to say');
    const other = busyState({ thread: thread({ claim: { ...claimed, by: maud } }) });
    assert.include(await line(other), 'Maud répond.');
    const kept = thread({ claim: { by: me, mine: true, numbered: false, time: AT } });
    assert.include(await line(busyState({ thread: kept })), 'les autres ne le savent pas encore');
    const asked = threadItems.slice(0, 1);
    const free = busyState({ thread: thread({ claim: null, items: asked }) });
    assert.include(await line(free), 'Personne ne l’a prise.');
    assert.include(await line({ ...free, canClaim: false }), 'déjà 3\u00a0conversations');
  });

  it('says to whoever answered that nobody has it any more, with the way to take it back', async () => {
    const again = await show(busyState({ thread: thread({ claim: null }) }));
    assert.include(again.find('[data-claim]').textContent, 'Personne ne l’a plus.');
    assert.include(again.find('.claim .button').textContent, 'Reprendre');
    again.find('.claim .button').click();
    assert.equal(again.intents.at(-1)?.do, 'claim');
    await assertAccessible(again.element);
  });

  it('claims, releases, closes and reopens', async () => {
    const free = await show(busyState({ thread: thread({ claim: null }) }));
    free.find('.claim .button').click();
    const mine = await show(open());
    for (const button of mine.element.shadowRoot?.querySelectorAll<HTMLElement>(
      '.actions .button:not(.side-button)',
    ) ?? [])
      button.click();
    const closed = await show(busyState({ thread: thread({ closed: true }) }));
    closed.find('.claim .button').click();
    const done = [...free.intents, ...mine.intents, ...closed.intents].map((intent) => intent.do);
    assert.deepEqual(done, ['claim', 'release', 'close', 'reopen']);
    assert.isNull(closed.element.shadowRoot?.querySelector('comptoir-composer'));
  });

  it('keeps the focus when what was pressed is gone', async () => {
    const { element, find } = await show(open());
    const title = (): HTMLElement => find('.top h2');
    const goes = async (selector: string, state: DeskState): Promise<void> => {
      find(selector).focus();
      assert.equal(element.shadowRoot?.activeElement, find(selector));
      element.state = state;
      await element.updateComplete;
      assert.equal(element.shadowRoot?.activeElement, title(), selector);
    };
    const free = busyState({ thread: thread({ claim: null }) });
    const closed = busyState({ thread: thread({ closed: true }) });
    await goes('.actions .button:not(.side-button)', free);
    await goes('.actions .button:not(.side-button)', closed);
    await goes('.claim .button', open());
    await goes('comptoir-composer', closed);
  });

  it('offers ready replies after a slash, by keyboard, and Enter does not send', async () => {
    const shown = await show(open());
    shown.element.toggleCanned();
    await shown.element.updateComplete;
    assert.lengthOf(shown.element.shadowRoot?.querySelectorAll('[role=option]') ?? [], 3);
    await press(shown, 'ArrowDown');
    assert.include(shown.find('.picker [role=status]').textContent, '2 sur 3');
    const enter = await press(shown, 'Enter');
    assert.isTrue(enter.defaultPrevented);
    assert.deepEqual(shown.intents.at(-1), {
      do: 'draft',
      text: 'Le plus simple est de passer au magasin.',
    });
    assert.isFalse(shown.intents.some((intent) => intent.do === 'send'));
    assert.isNull(shown.element.shadowRoot?.querySelector('.picker'));
  });

  it('sends the list away by Escape, until something else is typed', async () => {
    const shown = await show(busyState({ draft: '/' }));
    assert.isTrue((await press(shown, 'Escape')).defaultPrevented);
    assert.isNull(shown.element.shadowRoot?.querySelector('.picker'));
    shown.element.state = busyState({ draft: '/b' });
    await shown.element.updateComplete;
    assert.isNotNull(shown.element.shadowRoot?.querySelector('.picker'));
  });

  it('closes the list by the button that opened it, and opens it again', async () => {
    const shown = await show(open());
    shown.find('.canned-button').click();
    await shown.element.updateComplete;
    assert.deepEqual(shown.intents.at(-1), { do: 'draft', text: '/' });
    shown.element.state = busyState({ draft: '/' });
    await shown.element.updateComplete;
    shown.find('.canned-button').click();
    assert.deepEqual(shown.intents.at(-1), { do: 'draft', text: '' });
    await press(shown, 'Escape');
    assert.isNull(shown.element.shadowRoot?.querySelector('.picker'));
    shown.find('.canned-button').click();
    await shown.element.updateComplete;
    assert.isNotNull(shown.element.shadowRoot?.querySelector('.picker'));
  });

  it('inserts after what is written, and in place of a slash', async () => {
    const written = await show(busyState({ draft: 'Bonjour.' }));
    written.element.insert('Voici.');
    assert.deepEqual(written.intents.at(-1), { do: 'draft', text: 'Bonjour. Voici.' });
    const asked = await show(busyState({ draft: '/voi' }));
    asked.element.insert('Voici.');
    assert.deepEqual(asked.intents.at(-1), { do: 'draft', text: 'Voici.' });
  });

  it('offers ready replies over what is written, and what was put in has a way back', async () => {
    const shown = await show(busyState({ draft: 'Bonjour.' }));
    const { element, intents, find } = shown;
    const there = (selector: string): boolean =>
      (element.shadowRoot?.querySelector(selector) ?? null) !== null;
    const becomes = async (draft: string): Promise<void> => {
      element.state = busyState({ draft });
      await element.updateComplete;
    };
    const pressButton = async (): Promise<void> => {
      find('.canned-button').click();
      await element.updateComplete;
    };
    await pressButton();
    assert.lengthOf(element.shadowRoot?.querySelectorAll('[role=option]') ?? [], 3);
    await assertAccessible(element);
    await pressButton();
    assert.deepEqual([there('.picker'), intents], [false, []], 'closed, and nothing is lost');
    await pressButton();
    assert.isTrue((await press(shown, 'Escape')).defaultPrevented);
    assert.isFalse(there('.picker'));
    await pressButton();
    await becomes('Bonjour. E');
    assert.isFalse(there('.picker'), 'they write on');
    await becomes('Bonjour.');
    await pressButton();
    await press(shown, 'ArrowDown');
    await press(shown, 'Enter');
    const both = `Bonjour. ${busyState().canned[1]?.text}`;
    assert.deepEqual(intents.at(-1), { do: 'draft', text: both });
    await becomes(both);
    assert.isFalse(there('.picker'));
    assert.include(find('.put-in').textContent, 'Texte ajouté.');
    await assertAccessible(element);
    find('.put-in button').click();
    assert.deepEqual(intents.at(-1), { do: 'draft', text: 'Bonjour.' });
    await becomes('Bonjour.');
    assert.isFalse(there('.put-in'));
    element.insert('Voici.');
    await becomes('Bonjour. Voici.');
    const undo = await press(shown, 'z', { ctrlKey: true });
    assert.deepEqual(
      [undo.defaultPrevented, intents.at(-1)],
      [true, { do: 'draft', text: 'Bonjour.' }],
    );
    await becomes('Bonjour.');
    assert.isFalse(
      (await press(shown, 'z', { ctrlKey: true })).defaultPrevented,
      'the browser’s own',
    );
    element.insert('Voici.');
    await becomes('Bonjour. Voici.');
    await becomes('Bonjour. Voici. Et');
    assert.isFalse(there('.put-in'), 'what they wrote since would be lost');
  });

  it('answers one message until Escape or the cross drops it, the list of replies before', async () => {
    const quoting = { ...busyState(), draft: '/', quotes: 'm1' as never };
    const shown = await show(quoting);
    const { element, intents, find } = shown;
    assert.include(find('.quoting').textContent, 'Vous répondez à');
    assert.include(find('.quoting').textContent, 'Quelle cheville pour une étagère');
    find('comptoir-thread').dispatchEvent(new QuoteEvent('m4'));
    assert.deepEqual(intents.at(-1), { do: 'quote', message: 'm4' as never });
    assert.equal((element.shadowRoot as ShadowRoot).activeElement, find('comptoir-composer'));
    await press(shown, 'Escape');
    assert.equal(element.shadowRoot?.querySelector('.picker'), null);
    assert.deepEqual(intents.at(-1), { do: 'quote', message: 'm4' as never }, 'the list alone');
    assert.equal((await press(shown, 'Escape')).defaultPrevented, true);
    assert.deepEqual(intents.at(-1), { do: 'quote', message: '' });
    find('.quoting button').click();
    assert.deepEqual(intents.splice(-1), [{ do: 'quote', message: '' }]);
    await assertAccessible(element);
    element.state = { ...quoting, quotes: 'gone' as never };
    await element.updateComplete;
    assert.include(find('.quoting').textContent, 'Message retiré');
    element.state = { ...quoting, quotes: '' };
    await element.updateComplete;
    assert.equal(element.shadowRoot?.querySelector('.quoting'), null);
  });

  it('sends by Enter when no list is open', async () => {
    const shown = await show(busyState({ draft: 'Une C2S1.' }));
    await press(shown, 'Enter');
    assert.deepEqual(shown.intents.at(-1), { do: 'send', text: 'Une C2S1.' });
  });

  for (const [name, state] of [
    ['none open', deskState()],
    ['open', open()],
    ['loading', busyState({ thread: thread({ status: 'loading', items: [] }) })],
    ['refused', busyState({ thread: thread({ status: 'refused', items: [] }) })],
    ['full', busyState({ thread: thread({ full: true }) })],
    ['closed', busyState({ thread: thread({ closed: true }) })],
    ['claimed by another', busyState({ thread: thread({ claim: null }), canClaim: false })],
    ['ready replies', busyState({ draft: '/' })],
    ['no ready reply', busyState({ draft: '/zzz' })],
    ['offline', offlineState()],
  ] as const) {
    it(`is accessible: ${name}`, async () => assertAccessible((await show(state)).element));
  }
});
