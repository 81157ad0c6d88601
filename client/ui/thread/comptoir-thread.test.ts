import { expect, fixture, html } from '@open-wc/testing';
import type { ThreadItem } from '../../store/conversation/thread-state.ts';
import { eventOf } from '../../testing/event-of.ts';
import {
  gaspard,
  longThread,
  maud,
  romane,
  said,
  solene,
  threadOf,
  visitor,
} from '../../testing/fixtures.ts';
import './comptoir-thread.ts';
import type { ComptoirThread } from './comptoir-thread.ts';

const conversation = (): ThreadItem[] => [
  said(visitor, 'Bonjour', 1600, { delivery: { type: 'read' } }),
  said(maud, 'Voyez https://example.org/a.', 30),
  said(maud, '<img src=x onerror=alert(1)>', 29),
  said(solene, 'D’accord', 20),
  said(visitor, 'Merci', 10, { delivery: { type: 'received' } }),
];

async function show(
  items: readonly ThreadItem[],
  more = {},
  height = 400,
): Promise<ComptoirThread> {
  const box = await fixture(html`<div><comptoir-thread></comptoir-thread></div>`);
  const thread = box.querySelector('comptoir-thread') as ComptoirThread;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host { block-size: ${height}px; inline-size: 360px; }`);
  const root = thread.shadowRoot as ShadowRoot;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  thread.thread = threadOf(items, more);
  await thread.updateComplete;
  return thread;
}

const all = (thread: ComptoirThread, selector: string): HTMLElement[] =>
  Array.from((thread.shadowRoot as ShadowRoot).querySelectorAll<HTMLElement>(selector));
const scroller = (thread: ComptoirThread): HTMLElement => all(thread, '.scroll')[0] as HTMLElement;
const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done));
const scrolled = async (thread: ComptoirThread, top: number): Promise<void> => {
  const moved = eventOf(scroller(thread), 'scroll');
  scroller(thread).scrollTop = top;
  await moved;
  await thread.updateComplete;
};

describe('<comptoir-thread>', () => {
  it('groups, says who speaks and when the day changes', async () => {
    const thread = await show(conversation());
    expect(all(thread, '.group').length).to.equal(4);
    expect(all(thread, '.day').length).to.equal(2);
    expect(all(thread, '.who').map((one) => one.innerText.replace(/\s+/g, ' '))).to.deep.equal([
      'Maud Aide',
      'Solène Expertise',
    ]);
    expect(
      all(thread, '.meta')
        .map((one) => one.innerText)
        .join(),
    ).to.contain('Lu');
    await expect(thread).shadowDom.to.be.accessible();
  });

  it('shows text as text and finds its links', async () => {
    const thread = await show(conversation());
    expect(all(thread, 'img')).to.deep.equal([]);
    const [link] = all(thread, 'a') as HTMLAnchorElement[];
    expect(link?.href).to.equal('https://example.org/a');
    expect(link?.rel).to.contain('noopener').and.contain('ugc');
    expect(link?.target).to.equal('_blank');
  });

  it('shows a few emoji large, and no text', async () => {
    const thread = await show(
      ['👍', '👩‍🚀 🎉', '👍 merci', '12', '🎉🎉🎉🎉'].map((text) => said(maud, text, 1)),
    );
    const large = all(thread, '.bubble').map((one) => one.classList.contains('emoji'));
    expect(large).to.deep.equal([true, true, false, false, false]);
  });

  it('knows an emoji of any make, and what is none', async () => {
    const pictures = ['❤️', '👍🏽', '🇫🇷 🇧🇪', '1️⃣', '👨‍👩‍👧‍👦', '🏴‍☠️', '🏳️‍🌈', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'];
    const others = ['', '❤', '©', '1', '🇫', '🎉x', '\u200D', '\uFE0F'];
    const thread = await show([...pictures, ...others].map((text) => said(maud, text, 1)));
    const large = all(thread, '.bubble').map((one) => one.classList.contains('emoji'));
    expect(large).to.deep.equal([...pictures.map(() => true), ...others.map(() => false)]);
  });

  it('says where an own message is, with two ways out of a refusal', async () => {
    const thread = await show([
      said(visitor, 'a', 9, { delivery: { type: 'kept' } }),
      said(visitor, 'b', 8, { delivery: { type: 'later', retryAt: Date.now() + 20_000 } }),
      said(visitor, 'c', 7, { delivery: { type: 'held' } }),
      said(visitor, 'd', 6, { id: 'd', delivery: { type: 'refused', code: 'blocked' } }),
    ]);
    const metas = all(thread, '.meta').map((one) => one.innerText);
    expect(metas[0]).to.contain('Gardé sur cet appareil');
    expect(metas[1]).to.contain('renvoi dans');
    expect(metas[2]).to.contain('vous seul');
    expect(metas[3]).to.contain('Non publié');
    const [edit, withdraw] = all(thread, '.meta button');
    const edited = eventOf(thread, 'comptoir-edit');
    edit?.click();
    expect((await edited).messageId).to.equal('d');
    const withdrawn = eventOf(thread, 'comptoir-withdraw');
    withdraw?.click();
    expect((await withdrawn).messageId).to.equal('d');
    await expect(thread).shadowDom.to.be.accessible();
  });

  it('keeps the focus when what was pressed is gone', async () => {
    const items = longThread(60);
    const thread = await show([...items, said(visitor, 'a', 0, { id: 'a' })]);
    const focused = (): Element | null => (thread.shadowRoot as ShadowRoot).activeElement;
    all(thread, '.more-of').at(-1)?.focus();
    thread.thread = threadOf(items);
    await thread.updateComplete;
    expect(focused()).to.equal(scroller(thread));
    await scrolled(thread, -2_000);
    const [pill] = all(thread, '.pill');
    pill?.focus();
    expect(focused()).to.equal(pill);
    const moved = eventOf(scroller(thread), 'scroll');
    pill?.click();
    await moved;
    await thread.updateComplete;
    expect(all(thread, '.pill')).to.deep.equal([]);
    expect(focused()).to.equal(scroller(thread));
  });

  it('opens at the end, and at the first unread message when that is further up', async () => {
    const items = longThread(100);
    const thread = await show(items);
    expect(scroller(thread).scrollTop).to.equal(0);
    const unread = items[80]?.id ?? '';
    const other = await show(items, { unreadFrom: unread });
    const line = all(other, '.unread')[0]?.getBoundingClientRect().top ?? 0;
    expect(line - scroller(other).getBoundingClientRect().top).to.be.within(0, 60);
  });

  it('stays at the end when there, and where the reader is when above', async () => {
    const items = longThread(60);
    const thread = await show(items);
    items.push(said(maud, 'nouveau', 0));
    thread.thread = threadOf([...items]);
    await thread.updateComplete;
    expect(scroller(thread).scrollTop).to.equal(0);
    await scrolled(thread, -600);
    const seen = all(thread, '.group').find(
      (one) => one.getBoundingClientRect().top > scroller(thread).getBoundingClientRect().top,
    ) as HTMLElement;
    const before = seen.getBoundingClientRect().top;
    thread.thread = threadOf([...items, said(gaspard, 'encore', 0)]);
    await thread.updateComplete;
    await frame();
    expect(seen.getBoundingClientRect().top).to.be.closeTo(before, 1);
    await thread.updateComplete;
    expect(all(thread, '.pill')[0]?.innerText).to.contain('1\u00a0nouveau message');
    await expect(thread).shadowDom.to.be.accessible();
    all(thread, '.pill')[0]?.click();
    expect(scroller(thread).scrollTop).to.equal(0);
  });

  it('goes to the end for a message of one’s own', async () => {
    const items = longThread(60);
    const thread = await show(items);
    await scrolled(thread, -600);
    thread.thread = threadOf([...items, said(visitor, 'moi', 0)]);
    await thread.updateComplete;
    expect(scroller(thread).scrollTop).to.equal(0);
  });

  it('lays out few of 1,000 messages before it is asked for more, and reaches the first', async () => {
    const thread = await show(conversation());
    const items = longThread(1000);
    thread.thread = threadOf(items, { id: 'other' as never });
    await thread.updateComplete;
    await frame();
    await thread.updateComplete;
    expect(all(thread, '.bubble').length).to.be.within(16, 60);
    for (let tries = 0; all(thread, '.more').length > 0 && tries < 30; tries++) {
      all(thread, '.more')[0]?.click();
      await thread.updateComplete;
    }
    expect(all(thread, '.bubble').length).to.be.below(500);
    expect(all(thread, '.bubble')[0]?.innerText).to.contain('Message 1\u00a0: ');
  });

  it('fills a window that is taller than what it lays out at first', async () => {
    const thread = await show(longThread(1000), {}, 4_000);
    for (let frames = 0; frames < 4; frames++) {
      await frame();
      await thread.updateComplete;
    }
    const top = all(thread, '.bubble')[0]?.getBoundingClientRect().top ?? Infinity;
    expect(top).to.be.below(scroller(thread).getBoundingClientRect().top);
  });

  it('adds each new message to the log once, and nothing when scrolling back or read', async () => {
    const items = longThread(200);
    const thread = await show(items);
    const log = all(thread, '[role=log]')[0] as HTMLElement;
    const added: string[] = [];
    const observer = new MutationObserver((changes) => {
      for (const change of changes)
        for (const node of change.addedNodes)
          if (node instanceof HTMLElement && !node.closest('[aria-live=off]'))
            added.push(node.textContent ?? '');
    });
    observer.observe(log, { childList: true, subtree: true });
    all(thread, '.more')[0]?.click();
    await thread.updateComplete;
    expect(added).to.deep.equal([]);
    const own = said(visitor, 'une question', 0, { id: 'own', delivery: { type: 'kept' } });
    const answer = said(maud, 'la réponse', 0, { id: 'answer' });
    const read = { ...own, delivery: { type: 'read' } } as ThreadItem;
    thread.thread = threadOf([...items, own]);
    await thread.updateComplete;
    thread.thread = threadOf([...items, read]);
    await thread.updateComplete;
    thread.thread = threadOf([...items, read], { typing: [maud] });
    await thread.updateComplete;
    thread.thread = threadOf([...items, read, answer]);
    await thread.updateComplete;
    await frame();
    expect(added.filter((text) => text.includes('une question')).length).to.equal(1);
    expect(added.filter((text) => text.includes('la réponse')).length).to.equal(1);
    expect(added.length).to.equal(2);
    expect(all(thread, '[role=log]')[0]).to.equal(log);
    observer.disconnect();
  });

  it('is accessible while loading, refused, and while somebody writes', async () => {
    const thread = await show(conversation(), { typing: [maud] });
    await expect(thread).shadowDom.to.be.accessible();
    thread.thread = null;
    await thread.updateComplete;
    expect(all(thread, '.bone').length).to.be.above(0);
    await expect(thread).shadowDom.to.be.accessible();
    thread.thread = threadOf([], { status: 'refused' });
    await thread.updateComplete;
    await expect(thread).shadowDom.to.be.accessible();
  });

  it('opens where the reader was on the page before, however far back, and at the end without', async () => {
    const items = longThread(300);
    const before = await show(items);
    expect(before.place).to.equal(null);
    while (all(before, '.more').length > 0) {
      all(before, '.more')[0]?.click();
      await before.updateComplete;
    }
    await scrolled(before, -6_000);
    await frame();
    const { place } = before;
    expect(place?.key).to.be.a('string');
    const box = await fixture(html`<div><comptoir-thread></comptoir-thread></div>`);
    const after = box.querySelector('comptoir-thread') as ComptoirThread;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':host { block-size: 400px; inline-size: 360px; }');
    const root = after.shadowRoot as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    after.start = place;
    after.thread = threadOf(items);
    await after.updateComplete;
    await frame();
    await frame();
    await after.updateComplete;
    expect(after.place?.key).to.equal(place?.key);
    expect(after.place?.top).to.be.closeTo(place?.top ?? 0, 1);
    // What follows the last message comes late, and grows.
    const card = document.createElement('div');
    card.slot = 'after';
    const grown = new CSSStyleSheet();
    grown.replaceSync('[slot=after] { block-size: 90px; }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, grown];
    after.append(card);
    await frame();
    await frame();
    expect(after.place?.top).to.be.closeTo(place?.top ?? 0, 1);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== grown);
  });

  it('tells when somebody’s card is opened and closed', async () => {
    const thread = await show([said(romane, 'Bonjour', 3)]);
    const opened = eventOf(thread, 'comptoir-card');
    all(thread, '.meet')[0]?.click();
    await opened;
    expect(thread.hasCard).to.equal(true);
    const closed = eventOf(thread, 'comptoir-card');
    thread.closeCard();
    await closed;
    expect(all(thread, '.person-card').length).to.equal(0);
  });
});
