import { expect } from '@open-wc/testing';
import { type Change, KeptLists } from './kept-lists.ts';

interface Item {
  readonly id: string;
  readonly rank: number;
  readonly open: boolean;
}

const rules = {
  open: { has: ({ open }: Item) => open, order: (a: Item, b: Item) => a.rank - b.rank },
  shut: { has: ({ open }: Item) => !open, order: (a: Item, b: Item) => b.rank - a.rank },
};
const item = (id: number, rank: number, open = true): Item => ({ id: `i${id}`, rank, open });
const sorted = (items: readonly Item[], rule: (typeof rules)['open']): Item[] =>
  items
    .filter((one) => rule.has(one))
    .toSorted((a, b) => rule.order(a, b) || (a.id < b.id ? -1 : 1));

describe('lists that are kept', () => {
  it('are as if they had been sorted anew, whatever changes, comes and goes', () => {
    const kept = new KeptLists(rules);
    let items: Item[] = [];
    for (let round = 0; round < 300; round++) {
      const changes: Change<Item>[] = [];
      const many = round % 50 === 0 ? 60 : 1 + (round % 5);
      for (let each = 0; each < many; each++) {
        const id = (round * 7 + each * 13) % 90;
        const before = items.find((one) => one.id === `i${id}`);
        const goes = before && (round + each) % 6 === 0;
        const after = goes ? undefined : item(id, (round * 31 + each) % 20, (round + each) % 3 > 0);
        changes.push({ before, after });
        items = items.filter((one) => one !== before);
        if (after) items.push(after);
      }
      kept.change(changes, items);
      expect(kept.lists.open, `${round}`).to.deep.equal(sorted(items, rules.open));
      expect(kept.lists.shut, `${round}`).to.deep.equal(sorted(items, rules.shut));
    }
  });

  it('stay the same arrays where nothing changed, and cost a change some comparisons', () => {
    let comparisons = 0;
    const counted = {
      ...rules,
      open: { ...rules.open, order: (a: Item, b: Item) => (comparisons++, a.rank - b.rank) },
    };
    const kept = new KeptLists(counted);
    const items = Array.from({ length: 1_000 }, (_, at) => item(at, at, at > 0));
    kept.change(
      items.map((after) => ({ before: undefined, after })),
      items,
    );
    const { open, shut } = kept.lists;
    comparisons = 0;
    const after = item(500, 2_000);
    kept.change([{ before: items[500], after }], items.with(500, after));
    expect(comparisons).to.be.within(2, 40);
    expect(kept.lists.open.at(-1)).to.equal(after);
    expect([kept.lists.shut, kept.lists.open.length]).to.deep.equal([shut, open.length]);
  });
});
