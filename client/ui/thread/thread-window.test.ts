import { expect } from '@open-wc/testing';
import type { ThreadState } from '../../store/conversation/thread-state.ts';
import { longThread, maud, said, threadOf, visitor } from '../../testing/fixtures.ts';
import { ThreadWindow } from './thread-window.ts';

type Shown = ThreadWindow['shown'];
const idsOf = (blocks: Shown): string[] =>
  blocks.flatMap((block) =>
    block.type === 'group' ? block.messages.map(({ id }) => id) : [`(${block.key})`],
  );
const messagesOf = (blocks: Shown): string[] => idsOf(blocks).filter((id) => !id.startsWith('('));
/** What is in sight where a block is uppermost. */
const sightFrom = (key: string): { first: string; last: string } => ({ first: key, last: key });
/** The newest block alone is in sight. */
const stayAtEnd = (shown: ThreadWindow): boolean =>
  shown.around({ first: shown.live.at(-1)!.key, last: null });
const kinds = (blocks: ThreadWindow['live']): string[] => blocks.map(({ type }) => type);
const question = said(visitor, 'Une question', 5);
const answer = said(maud, 'Une réponse', 1);

describe('what of a thread stands in the document', () => {
  it('is all of a short one, also when the line of what is new comes later', () => {
    const shown = new ThreadWindow();
    const items: ThreadState['items'] = [question, answer];
    shown.show(threadOf(items));
    expect(kinds(shown.live)).to.deep.equal(['group', 'group']);
    shown.show({ ...threadOf(items), unreadFrom: question.id });
    expect(kinds(shown.live)).to.deep.equal(['unread', 'group', 'group']);
    expect(shown.more).to.equal(false);
  });

  it('is the newest of a thread of which only the reader’s own answer was there at first', () => {
    const shown = new ThreadWindow();
    const own = said(visitor, 'Écrit sans réseau', 0);
    const items = longThread(40);
    shown.show(threadOf([own]));
    shown.show(threadOf([...items.slice(-5), own]));
    expect(shown.more).to.equal(false);
    const late = new ThreadWindow();
    late.show(threadOf([own]));
    late.show({ ...threadOf([...items.slice(-30), own]), unreadFrom: items.at(-24)!.id });
    expect(late.more).to.equal(true);
    expect(late.shown.some(({ type }) => type === 'unread')).to.equal(true);
    expect(late.shown.length).to.be.within(16, 30);
    expect(late.generation, 'nothing of it is announced').to.equal(1);
  });

  it('is bounded while the reader stays at the end, however much comes and however fast', () => {
    const shown = new ThreadWindow();
    const items = longThread(40);
    shown.show(threadOf([...items]));
    const { generation } = shown;
    for (let round = 0; round < 60; round++) {
      for (let each = 0; each < 30; each++) items.push(said(maud, `Vite ${round} ${each}`, 0));
      shown.show(threadOf([...items]));
      stayAtEnd(shown);
      expect(messagesOf(shown.shown).length).to.be.at.most(160 + 25);
      for (const block of shown.shown)
        if (block.type === 'group') expect(block.messages.length).to.be.at.most(25);
    }
    for (let each = 0; each < 40; each++) {
      for (let one = 0; one < 5; one++)
        items.push(said(one % 2 === 0 ? maud : visitor, `${each} ${one}`, 0));
      shown.show(threadOf([...items]));
      stayAtEnd(shown);
    }
    const last = shown.live.at(-1);
    expect(last?.type === 'group' && last.messages.at(-1)?.id).to.equal(items.at(-1)?.id);
    expect([shown.more, shown.generation]).to.deep.equal([true, generation]);
    while (shown.grow('earlier')) continue;
    expect(messagesOf(shown.earlier).length).to.be.above(160);
    expect([stayAtEnd(shown), stayAtEnd(shown)]).to.deep.equal([true, false]);
    expect(messagesOf(shown.shown).length).to.be.within(80, 160);
  });

  it('is bounded on both sides of a reader who goes back through 5,000 messages and on again', () => {
    const shown = new ThreadWindow();
    const items = longThread(5_000);
    shown.show(threadOf([...items]));
    const { generation } = shown;
    const seen: string[] = [];
    let most = 0;
    const look = (block: Shown[number]): void => {
      shown.around(sightFrom(block.key));
      expect(shown.shown, 'what is in sight stays').to.include(block);
      most = Math.max(most, messagesOf(shown.shown).length);
    };
    for (;;) {
      const at = shown.shown.findIndex(({ key }) => key === 'earlier') + 1;
      look(shown.shown[at]!);
      if (!shown.grow('earlier')) break;
    }
    expect(idsOf(shown.shown)[1]).to.equal(items[0]!.id);
    expect(messagesOf(shown.live).at(-1), 'the newest is there').to.equal(items.at(-1)!.id);
    do {
      const { earlier, live } = shown;
      const edge = earlier.findIndex(({ key }) => key === 'later');
      for (const id of messagesOf(edge < 0 ? [...earlier, ...live] : earlier.slice(0, edge)))
        if (seen.length === 0 || Number(id.slice(8)) > Number(seen.at(-1)!.slice(8))) seen.push(id);
      look(shown.shown[edge < 0 ? shown.shown.length - 1 : edge - 1]!);
    } while (shown.grow('later'));
    expect(seen, 'each one, in its order').to.deep.equal(items.map(({ id }) => id));
    expect(most).to.be.within(160, 500);
    expect([shown.earlier.some(({ key }) => key === 'later'), shown.generation]).to.deep.equal([
      false,
      generation,
    ]);
  });

  it('lets go of what lies between who goes to the end and where they were', () => {
    const shown = new ThreadWindow();
    const items = longThread(1_000);
    shown.show(threadOf(items));
    shown.reach(items[100]!.id);
    expect(shown.earlier.some(({ key }) => key === 'later')).to.equal(true);
    stayAtEnd(shown);
    expect(shown.earlier.map(({ key }) => key)).to.deep.equal(['earlier']);
  });

  it('is bounded for a reader further up, whatever comes, also all at once', () => {
    const shown = new ThreadWindow();
    const items = longThread(60);
    shown.show(threadOf(items));
    const sight = sightFrom(items[50]!.id);
    for (let round = 0; round < 20; round++) {
      for (let each = 0; each < 30; each++)
        items.push(said(each % 2 === 0 ? maud : visitor, `${round} ${each}`, 0));
      shown.show(threadOf([...items]), sight);
      expect(messagesOf(shown.shown).length).to.be.below(400);
      expect(shown.has(sight.first)).to.equal(true);
    }
    const { generation } = shown;
    items.push(...Array.from({ length: 900 }, (_, each) => said(maud, `tout ${each}`, 0)));
    shown.show(threadOf([...items]), sight);
    expect(shown.generation, 'it was fetched, and is not announced').to.equal(generation + 1);
    expect(shown.has(sight.first)).to.equal(true);
    expect(messagesOf(shown.shown).length).to.be.below(400);
  });

  it('stays where it is when its first message is withdrawn, and when older ones come late', () => {
    for (const change of ['withdrawn', 'late'] as const) {
      const shown = new ThreadWindow();
      let items = longThread(1_000);
      shown.show(threadOf(items));
      shown.reach(items[500]!.id);
      const [first] = messagesOf(shown.shown);
      const at = items.findIndex(({ id }) => id === first);
      const late = Array.from({ length: 30 }, (_, each) => said(maud, `tard ${each}`, 20_000));
      items = change === 'late' ? [...late, ...items] : items.filter(({ id }) => id !== first);
      const count = messagesOf(shown.shown).length;
      shown.show(threadOf(items), sightFrom(items[at + 30 + 8]!.id));
      expect(messagesOf(shown.shown).length, change).to.be.within(count - 1, count);
      expect(shown.more).to.equal(true);
    }
  });

  it('keeps what has the focus, alone, however far the reader goes', () => {
    const items = longThread(1_000);
    const held = items[500]!.id;
    const shown = new ThreadWindow(() => [held]);
    shown.show(threadOf(items));
    for (const target of [500, 900, 100, 10]) {
      shown.reach(items[target]!.id);
      expect(shown.has(held)).to.equal(true);
      expect(messagesOf(shown.shown).length).to.be.below(160);
      const all = messagesOf(shown.shown);
      expect(all, 'in their order').to.deep.equal(
        all.toSorted((a, b) => Number(a.slice(8)) - Number(b.slice(8))),
      );
    }
    const older = items[300]!.id;
    const other = new ThreadWindow(() => [older]);
    other.show(threadOf(items));
    other.reach(older);
    expect(stayAtEnd(other)).to.equal(true);
    expect(idsOf(other.earlier)).to.deep.equal([older, '(earlier)']);
  });

  it('begins at the first of many unread messages, with the newest, and nothing between', () => {
    const shown = new ThreadWindow();
    const items = longThread(3_000);
    shown.show({ ...threadOf(items), unreadFrom: items[1_000]!.id });
    const ids = idsOf(shown.earlier);
    expect(ids.indexOf(items[1_000]!.id) - ids.indexOf('(unread)')).to.equal(1);
    expect(ids.at(-1)).to.equal('(later)');
    expect(messagesOf(shown.shown).length).to.be.below(160);
  });

  it('reaches back to a message that somebody is led to, and no further than it needs', () => {
    const shown = new ThreadWindow();
    const items = longThread(400);
    shown.show(threadOf(items));
    expect(shown.reach(items[399]!.id), 'it stands there').to.equal(false);
    expect(shown.reach('nothing')).to.equal(false);
    expect(shown.reach(items[200]!.id)).to.equal(true);
    const groups = shown.earlier.filter(({ type }) => type === 'group');
    expect(messagesOf(shown.shown).length).to.be.below(160);
    const at = groups.findIndex(
      (block) => block.type === 'group' && block.messages.some(({ id }) => id === items[200]!.id),
    );
    expect(at).to.be.within(1, 8);
  });
});
