import { assert, fixture, html } from '@open-wc/testing';
import type { DeskIntent, DeskIntentEvent } from '../desk-intent.ts';
import { assertAccessible } from '../testing/accessible.ts';
import { busyState, deskState } from '../testing/desk-fixtures.ts';
import './canned.ts';
import type { ComptoirDeskCanned } from './canned.ts';

let intents: DeskIntent[] = [];
const show = (state = busyState()): Promise<ComptoirDeskCanned> =>
  fixture(
    html`<comptoir-desk-canned
      .state=${state}
      @comptoir-desk-intent=${({ intent }: DeskIntentEvent) => intents.push(intent)}
    ></comptoir-desk-canned>`,
  );

async function click(element: ComptoirDeskCanned, selector: string): Promise<void> {
  element.shadowRoot?.querySelector<HTMLElement>(selector)?.click();
  await element.updateComplete;
}
async function fill(element: ComptoirDeskCanned, shortcut: string, text: string): Promise<void> {
  const set = (id: string, value: string): void => {
    const field = element.shadowRoot?.querySelector<HTMLInputElement>(`#${id}`);
    if (field) field.value = value;
  };
  set('shortcut', shortcut);
  set('text', text);
  element.shadowRoot?.querySelector('form')?.requestSubmit();
  await element.updateComplete;
}
const problem = (element: ComptoirDeskCanned): string =>
  element.shadowRoot?.querySelector('.problem')?.textContent ?? '';

describe('<comptoir-desk-canned>', () => {
  beforeEach(() => {
    intents = [];
  });

  it('adds one, its shortcut without slash or spaces', async () => {
    const canned = await show();
    await click(canned, '.add');
    assert.equal(canned.shadowRoot?.activeElement?.id, 'shortcut');
    await fill(canned, ' /au revoir ', ' À bientôt. ');
    assert.deepEqual(intents, [
      { do: 'save-canned', id: null, reply: { shortcut: 'au-revoir', text: 'À bientôt.' } },
    ]);
    assert.isNull(canned.shadowRoot?.querySelector('form'));
  });

  it('refuses nothing and what is taken, and keeps what was typed', async () => {
    const canned = await show();
    await click(canned, '.add');
    await fill(canned, 'x', '');
    assert.include(problem(canned), 'Il faut');
    await fill(canned, 'photo', 'Une photo ?');
    assert.include(problem(canned), 'sert déjà');
    assert.isEmpty(intents);
    assert.equal(canned.shadowRoot?.querySelector('textarea')?.value, 'Une photo ?');
  });

  it('changes one and gives the focus back', async () => {
    const canned = await show();
    await click(canned, '[data-edit="m"]');
    await fill(canned, 'magasin', 'Passez nous voir.');
    assert.deepEqual(intents, [
      { do: 'save-canned', id: 'm', reply: { shortcut: 'magasin', text: 'Passez nous voir.' } },
    ]);
    await canned.updateComplete;
    assert.equal(canned.shadowRoot?.activeElement?.getAttribute('data-edit'), 'm');
  });

  it('removes one', async () => {
    const canned = await show();
    await click(canned, '.reply .icon-button:last-of-type');
    assert.deepEqual(intents, [{ do: 'remove-canned', id: 'b' }]);
  });

  it('is accessible: list, empty, form, problem', async () => {
    await assertAccessible(await show());
    await assertAccessible(await show(deskState()));
    const canned = await show();
    await click(canned, '.add');
    await assertAccessible(canned);
    await fill(canned, '', '');
    await assertAccessible(canned);
  });
});
