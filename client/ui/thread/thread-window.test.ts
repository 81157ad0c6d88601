import { expect } from '@open-wc/testing';
import type { ThreadState } from '../../store/conversation/thread-state.ts';
import { longThread, maud, said, threadOf, visitor } from '../../testing/fixtures.ts';
import { ThreadWindow } from './thread-window.ts';

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
    shown.show(threadOf(items));
    const { generation } = shown;
    for (let round = 0; round < 60; round++) {
      for (let each = 0; each < 30; each++) items.push(said(maud, `Vite ${round} ${each}`, 0));
      shown.show(threadOf(items));
      shown.settle();
      const groups = [...shown.earlier, ...shown.live];
      expect(groups.length).to.be.at.most(160);
      for (const block of groups)
        if (block.type === 'group') expect(block.messages.length).to.be.at.most(25);
    }
    for (let each = 0; each < 40; each++) {
      for (let one = 0; one < 5; one++)
        items.push(said(one % 2 === 0 ? maud : visitor, `${each} ${one}`, 0));
      shown.show(threadOf(items));
      shown.settle();
    }
    const last = shown.live.at(-1);
    expect(last?.type === 'group' && last.messages.at(-1)?.id).to.equal(items.at(-1)?.id);
    expect([shown.more, shown.generation]).to.deep.equal([true, generation]);
    while (shown.grow()) continue;
    expect(shown.earlier.length).to.be.above(160);
    expect([shown.settle(), shown.settle()]).to.deep.equal([true, false]);
  });

  it('reaches back to a message that somebody is led to, and no further than it needs', () => {
    const shown = new ThreadWindow();
    const items = longThread(400);
    shown.show(threadOf(items));
    expect(shown.reach(items[399]!.id), 'it stands there').to.equal(false);
    expect(shown.reach('nothing')).to.equal(false);
    expect(shown.reach(items[200]!.id)).to.equal(true);
    const groups = shown.earlier.filter(({ type }) => type === 'group');
    const at = groups.findIndex(
      (block) => block.type === 'group' && block.messages.some(({ id }) => id === items[200]!.id),
    );
    expect(at).to.be.within(1, 8);
  });
});
