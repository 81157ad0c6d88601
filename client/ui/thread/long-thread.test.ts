import { expect, fixture, html } from '@open-wc/testing';
import type { ThreadItem } from '../../store/conversation/thread-state.ts';
import { eventOf } from '../../testing/event-of.ts';
import { longThread, maud, said, threadOf, visitor } from '../../testing/fixtures.ts';
import './comptoir-thread.ts';
import type { ComptoirThread } from './comptoir-thread.ts';

async function show(items: readonly ThreadItem[], more = {}): Promise<ComptoirThread> {
  const box = await fixture(html`<div><comptoir-thread></comptoir-thread></div>`);
  const thread = box.querySelector('comptoir-thread') as ComptoirThread;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host { block-size: 400px; inline-size: 360px; }');
  const root = rootOf(thread);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  thread.thread = threadOf(items, more);
  await drawn(thread);
  return thread;
}

const rootOf = (thread: ComptoirThread): ShadowRoot => thread.shadowRoot as ShadowRoot;
const all = (thread: ComptoirThread, selector: string): HTMLElement[] =>
  Array.from(rootOf(thread).querySelectorAll<HTMLElement>(selector));
const scroller = (thread: ComptoirThread): HTMLElement => all(thread, '.scroll')[0] as HTMLElement;
const bubble = (thread: ComptoirThread, id: string): HTMLElement =>
  all(thread, `[data-message=${id}]`)[0] as HTMLElement;
const isThere = (thread: ComptoirThread, id: string): boolean =>
  all(thread, `[data-message=${id}]`).length > 0;
const topOf = (element: Element): number => element.getBoundingClientRect().top;
const count = (thread: ComptoirThread): number => all(thread, '.bubble').length;
const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done));

/** Two frames: in the first more is asked for, in the second it is there. */
async function drawn(thread: ComptoirThread): Promise<void> {
  for (let frames = 0; frames < 2; frames++) {
    await frame();
    await thread.updateComplete;
  }
}

/** Scrolls by so much, or as far as there is something; tells how much that was. */
async function scrollBy(thread: ComptoirThread, by: number): Promise<number> {
  const { scrollTop, scrollHeight, clientHeight } = scroller(thread);
  const to = Math.min(0, Math.max(clientHeight - scrollHeight, scrollTop + by));
  if (Math.abs(to - scrollTop) >= 1) {
    const moved = eventOf(scroller(thread), 'scroll');
    scroller(thread).scrollTop = to;
    await moved;
  }
  await drawn(thread);
  return to - scrollTop;
}

/** The uppermost message that is whole in sight. */
function uppermost(thread: ComptoirThread): HTMLElement {
  const top = topOf(scroller(thread));
  return all(thread, '.bubble').find((one) => topOf(one) >= top) as HTMLElement;
}

describe('a very long thread', () => {
  it('lays out a bounded part of 2,000 messages, by its button, and every one on the way down', async () => {
    const items = longThread(2_000);
    const thread = await show(items);
    let most = count(thread);
    while (all(thread, '.more').length > 0) {
      all(thread, '.more')[0]?.click();
      await thread.updateComplete;
      most = Math.max(most, count(thread));
    }
    expect(uppermost(thread).innerText).to.contain('Message ');
    expect(isThere(thread, items[0]!.id)).to.equal(true);
    expect(isThere(thread, items[1_999]!.id), 'the newest is there too').to.equal(true);
    expect(isThere(thread, items[1_000]!.id)).to.equal(false);
    while (all(thread, '.newer').length > 0) {
      all(thread, '.newer')[0]?.click();
      await thread.updateComplete;
      most = Math.max(most, count(thread));
    }
    expect(most).to.be.within(160, 500);
    expect(isThere(thread, items[0]!.id)).to.equal(false);
    await expect(thread).shadowDom.to.be.accessible();
  }).timeout(40_000);

  it('moves nothing under who scrolls far back and on again, and is bounded on both sides', async () => {
    const items = longThread(900);
    const thread = await show(items);
    const steps: number[] = [];
    let most = 0;
    const walk = async (by: number): Promise<void> => {
      const seen = uppermost(thread);
      const before = topOf(seen);
      const moved = await scrollBy(thread, by);
      steps.push(Math.abs(topOf(seen) - before + moved));
      most = Math.max(most, count(thread));
    };
    while (all(thread, '.more').length > 0) await walk(-2_000);
    expect(count(thread)).to.be.below(500);
    expect(all(thread, '.newer').length, 'the newest are left out below').to.equal(1);
    while (all(thread, '.newer').length > 0) await walk(2_600);
    expect(Math.max(...steps)).to.be.below(2);
    expect(most).to.be.below(500);
    scroller(thread).scrollTop = 0;
    await eventOf(scroller(thread), 'scroll');
    await drawn(thread);
    expect(thread.place).to.equal(null);
    expect(uppermost(thread).innerText).to.contain('Message 89');
  }).timeout(40_000);

  it('goes from far back to the newest at once, and counts what came meanwhile', async () => {
    const items = longThread(900);
    const thread = await show(items);
    while (all(thread, '.more').length > 0) {
      all(thread, '.more')[0]?.click();
      await thread.updateComplete;
    }
    await drawn(thread);
    const seen = uppermost(thread);
    const before = topOf(seen);
    const log = all(thread, '[role=log]')[0];
    thread.thread = threadOf([...items, said(maud, 'nouveau', 0, { id: 'new' })]);
    await drawn(thread);
    expect(topOf(seen)).to.be.closeTo(before, 1);
    expect(all(thread, '[role=log]')[0], 'it is announced').to.equal(log);
    expect(log?.textContent).to.contain('nouveau');
    const [pill] = all(thread, '.pill');
    expect(pill?.innerText).to.contain('1\u00a0nouveau message');
    pill?.click();
    await drawn(thread);
    expect(scroller(thread).scrollTop).to.equal(0);
    expect(topOf(bubble(thread, 'new'))).to.be.within(
      topOf(scroller(thread)),
      scroller(thread).getBoundingClientRect().bottom,
    );
    expect(all(thread, '.newer')).to.deep.equal([]);
  });

  it('is where the reader was when late rows come, and when the first of their group is withdrawn', async () => {
    const burst = Array.from({ length: 600 }, (_, each) => said(maud, `Vite ${each}`, 900));
    const thread = await show(burst);
    await scrollBy(thread, -3_000);
    const firstOf = (one: HTMLElement): HTMLElement =>
      one.closest('.group')!.querySelector<HTMLElement>('.bubble')!;
    const isAbove = (one: HTMLElement): boolean => topOf(one) < topOf(scroller(thread)) - 100;
    while (!isAbove(firstOf(uppermost(thread)))) await scrollBy(thread, -200);
    const seen = uppermost(thread);
    const id = seen.dataset['message']!;
    const before = topOf(seen);
    const gone = firstOf(seen).dataset['message'];
    const late = Array.from({ length: 30 }, (_, each) => said(visitor, `Tard ${each}`, 1_000));
    const items = [...late, ...burst.filter((one) => one.id !== gone)];
    thread.thread = threadOf(items);
    await drawn(thread);
    expect(topOf(bubble(thread, id))).to.be.closeTo(before, 1);
    // All at once, as after a long time without a network.
    const since = Array.from({ length: 800 }, (_, each) => said(maud, `Depuis ${each}`, 5));
    thread.thread = threadOf([...items, ...since]);
    await drawn(thread);
    expect(topOf(bubble(thread, id))).to.be.closeTo(before, 1);
    expect(count(thread)).to.be.below(500);
  });

  it('leads to a quoted message far back, without all that lies between', async () => {
    const items = longThread(900);
    const [first] = items;
    const quoted = {
      type: 'message',
      id: first!.id,
      mine: true,
      from: visitor,
      text: 'Un',
    } as const;
    const thread = await show([...items, said(maud, 'Oui', 0, { id: 'answer', quoted })]);
    const button = bubble(thread, 'answer').querySelector<HTMLElement>('.quoted');
    button?.focus();
    button?.click();
    await drawn(thread);
    expect(rootOf(thread).activeElement).to.equal(bubble(thread, first!.id));
    expect(topOf(bubble(thread, first!.id))).to.be.at.least(topOf(scroller(thread)));
    expect(count(thread)).to.be.below(300);
    expect(isThere(thread, 'answer'), 'the newest stays').to.equal(true);
  });

  it('keeps a focused message, with its focus, however far the reader scrolls and whatever comes', async () => {
    const items = longThread(900);
    const thread = await show(items);
    for (let back = 0; back < 4; back++) await scrollBy(thread, -2_000);
    const id = uppermost(thread).dataset['message']!;
    const at = items.findIndex((item) => item.id === id);
    const button = all(thread, `[aria-describedby=words-${id}]`)[0]!;
    button.focus({ preventScroll: true });
    while (isThere(thread, items[at + 1]!.id)) await scrollBy(thread, -2_000);
    expect(rootOf(thread).activeElement).to.equal(button);
    expect(count(thread)).to.be.below(500);
    // From one list into the other as the log grows.
    scroller(thread).scrollTop = 0;
    await eventOf(scroller(thread), 'scroll');
    await drawn(thread);
    const last = items.at(-1)!.id;
    all(thread, `[aria-describedby=words-${last}]`)[0]!.focus({ preventScroll: true });
    for (let round = 0; round < 8; round++) {
      for (let each = 0; each < 30; each++)
        items.push(said(each % 2 === 0 ? maud : visitor, 'Encore', 0));
      thread.thread = threadOf([...items]);
      await drawn(thread);
    }
    const focused = rootOf(thread).activeElement;
    expect(focused?.getAttribute('aria-describedby')).to.equal(`words-${last}`);
    expect(count(thread)).to.be.below(300);
  }).timeout(40_000);

  it('has one stop for Tab wherever the reader is, and goes by keys over what was left out', async () => {
    const items = longThread(900);
    const thread = await show(items);
    const stops = (): HTMLElement[] => all(thread, '.more-of[tabindex="0"]');
    for (let back = 0; back < 4; back++) await scrollBy(thread, -2_000);
    const stop = uppermost(thread).dataset['message']!;
    const last = all(thread, `[aria-describedby=words-${stop}]`)[0]!;
    last.focus({ preventScroll: true });
    await thread.updateComplete;
    expect(stops()).to.deep.equal([last]);
    last.blur();
    while (all(thread, '.more').length > 0) {
      all(thread, '.more')[0]?.click();
      await drawn(thread);
    }
    expect(isThere(thread, stop)).to.equal(false);
    expect(stops().length).to.equal(1);
    const edge = all(thread, '.edge').find((one) => one.querySelector('.newer'))!;
    const button = edge.previousElementSibling!.querySelector<HTMLElement>('.more-of')!;
    const at = items.findIndex(
      ({ id }) => button.getAttribute('aria-describedby') === `words-${id}`,
    );
    button.focus({ preventScroll: true });
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }));
    await drawn(thread);
    const focused = rootOf(thread).activeElement;
    expect(focused?.getAttribute('aria-describedby')).to.equal(`words-${items[at + 1]!.id}`);
  });

  it('opens at the first of very many unread messages', async () => {
    const items = longThread(2_000);
    const thread = await show(items, { unreadFrom: items[500]!.id });
    const [line] = all(thread, '.unread');
    expect(topOf(line!) - topOf(scroller(thread))).to.be.within(0, 60);
    expect(count(thread)).to.be.below(400);
    expect(isThere(thread, items[500]!.id)).to.equal(true);
  });

  it('lays out no more while nobody can see it', async () => {
    const thread = await show(longThread(900));
    thread.hidden = true;
    const before = count(thread);
    thread.thread = threadOf(longThread(900));
    for (let frames = 0; frames < 5; frames++) await drawn(thread);
    expect(count(thread)).to.be.at.most(before);
  });
});
