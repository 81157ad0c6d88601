import { expect, fixture, html } from '@open-wc/testing';
import type { EntryId } from '../../../shared/ids.ts';
import { eventOf } from '../../testing/event-of.ts';
import './comptoir-report.ts';
import type { ComptoirReport } from './comptoir-report.ts';

const target = 'message' as EntryId;

async function show(more: Partial<ComptoirReport> = {}): Promise<ComptoirReport> {
  const one = await fixture<ComptoirReport>(
    html`<comptoir-report .target=${target} .text=${'Achetez chez moi'}></comptoir-report>`,
  );
  Object.assign(one, more);
  await one.updateComplete;
  return one;
}

const all = (one: ComptoirReport, selector: string): HTMLElement[] =>
  Array.from((one.shadowRoot as ShadowRoot).querySelectorAll<HTMLElement>(selector));

describe('<comptoir-report>', () => {
  it('offers the reasons, says what happens, and can be read', async () => {
    const one = await show();
    expect(all(one, '[data-reason]').map(({ innerText }) => innerText.trim())).to.deep.equal([
      'Insulte ou moquerie',
      'Haine ou discrimination',
      'Propos sexuels',
      'Arnaque ou publicité',
      'Données personnelles',
      'Contenu illicite',
      'Autre chose',
    ]);
    expect(all(one, '.sheet')[0]?.innerText).to.contain('L’auteur ne saura pas que c’est vous.');
    expect(all(one, '.about')[0]?.innerText).to.equal('Achetez chez moi');
    await expect(one).shadowDom.to.be.accessible();
    one.locale = 'en';
    one.hides = true;
    await one.updateComplete;
    expect(all(one, '.sheet')[0]?.innerText).to.contain('It is hidden from everybody at once');
    expect(all(one, '[data-reason]')[3]?.innerText.trim()).to.equal('Scam or advert');
  });

  it('reports in one tap, with a note for whoever wishes', async () => {
    const one = await show();
    const reported = async (name: string): Promise<unknown> => {
      const told = eventOf(one, 'comptoir-report');
      all(one, `[data-reason=${name}]`)[0]?.click();
      return (await told).report;
    };
    expect(await reported('scam')).to.deep.equal({ target, reason: 4, text: '' });
    all(one, 'summary')[0]?.click();
    const note = all(one, 'textarea')[0] as HTMLTextAreaElement;
    expect(note.maxLength).to.equal(300);
    note.value = 'Le\u202e troisième';
    expect(await reported('other')).to.deep.equal({ target, reason: 7, text: 'Le troisième' });
  });

  it('gives a receipt, takes the focus along, and takes back what never left', async () => {
    const one = await show();
    all(one, '[data-reason=insult]')[0]?.focus();
    one.report = { state: 'kept', undoable: true };
    await one.updateComplete;
    await one.updateComplete;
    expect(one.shadowRoot?.activeElement).to.equal(all(one, 'h3')[0]);
    expect(all(one, '[role=status]')[0]?.innerText).to.contain('partira au retour du réseau');
    await expect(one).shadowDom.to.be.accessible();
    const undone = eventOf(one, 'comptoir-unreport');
    const closed = eventOf(one, 'close');
    all(one, '.undo')[0]?.click();
    expect((await undone).messageId).to.equal(target);
    await closed;
  });

  it('says what became of a report, each in its own words, and offers no second one', async () => {
    const said = new Set<string>();
    for (const state of ['kept', 'taken', 'upheld', 'rejected', 'refused'] as const) {
      const one = await show({ report: { state, undoable: false } });
      said.add(all(one, '.receipt')[0]?.innerText ?? '');
      expect(all(one, '[data-reason], .undo')).to.deep.equal([]);
    }
    expect(said.size).to.equal(5);
    expect([...said][1]).to.contain('Reçu.');
  });

  it('closes by its button, a press beside it and Escape, which goes no further', async () => {
    const one = await show();
    const closes = async (act: () => void): Promise<void> => {
      const closed = eventOf(one, 'close');
      act();
      await closed;
    };
    await closes(() => all(one, '.close')[0]?.click());
    await closes(() => all(one, '.beside')[0]?.click());
    const escape = new KeyboardEvent('keydown', {
      key: 'Escape',
      bubbles: true,
      cancelable: true,
      composed: true,
    });
    let outside = false;
    one.addEventListener('keydown', () => (outside = true));
    await closes(() => all(one, 'h3')[0]?.dispatchEvent(escape));
    expect([escape.defaultPrevented, outside]).to.deep.equal([true, false]);
  });
});
