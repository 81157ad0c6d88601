import { expect, fixture, html } from '@open-wc/testing';
import type { DecisionId, EntryId } from '../../../shared/ids.ts';
import type { DecisionView } from '../../store/moderation/moderation-state.ts';
import { eventOf } from '../../testing/event-of.ts';
import './comptoir-decision.ts';
import type { ComptoirDecision } from './comptoir-decision.ts';

const reference = 'reference' as DecisionId;
const refused: DecisionView = {
  reference,
  references: ['first' as DecisionId, reference],
  id: 'entry' as EntryId,
  what: 'refused',
  code: 'foreign-link',
  reason: 'Pas de lien vers d’autres sites',
  until: 0,
  automatic: true,
  appeal: 'open',
  fresh: true,
  seen: false,
};

async function show(more: Partial<DecisionView> = {}, locale = 'fr'): Promise<ComptoirDecision> {
  return fixture<ComptoirDecision>(
    html`<comptoir-decision
      .decision=${{ ...refused, ...more }}
      .locale=${locale}
    ></comptoir-decision>`,
  );
}

const all = (one: ComptoirDecision, selector: string): HTMLElement[] =>
  Array.from((one.shadowRoot as ShadowRoot).querySelectorAll<HTMLElement>(selector));
const textOf = (one: ComptoirDecision): string =>
  all(one, '.decision')[0]?.innerText.replaceAll(/\s+/gu, ' ').trim() ?? '';

describe('<comptoir-decision>', () => {
  it('says what was decided, by which rule, by whom and why, in both languages', async () => {
    const one = await show();
    expect(textOf(one)).to.equal(
      'Non publié. Règle : lien vers un autre site. Décision prise par un filtre automatique. Motif : Pas de lien vers d’autres sites Contester',
    );
    await expect(one).shadowDom.to.be.accessible();
    one.locale = 'en';
    await one.updateComplete;
    expect(textOf(one)).to.contain('Not published. Rule: link to another site.');
    const article = await show({ code: '3', automatic: false, until: Date.UTC(2031, 4, 12) });
    expect(textOf(article)).to.contain(
      'Règle : charte, article 3. Décision prise par une personne.',
    );
    expect(textOf(article)).to.match(/Jusqu’au 1[12] mai/u);
    expect(textOf(await show({ code: 'of-a-later-release' }))).to.contain('règle du comptoir');
  });

  it('says good news in a word', async () => {
    for (const what of ['approved', 'unhidden'] as const) {
      const one = await show({ what, code: 'link', reason: '', appeal: 'none' });
      expect(textOf(one)).to.equal(
        what === 'approved' ? 'Publié après relecture.' : 'De nouveau visible.',
      );
    }
  });

  it('is told as seen once, when it is in sight', async () => {
    const seen: string[][] = [];
    const listener = ({ decision }: GlobalEventHandlersEventMap['comptoir-decision-seen']): void =>
      void seen.push([...decision.references]);
    document.addEventListener('comptoir-decision-seen', listener as EventListener);
    try {
      const box = await fixture<HTMLElement>(html`<div hidden></div>`);
      const one = document.createElement('comptoir-decision');
      one.decision = refused;
      box.append(one);
      await one.updateComplete;
      const other = await show({ references: [reference] });
      await eventOf(other, 'comptoir-decision-seen');
      expect(seen, 'only the one in sight').to.deep.equal([['reference']]);
      const told = eventOf(one, 'comptoir-decision-seen');
      box.hidden = false;
      await told;
      expect(seen).to.have.length(2);
      one.decision = { ...refused, appeal: 'kept' };
      await one.updateComplete;
      const third = await show({ references: ['third' as DecisionId] });
      await eventOf(third, 'comptoir-decision-seen');
      expect(seen.map((each) => each.at(-1))).to.deep.equal(['reference', 'reference', 'third']);
    } finally {
      document.removeEventListener('comptoir-decision-seen', listener as EventListener);
    }
  });

  it('is not told again when it was seen on an earlier visit', async () => {
    const seen: unknown[] = [];
    const box = await fixture<HTMLElement>(html`<div></div>`);
    box.addEventListener('comptoir-decision-seen', (event) => seen.push(event.decision.reference));
    const one = document.createElement('comptoir-decision');
    one.decision = { ...refused, seen: true };
    const news = document.createElement('comptoir-decision');
    news.decision = { ...refused, reference: 'news' as DecisionId };
    box.append(one, news);
    await eventOf(news, 'comptoir-decision-seen');
    expect(seen).to.deep.equal(['news']);
  });

  it('takes the one appeal by keyboard, and gives the focus back when that is left', async () => {
    const one = await show();
    const ask = (): HTMLElement | undefined => all(one, '.appeal')[0];
    const focused = (): Element | null | undefined => one.shadowRoot?.activeElement;
    ask()?.click();
    await one.updateComplete;
    await one.updateComplete;
    const field = all(one, 'textarea')[0] as HTMLTextAreaElement;
    expect(focused()).to.equal(field);
    await expect(one).shadowDom.to.be.accessible();
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await one.updateComplete;
    await one.updateComplete;
    expect(focused()).to.equal(ask());
    ask()?.click();
    await one.updateComplete;
    (all(one, 'textarea')[0] as HTMLTextAreaElement).value = ' C’est le site de la marque ';
    const told = eventOf(one, 'comptoir-appeal');
    all(one, '[type=submit]')[0]?.click();
    const { reference: about, text } = await told;
    expect([about, text]).to.deep.equal([reference, 'C’est le site de la marque']);
  });

  it('says where the appeal is, and offers none twice', async () => {
    const said: string[] = [];
    for (const appeal of ['kept', 'received', 'granted', 'upheld'] as const) {
      const one = await show({ appeal });
      said.push(all(one, '[role=status]')[0]?.innerText.replaceAll(/\s+/gu, ' ').trim() ?? '');
      expect(all(one, '.appeal')).to.deep.equal([]);
    }
    expect(said).to.deep.equal([
      'Contestation gardée sur cet appareil, elle partira au retour du réseau.',
      'Contestation reçue. La réponse viendra ici.',
      'Votre contestation est acceptée.',
      'Relu après votre contestation : la décision est maintenue.',
    ]);
  });
});
