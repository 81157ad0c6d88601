import { assert, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { Limits } from '../../../shared/limits.ts';
import type { OwnCardState } from '../../store/desk/card/own-card.ts';
import type { DeskIntent, DeskIntentEvent } from '../desk-intent.ts';
import { assertAccessible } from '../testing/accessible.ts';
import { busyState, ownCard } from '../testing/desk-fixtures.ts';
import './card.ts';
import type { ComptoirDeskCard } from './card.ts';

let intents: DeskIntent[] = [];

/** A card that keeps what is typed, as the store does. */
async function show(given: Partial<OwnCardState> = {}, online = true): Promise<ComptoirDeskCard> {
  const keep = ({ intent, target }: DeskIntentEvent): void => {
    intents.push(intent);
    const element = target as ComptoirDeskCard;
    if (intent.do === 'edit-card' && element.state)
      element.state = {
        ...element.state,
        card: { ...element.state.card, fields: intent.fields, changed: true },
      };
  };
  return fixture(
    html`<comptoir-desk-card
      .state=${busyState({ card: ownCard(given) })}
      .online=${online}
      @comptoir-desk-intent=${keep}
    ></comptoir-desk-card>`,
  );
}
const find = <T extends HTMLElement>(card: ComptoirDeskCard, selector: string): T =>
  card.renderRoot.querySelector<T>(selector)!;
const chipsOf = (card: ComptoirDeskCard): string[] =>
  Array.from(card.renderRoot.querySelectorAll('.chip span'), (chip) => chip.textContent);
const edits = (): DeskIntent[] => intents.filter((intent) => intent.do === 'edit-card');
async function type(card: ComptoirDeskCard, selector: string, text: string): Promise<void> {
  find(card, selector).focus();
  await sendKeys({ type: text });
  await card.updateComplete;
}

describe('<comptoir-desk-card>', () => {
  beforeEach(() => {
    intents = [];
  });

  it('reads the card when it opens, and again once the network is back', async () => {
    const card = await show({}, false);
    assert.isEmpty(intents);
    card.online = true;
    await card.updateComplete;
    assert.deepEqual(intents, [{ do: 'open-card' }]);
  });

  it('keeps what is typed, and saves it', async () => {
    const card = await show();
    await type(card, '#store', ' Croix-Rousse');
    find(card, '#name').focus();
    await sendKeys({ press: 'Enter' });
    const fields = { ...ownCard().fields, store: 'Lyon Croix-Rousse' };
    assert.deepEqual(intents.slice(-2), [{ do: 'edit-card', fields }, { do: 'save-card' }]);
  });

  it('adds by Enter, a comma, or leaving the box, each once', async () => {
    const card = await show();
    for (const [text, press] of [
      ['Carrelage', 'Enter'],
      ['Joints', ','],
      ['murs', 'Enter'],
      ['Colles', 'Tab'],
    ] as const) {
      await type(card, '#topics', text);
      await sendKeys({ press });
      await card.updateComplete;
      assert.equal(find<HTMLInputElement>(card, '#topics').value, '');
    }
    const all = ['Murs', 'Peinture', 'Carrelage', 'Joints', 'Colles'];
    assert.deepEqual(chipsOf(card), [...all, 'Perceuse P18']);
    assert.isFalse(
      intents.some((intent) => intent.do === 'save-card'),
      'Enter adds, no more',
    );
  });

  it('removes by a named button and by Backspace, says so, and keeps the focus', async () => {
    const card = await show();
    const remove = find(card, '.chip button');
    assert.equal(remove.getAttribute('aria-label'), 'Retirer Murs');
    remove.click();
    await card.updateComplete;
    assert.deepEqual(chipsOf(card), ['Peinture', 'Perceuse P18']);
    assert.equal(find(card, '.scroll > [role=status]').textContent, 'Murs retiré.');
    assert.equal(card.shadowRoot?.activeElement?.id, 'topics');
    await sendKeys({ press: 'Backspace' });
    await card.updateComplete;
    assert.deepEqual(chipsOf(card), ['Perceuse P18']);
  });

  it('takes as many as there may be', async () => {
    const topics = Array.from({ length: Limits.cardItems }, (_, at) => `sujet ${at}`);
    const card = await show({ fields: { ...ownCard().fields, topics } });
    assert.isTrue(find<HTMLInputElement>(card, '#topics').readOnly);
    assert.include(find(card, '#topics-hint').textContent, '12 au plus');
    await sendKeys({ press: 'Enter' });
    assert.isEmpty(edits());
  });

  it('saves what shows, without what nobody may write', async () => {
    const fields = { ...ownCard().fields, name: ' Ma\u202eud\u3164 ', store: '\u2800' };
    const card = await show({ fields });
    find(card, '.foot button').click();
    const edit = edits().at(-1);
    if (edit?.do !== 'edit-card') throw new Error('nothing was edited');
    assert.deepEqual([edit.fields.name, edit.fields.store], ['Maud', '']);
    assert.isTrue(intents.some((intent) => intent.do === 'save-card'));
  });

  it('keeps the focus in the pane when a photo is to stay', async () => {
    const photo = { url: 'data:image/png;base64,', held: false, busy: false, problem: null };
    const card = await show({ photo });
    find(card, '.ways button').click();
    await card.updateComplete;
    find(card, '.ways button:last-child').focus();
    find(card, '.ways button:last-child').click();
    await card.updateComplete;
    assert.equal(card.shadowRoot?.activeElement, find(card, '.scroll'));
  });

  it('does not save without a name', async () => {
    const card = await show({ fields: { ...ownCard().fields, name: ' \u200b' } });
    find(card, '.foot button').click();
    await card.updateComplete;
    assert.isFalse(intents.some((intent) => intent.do === 'save-card'));
    assert.equal(card.shadowRoot?.activeElement?.id, 'name');
    assert.equal(find(card, '#name-hint').textContent.trim(), 'Il faut un nom.');
    await assertAccessible(card);
  });

  it('sends a photo and takes it away', async () => {
    const photo = { url: 'data:image/png;base64,', held: true, busy: false, problem: null };
    const card = await show({ photo });
    assert.include(find(card, '#photo-state').textContent, 'En attente');
    find(card, '.ways button').click();
    await card.updateComplete;
    const input = find<HTMLInputElement>(card, 'input[type=file]');
    const files = new DataTransfer();
    files.items.add(new File(['x'], 'face.jpg'));
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
    await card.updateComplete;
    assert.notInclude(find(card, '.ways button').textContent, 'définitivement', 'chose another');
    find(card, '.ways button').click();
    await card.updateComplete;
    assert.include(find(card, '.ways button').textContent, 'définitivement', 'asked once more');
    assert.notInclude(
      intents.map((intent) => intent.do),
      'remove-photo',
    );
    await assertAccessible(card);
    find(card, '.ways button').click();
    const done = intents.map((intent) => intent.do).filter((name) => name !== 'open-card');
    assert.deepEqual(done, ['photo', 'remove-photo']);
  });

  it('tells what went wrong, beside what it went wrong with', async () => {
    const photo = { url: '', held: false, busy: false, problem: 'too-big' } as const;
    const card = await show({ photo, changed: true, problem: 'offline' }, false);
    assert.include(find(card, '#photo-state').textContent, '5\u00a0Mo');
    assert.include(find(card, '.foot .state').textContent, 'Il faut être en ligne');
    assert.include(find(card, '.foot .state').textContent, 'gardé ici');
    await assertAccessible(card);
  });

  it('says that there were too many changes, of the card or its photo, and keeps what is typed', async () => {
    const photo = { url: '', held: false, busy: false, problem: 'too-many' } as const;
    const card = await show({ photo, changed: true, problem: 'too-many' });
    for (const part of ['#photo-state', '.foot .state'])
      assert.include(find(card, part).textContent, 'Trop de changements à la fois');
    assert.include(find(card, '.foot .state').textContent, 'gardé ici');
    await assertAccessible(card);
  });

  it('shows no form over a card that is still on its way', async () => {
    const fields = { name: '', topics: [], store: '', owns: [] };
    const card = await show({ status: 'loading', fields });
    assert.isNull(find(card, 'form'));
    await assertAccessible(card);
  });

  it('is accessible', async () => {
    await assertAccessible(await show());
    await assertAccessible(await show({ save: 'saved' }));
    await assertAccessible(
      await show({ photo: { url: '', held: false, busy: true, problem: null }, save: 'saving' }),
    );
  });
});
