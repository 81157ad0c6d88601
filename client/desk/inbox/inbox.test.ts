import { assert, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { DeskIntentEvent } from '../desk-intent.ts';
import { assertAccessible } from '../testing/accessible.ts';
import {
  ask,
  busyState,
  conversation,
  deskState,
  me,
  offlineState,
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
    const waits = all(inbox, '.wait-for').map(({ textContent }) => textContent?.trim());
    assert.include(waits[0], '1\u00a0min\u00a010, en retard');
    assert.include(waits[1], '38\u00a0s, bientôt 45');
    const ring = all(inbox, '.gone')[2];
    assert.equal(ring?.getAttribute('stroke-dasharray'), '44 100');
    assert.isFalse(ring?.hasAttribute('style') ?? true);
  });

  it('lays out only what is in sight of 500, and the rest when it is scrolled to or focused', async () => {
    const waiting = Array.from({ length: 500 }, (_, number) => ask(`q${number}`));
    const inbox = await show(busyState({ waiting }));
    inbox.style.blockSize = '600px';
    const lines = all(inbox, '.ask');
    const isLaidOut = (line: HTMLElement | undefined): boolean =>
      line?.querySelector('.q')?.checkVisibility({ contentVisibilityAuto: true }) ?? false;
    await waitUntil(() => isLaidOut(lines[0]) && !isLaidOut(lines[499]), 'only the first ones');
    assert.isBelow(lines.filter(isLaidOut).length, 100);
    lines[499]?.querySelector<HTMLElement>('.open')?.focus();
    await waitUntil(() => isLaidOut(lines[499]), 'the last one, which has the focus');
  });

  it('opens and claims', async () => {
    const inbox = await show(busyState());
    assert.deepEqual(await intentOf(inbox, () => all(inbox, '.open')[1]?.click()), {
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

  it('shows what others have, and a claim that only this device knows', async () => {
    const kept = ask('k', { claim: { by: me, mine: true, numbered: false }, wait: null });
    const inbox = await show(busyState({ mine: [kept] }));
    assert.include(text(inbox, '[data-id="k"]'), 'prise ici, pas encore connue des autres');
    assert.include(text(inbox, '[data-id="joint"]'), 'chez Maud');
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
    assert.equal(inbox.focusedAsk, conversation('radiator'), 'stays at the end');
  });

  it('has tabs that the arrows turn', async () => {
    const inbox = await show(busyState());
    const [first] = all(inbox, '[role=tab]');
    const turned = await intentOf(inbox, () =>
      first?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true })),
    );
    assert.deepEqual(turned, { do: 'tab', tab: 'mine' });
  });

  it('tells the network, the pause and the card in one line each', async () => {
    const offline = await show(offlineState());
    assert.match(
      text(offline, '.netline'),
      /Hors ligne depuis 10:12\. 3.gestes partiront au retour\. Carte valable jusqu’à 19:00\./,
    );
    const { network } = offlineState();
    assert.ok(network.type === 'offline');
    const silent = await show(offlineState({ network: { ...network, browser: false } }));
    assert.match(text(silent, '.netline'), /Le comptoir est injoignable depuis 10:12\. 3.gestes/);
    const away = await show(deskState({ available: false }));
    assert.include(text(away, '.netline'), 'Vous êtes en pause.');
    const expired = { status: 'inside', grantExpires: 1, expired: true } as const;
    assert.include(
      text(await show(deskState({ access: expired })), '.netline'),
      'Votre carte d’aide a expiré.',
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
