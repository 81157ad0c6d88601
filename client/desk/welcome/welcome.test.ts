import { assert, fixture, html } from '@open-wc/testing';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { DeskIntent, DeskIntentEvent } from '../desk-intent.ts';
import { assertAccessible } from '../testing/accessible.ts';
import { deskState, ownCard } from '../testing/desk-fixtures.ts';
import './welcome.ts';
import type { ComptoirDeskWelcome } from './welcome.ts';

let intents: DeskIntent[];

async function show(state: DeskState, language = 'fr'): Promise<ComptoirDeskWelcome> {
  intents = [];
  return fixture(
    html`<comptoir-desk-welcome
      .state=${state}
      .language=${language}
      @comptoir-desk-intent=${({ intent }: DeskIntentEvent) => intents.push(intent)}
    ></comptoir-desk-welcome>`,
  );
}
const find = (element: ComptoirDeskWelcome, selector: string): HTMLElement => {
  const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};
const bare = ownCard({ fields: { name: 'Yann', topics: [], store: '', owns: [] } });

describe('<comptoir-desk-welcome>', () => {
  it('asks for card, photo and alerts, one after the other', async () => {
    const titles: string[] = [];
    for (const welcome of [0, 1, 2]) {
      const shown = await show(deskState({ welcome, card: bare }));
      titles.push(
        `${find(shown, '[role=status]').textContent.trim()} ${find(shown, 'h1').textContent}`,
      );
    }
    assert.deepEqual(titles, [
      'Étape 1 sur 3 Ce que vous connaissez',
      'Étape 2 sur 3 Votre photo',
      'Étape 3 sur 3 Vos alertes',
    ]);
  });

  it('lets each step be skipped, and all of them be left for later', async () => {
    for (const [welcome, next] of [
      [0, 1],
      [1, 2],
      [2, null],
    ] as const) {
      const shown = await show(deskState({ welcome, card: bare }));
      find(shown, '.skip').click();
      assert.deepEqual(intents.slice(1), [{ do: 'welcome', step: next }]);
      if (next === null) continue;
      find(shown, '.later').click();
      assert.deepEqual(intents.at(-1), { do: 'welcome', step: null });
    }
  });

  it('saves what was written, the word that was not entered too, and goes on', async () => {
    const shown = await show(deskState({ welcome: 0, card: bare }));
    (find(shown, '#topics') as HTMLInputElement).value = 'carrelage';
    (find(shown, '#store') as HTMLInputElement).value = ' Lyon ';
    find(shown, '.next').click();
    assert.deepEqual(intents.slice(1), [
      {
        do: 'edit-card',
        fields: { name: 'Yann', topics: ['carrelage'], store: 'Lyon', owns: [] },
      },
      { do: 'save-card' },
      { do: 'welcome', step: 1 },
    ]);
  });

  it('begins each step at its title', async () => {
    const shown = await show(deskState({ welcome: 0, card: bare }));
    for (const [pressed, welcome] of [
      ['.next', 1],
      ['.next', 2],
    ] as const) {
      find(shown, pressed).focus();
      shown.state = deskState({ welcome, card: bare });
      await shown.updateComplete;
      assert.equal(shown.shadowRoot?.activeElement, find(shown, 'h1'), `${welcome}`);
    }
  });

  it('asks the browser for nothing before somebody wants it', async () => {
    const shown = await show(deskState({ welcome: 2, notify: false }));
    assert.notInclude(
      intents.map((intent) => intent.do),
      'notify',
    );
    find(shown, '[role=switch]').click();
    assert.deepEqual(intents.at(-1), { do: 'notify', on: true });
    assert.include(find(shown, '[role=switch]').textContent, 'demandera votre accord');
    shown.permission = 'granted';
    await shown.updateComplete;
    assert.notInclude(find(shown, '[role=switch]').textContent, 'demandera votre accord');
    const denied = await show(deskState({ welcome: 2 }));
    denied.permission = 'denied';
    await denied.updateComplete;
    find(denied, '[role=switch]').click();
    assert.notInclude(
      intents.map((intent) => intent.do),
      'notify',
    );
  });

  for (const welcome of [0, 1, 2]) {
    for (const language of ['fr', 'en'])
      it(`is accessible: step ${welcome + 1}, ${language}`, async () =>
        assertAccessible(await show(deskState({ welcome }), language)));
  }
});
