import { expect } from '@open-wc/testing';
import type { ThreadState } from '../../store/conversation/thread-state.ts';
import { maud, said, threadOf, visitor } from '../../testing/fixtures.ts';
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
});
