import { expect, fixture, html } from '@open-wc/testing';
import type { DecisionId, EntryId } from '../../../shared/ids.ts';
import type { ThreadItem, ThreadMessage } from '../../store/conversation/thread-state.ts';
import type { DecisionView } from '../../store/moderation/moderation-state.ts';
import { eventOf } from '../../testing/event-of.ts';
import { longThread, maud, said, threadOf, visitor } from '../../testing/fixtures.ts';
import '../thread/comptoir-thread.ts';
import type { ComptoirThread } from '../thread/comptoir-thread.ts';

const reportable = (item: ThreadItem): ThreadItem =>
  item.type === 'message' ? { ...item, reportable: !item.mine } : item;
const items = (): ThreadItem[] =>
  [
    said(visitor, 'Une question', 9, { id: 'question' }),
    said(maud, 'Une réponse', 8, { id: 'answer' }),
  ].map(reportable);
const refused: DecisionView = {
  reference: 'reference' as DecisionId,
  references: ['reference' as DecisionId],
  id: 'question' as EntryId,
  what: 'refused',
  code: 'link',
  reason: '',
  until: 0,
  automatic: true,
  appeal: 'open',
  fresh: true,
  seen: false,
};

async function show(given: readonly ThreadItem[] = items()): Promise<ComptoirThread> {
  const box = await fixture(html`<div><comptoir-thread quotable></comptoir-thread></div>`);
  const thread = box.querySelector('comptoir-thread') as ComptoirThread;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host { block-size: 400px; inline-size: 360px; }');
  const root = thread.shadowRoot as ShadowRoot;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  thread.thread = threadOf(given);
  await thread.updateComplete;
  return thread;
}

const all = (thread: ComptoirThread, selector: string): HTMLElement[] =>
  Array.from((thread.shadowRoot as ShadowRoot).querySelectorAll<HTMLElement>(selector));
const choices = (thread: ComptoirThread): string[] =>
  all(thread, '[role=menuitem]').map(({ innerText }) => innerText.trim());
const more = (thread: ComptoirThread, id: string): HTMLElement =>
  all(thread, '.more-of').find(
    (one) => one.getAttribute('aria-describedby') === `words-${id}`,
  ) as HTMLElement;

async function openMenu(thread: ComptoirThread, id: string): Promise<void> {
  more(thread, id).click();
  await thread.updateComplete;
  await thread.updateComplete;
}

describe('reporting from a thread', () => {
  it('is in the menu of what others wrote, opens a sheet, and gives the focus back', async () => {
    const thread = await show();
    await openMenu(thread, 'question');
    expect(choices(thread)).to.not.contain('Signaler');
    all(thread, '.menu')[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await openMenu(thread, 'answer');
    expect(choices(thread)).to.deep.equal(['Répondre', 'Copier le texte', 'Signaler']);
    more(thread, 'answer').focus();
    all(thread, '[data-item=report]')[0]?.click();
    await thread.updateComplete;
    const sheet = all(thread, 'comptoir-report')[0] as HTMLElementTagNameMap['comptoir-report'];
    await sheet.updateComplete;
    await sheet.updateComplete;
    expect(thread.shadowRoot?.activeElement).to.equal(sheet);
    expect(all(thread, '.scroll')[0]?.inert).to.equal(true);
    await expect(thread).shadowDom.to.be.accessible();
    const reported = eventOf(thread, 'comptoir-report');
    sheet.shadowRoot?.querySelector<HTMLElement>('[data-reason=insult]')?.click();
    expect((await reported).report).to.deep.equal({ target: 'answer', reason: 1, text: '' });
    thread.thread = threadOf(items(), {
      reporting: { hides: false, reports: { answer: { state: 'kept', undoable: true } } },
    });
    await thread.updateComplete;
    await sheet.updateComplete;
    const undone = eventOf(thread, 'comptoir-unreport');
    sheet.shadowRoot?.querySelector<HTMLElement>('.undo')?.click();
    expect((await undone).messageId).to.equal('answer');
    await thread.updateComplete;
    await thread.updateComplete;
    expect(all(thread, 'comptoir-report')).to.deep.equal([]);
    expect(thread.shadowRoot?.activeElement).to.equal(more(thread, 'answer'));
    await openMenu(thread, 'answer');
    expect(choices(thread)).to.contain('Signalé');
  });

  it('says that its message is gone, asks nothing any more, and leaves the focus in the thread', async () => {
    const thread = await show();
    await openMenu(thread, 'answer');
    all(thread, '[data-item=report]')[0]?.click();
    await thread.updateComplete;
    const sheet = all(thread, 'comptoir-report')[0] as HTMLElementTagNameMap['comptoir-report'];
    await sheet.updateComplete;
    const inside = (selector: string): HTMLElement | null =>
      (sheet.shadowRoot as ShadowRoot).querySelector<HTMLElement>(selector);
    inside('[data-reason=scam]')?.focus();
    thread.thread = threadOf([items()[0]!, { type: 'hidden', id: 'answer', here: false }]);
    await thread.updateComplete;
    await sheet.updateComplete;
    await sheet.updateComplete;
    expect(inside('[data-reason]')).to.equal(null);
    expect(inside('[role=status]')?.innerText).to.contain('n’est plus visible');
    expect(sheet.shadowRoot?.activeElement).to.equal(inside('h3'));
    inside('.row button')?.click();
    await thread.updateComplete;
    await thread.updateComplete;
    expect(all(thread, 'comptoir-report')).to.deep.equal([]);
    expect(thread.shadowRoot?.activeElement, 'its opener is gone').to.equal(
      all(thread, '.scroll')[0],
    );
  });

  it('ends when another conversation is shown', async () => {
    const thread = await show();
    await openMenu(thread, 'answer');
    all(thread, '[data-item=report]')[0]?.click();
    await thread.updateComplete;
    expect(all(thread, 'comptoir-report')).to.have.length(1);
    thread.thread = { ...threadOf(items()), id: 'another' as never };
    await thread.updateComplete;
    await thread.updateComplete;
    expect(all(thread, 'comptoir-report')).to.deep.equal([]);
  });
});

describe('a hidden message', () => {
  it('is one calm line in its place, and can be shown again until the report left', async () => {
    const hidden: ThreadItem = { type: 'hidden', id: 'answer', here: true };
    const thread = await show([items()[0]!, hidden, said(maud, 'Et aussi', 1)]);
    const texts = (): string[] =>
      all(thread, '.words, .note').map(({ innerText }) =>
        innerText.replaceAll(/\s+/gu, ' ').trim(),
      );
    expect(texts()).to.deep.equal([
      'Une question',
      'Masqué ici, les autres ne le savent pas encore',
      'Et aussi',
    ]);
    expect(all(thread, '.undo-hide')).to.deep.equal([]);
    thread.thread = threadOf(
      thread.thread!.items.map((item) =>
        item.id === 'answer' ? { ...hidden, undoable: true } : item,
      ),
    );
    await thread.updateComplete;
    const undone = eventOf(thread, 'comptoir-unreport');
    all(thread, '.undo-hide')[0]?.click();
    expect((await undone).messageId).to.equal('answer');
    thread.thread = threadOf([items()[0]!, { ...hidden, here: false }]);
    await thread.updateComplete;
    expect(texts()[1]).to.equal('Message masqué, en cours de relecture');
    await expect(thread).shadowDom.to.be.accessible();
    thread.locale = 'en';
    await thread.updateComplete;
    expect(texts()[1]).to.equal('Message hidden, being checked');
  });

  it('sets no day of its own', async () => {
    const [question, answer] = [said(visitor, 'Hier', 60 * 30), said(maud, 'Hier aussi', 60 * 29)];
    const thread = await show([question, { type: 'hidden', id: 'x', here: false }, answer]);
    expect(all(thread, '.day').map(({ innerText }) => innerText)).to.have.length(1);
  });

  it('moves nothing around what somebody reads, as it goes and as it comes back', async () => {
    const long = longThread(60).map(reportable);
    const thread = await show(long);
    const scroller = all(thread, '.scroll')[0] as HTMLElement;
    const scrolled = eventOf(scroller, 'scroll');
    scroller.scrollTop = -1_200;
    await scrolled;
    const box = thread.getBoundingClientRect();
    const read = all(thread, '.bubble').find(
      (one) => one.getBoundingClientRect().top > box.top + 100,
    ) as HTMLElement;
    const at = long.findIndex(({ id }) => id === read.dataset['message']);
    const top = (): number => read.getBoundingClientRect().top;
    const before = top();
    for (const each of [at - 3, at + 3]) {
      const without = long.map((item, index): ThreadItem =>
        index === each ? { type: 'hidden', id: item.id, here: false } : item,
      );
      thread.thread = threadOf(without);
      await thread.updateComplete;
      expect(top(), `hidden ${each - at}`).to.be.closeTo(before, 1);
      thread.thread = threadOf(long);
      await thread.updateComplete;
      expect(top(), `back ${each - at}`).to.be.closeTo(before, 1);
    }
  });
});

describe('a decision under an own message', () => {
  const own = (more: Partial<ThreadMessage>, decision = refused): ThreadItem => ({
    ...(items()[0] as ThreadMessage),
    ...more,
    decision,
  });

  it('tells in place of the bare refusal, with every way out, and passes on what is done', async () => {
    const thread = await show([own({ delivery: { type: 'refused', code: 'moderated' } })]);
    const decision = all(
      thread,
      'comptoir-decision',
    )[0] as HTMLElementTagNameMap['comptoir-decision'];
    await decision.updateComplete;
    expect(all(thread, '.meta')).to.deep.equal([]);
    expect(
      all(thread, 'comptoir-decision > button').map(({ innerText }) => innerText),
    ).to.deep.equal(['Modifier', 'Copier', 'Retirer']);
    await expect(thread).shadowDom.to.be.accessible();
    const edited = eventOf(thread, 'comptoir-edit');
    all(thread, 'comptoir-decision > button')[0]?.click();
    expect((await edited).messageId).to.equal('question');
    decision.shadowRoot?.querySelector<HTMLElement>('.appeal')?.click();
    await decision.updateComplete;
    const appealed = eventOf(thread, 'comptoir-appeal');
    decision.shadowRoot?.querySelector<HTMLElement>('[type=submit]')?.click();
    expect((await appealed).reference).to.equal(refused.reference);
  });

  it('is told as seen outside the thread', async () => {
    const box = await fixture(html`<div></div>`);
    const seen = eventOf(box, 'comptoir-decision-seen');
    const thread = document.createElement('comptoir-thread');
    thread.thread = threadOf([own({ delivery: { type: 'refused', code: 'moderated' } })]);
    box.append(thread);
    expect((await seen).decision.references).to.deep.equal(refused.references);
  });

  it('adds to what a held message says, and says it only once', async () => {
    const thread = await show([
      own({ delivery: { type: 'held' } }, { ...refused, what: 'held', code: 'phone' }),
    ]);
    const decision = all(
      thread,
      'comptoir-decision',
    )[0] as HTMLElementTagNameMap['comptoir-decision'];
    await decision.updateComplete;
    expect(all(thread, '.meta')[0]?.innerText.replaceAll(/\s+/gu, ' ').trim()).to.equal(
      'Relu avant publication : vous seul le voyez',
    );
    expect(decision.shadowRoot?.querySelector('.what b')).to.equal(null);
    expect(decision.shadowRoot?.querySelector('.what')?.textContent).to.contain(
      'numéro de téléphone',
    );
  });
});
