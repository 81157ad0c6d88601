import { expect } from '@open-wc/testing';
import type { ConversationId, MemberId } from '../../../shared/ids.ts';
import type { InboxRecord } from '../../../shared/protocol/records.ts';
import { memberId } from '../../testing/fixtures.ts';
import { peopleOf } from '../people.ts';
import type { AskSummary } from './desk-state.ts';
import { type InboxLists, createInboxLists } from './inbox.ts';
import { keptTitles } from './list/page-titles.ts';

const NOW = 1_790_000_000_000;
const me = memberId('m');
const idOf = (number: number): ConversationId =>
  String(number).padStart(21, '_').concat('A') as ConversationId;

function record(number: number, more: Partial<InboxRecord> = {}): InboxRecord {
  const asker = String(number).padStart(21, '-').concat('A') as MemberId;
  return {
    conversation: idOf(number),
    asker,
    text: `Question ${number}`,
    page: { url: `https://shop.test/${number % 3}`, title: `Page ${number % 3} | Brico` },
    askedAt: NOW - number * 1_000,
    lastAt: NOW - number * 1_000,
    waitingSince: NOW - number * 1_000,
    claim: null,
    closed: false,
    last: { text: `Question ${number}`, member: asker },
    ...more,
  } as InboxRecord;
}

/** An inbox whose records change from call to call. */
function inbox(): (records: readonly InboxRecord[], more?: object) => InboxLists {
  const listsOf = createInboxLists();
  const titlesOf = keptTitles();
  const people = peopleOf([], new Map(), true, '');
  const plain = { outbox: new Map(), me, people, open: false, at: NOW, seen: {}, blind: {} };
  return (records, more = {}) =>
    listsOf({ ...plain, records, titleOf: titlesOf(records.map(({ page }) => page)), ...more });
}

const ids = (asks: readonly AskSummary[]): ConversationId[] => asks.map(({ id }) => id);
const few = [record(1), record(2), record(3)];

describe('the lists of an inbox', () => {
  it('make anew only what changed of it, in its place', () => {
    const listsOf = inbox();
    const before = listsOf(few);
    expect(ids(before.waiting)).to.deep.equal([idOf(3), idOf(2), idOf(1)]);
    expect(listsOf([...few])).to.equal(before);
    const claimed = record(2, { claim: { member: me, role: 2, at: NOW } as InboxRecord['claim'] });
    const after = listsOf([few[0]!, claimed, few[2]!]);
    expect(ids(after.waiting)).to.deep.equal([idOf(3), idOf(1)]);
    expect(ids(after.mine)).to.deep.equal([idOf(2)]);
    expect(after.waiting[0]).to.equal(before.waiting[0]);
    expect([after.others, after.closed]).to.deep.equal([before.others, before.closed]);
    const told = record(2, { claim: claimed.claim });
    expect(listsOf([few[0]!, told, few[2]!]), 'told again, and the same').to.equal(after);
  });

  it('turn a wait to another tone when its time has come, and not before', () => {
    const listsOf = inbox();
    const tones = (at: number): (string | undefined)[] =>
      listsOf(few, { at }).all.map(({ wait }) => wait?.tone);
    const { all } = listsOf(few);
    expect(tones(NOW + 19_000)).to.deep.equal(['fresh', 'fresh', 'fresh']);
    expect(listsOf(few, { at: NOW + 19_999 }).all).to.equal(all);
    expect(tones(NOW + 20_000)).to.deep.equal(['fresh', 'fresh', 'soon']);
    expect(tones(NOW + 43_000)).to.deep.equal(['soon', 'late', 'late']);
    expect(tones(NOW), 'the clock was set back').to.deep.equal(['fresh', 'fresh', 'fresh']);
  });

  it('follow what this helper has read, and whatever else they are made of', () => {
    const listsOf = inbox();
    const unread = (more: object): boolean[] => listsOf(few, more).all.map((ask) => ask.unread);
    expect(unread({})).to.deep.equal([true, true, true]);
    expect(unread({ seen: { [idOf(2)]: NOW } })).to.deep.equal([true, false, true]);
    expect(unread({ seen: { [idOf(2)]: NOW }, me: few[1]!.asker })).to.deep.equal([
      true,
      false,
      true,
    ]);
    expect(listsOf(few, { me: few[1]!.asker }).all[1]!.last.mine).to.equal(true);
    const blind = { seen: {}, blind: { [idOf(1)]: 0 } };
    const over = few.with(0, record(1, { waitingSince: null }));
    expect(listsOf(over).all[0]!.wait).to.equal(null);
    expect(listsOf(over, blind).all[0]!.wait?.since).to.equal(over[0]!.lastAt);
  });

  it('lose what is gone, and name pages as newer ones teach', () => {
    const listsOf = inbox();
    const alone = record(1, { page: { url: 'https://shop.test/a', title: 'Vis | Rayon' } });
    expect(listsOf([alone]).all[0]!.page.title).to.equal('Vis | Rayon');
    const other = record(2, { page: { url: 'https://shop.test/b', title: 'Colle | Rayon' } });
    expect(listsOf([alone, other]).all.map(({ page }) => page.title)).to.deep.equal([
      'Vis',
      'Colle',
    ]);
    const gone = listsOf([other]);
    expect([ids(gone.all), ids(gone.waiting)]).to.deep.equal([[idOf(2)], [idOf(2)]]);
    expect(ids(listsOf([other, record(3)]).waiting)).to.deep.equal([idOf(3), idOf(2)]);
  });
});
