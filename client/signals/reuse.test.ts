import { expect } from '@open-wc/testing';
import { createComputed } from './computed.ts';
import { memo, reuse } from './reuse.ts';

describe('reuse', () => {
  it('gives the previous value back when all is equal', () => {
    const before = { a: [1, { b: 'x' }], c: null };
    expect(reuse(before, { a: [1, { b: 'x' }], c: null })).to.equal(before);
  });

  it('keeps equal parts, and matches items by id', () => {
    const before = {
      list: [
        { id: 'a', n: { v: 1 } },
        { id: 'b', n: { v: 2 } },
      ],
    };
    const next = {
      list: [
        { id: 'b', n: { v: 2 } },
        { id: 'a', n: { v: 3 } },
      ],
    };
    const result = reuse(before, next);
    expect(result).to.deep.equal(next);
    expect(result).not.to.equal(before);
    expect(result.list[0]).to.equal(before.list[1]);
    expect(result.list[1]).not.to.equal(before.list[0]);
  });

  it('sees what went', () => {
    const before: Record<string, number> = { a: 1, b: 2 };
    expect(reuse(before, { a: 1 })).to.deep.equal({ a: 1 });
    expect(reuse([1, 2], [1])).to.deep.equal([1]);
    expect(reuse<Record<string, unknown>>({ a: undefined }, { b: undefined })).to.have.key('b');
  });
});

describe('memo', () => {
  it('computes again only for other arguments', () => {
    let times = 0;
    const sum = memo((a: number, b: number) => {
      times++;
      return a + b;
    });
    expect([sum(1, 2), sum(1, 2), sum(2, 2), sum(1, 2)]).to.deep.equal([3, 3, 4, 3]);
    expect(times).to.equal(3);
  });
});

describe('createComputed', () => {
  it('is current at once, and tells once a turn, only of another value', async () => {
    let source = 1;
    let changes = 0;
    const computed = createComputed(() => ({ parity: source % 2 }));
    computed.subscribe(() => changes++);
    const before = computed.get();
    source = 2;
    computed.invalidate();
    computed.invalidate();
    expect(computed.get()).to.deep.equal({ parity: 0 });
    await Promise.resolve();
    expect(changes).to.equal(1);
    source = 4;
    computed.invalidate();
    await Promise.resolve();
    expect(changes).to.equal(1);
    expect(computed.get()).not.to.equal(before);
  });
});
