/** A memory in which a flood pushes out itself and nobody else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collectedHeap } from '../../testing/collected-heap.ts';
import { FairMemory, sourcePath } from './fair-memory.ts';

const MOST = 100_000;
const at = (address: string, connection = 'one') => sourcePath({ address, connection });

describe('A fair memory', () => {
  it('stays within its bytes, whatever keys and values are brought', () => {
    const memory = new FairMemory<number>({ mostBytes: MOST });
    for (let turn = 0; turn < 20_000; turn++) {
      memory.set(`key ${turn}`, turn, at(`10.0.${turn % 7}.${turn % 250}`), turn % 900);
      assert.ok(memory.bytes <= MOST);
    }
    assert.ok(memory.bytes > MOST / 2);
    for (const [key] of memory.entries()) memory.delete(key);
    assert.equal(memory.bytes, 0);
    assert.equal(memory.size, 0);
  });

  for (const [title, flood] of [
    ['one connection', () => at('192.0.2.1')],
    ['all connections of an address', (turn: number) => at('192.0.2.1', `c${turn % 200}`)],
    ['a neighbourhood', (turn: number) => at(`192.0.2.${turn % 250}`, `c${turn}`)],
    ['an IPv6 site', (turn: number) => at(`2001:db8:1:${(turn % 65_536).toString(16)}::1`)],
  ] as const) {
    it(`keeps what others brought under a flood of ${title}`, () => {
      const memory = new FairMemory<string>({ mostBytes: MOST });
      memory.set('question', 'hers', at('203.0.113.9', 'hers'));
      for (let turn = 0; turn < 5_000; turn++) memory.set(`junk ${turn}`, 'junk', flood(turn));
      assert.equal(memory.get('question'), 'hers');
    });
  }

  it('keeps what somebody of the same address brought, whose neighbour floods', () => {
    const memory = new FairMemory<string>({ mostBytes: MOST });
    memory.set('question', 'hers', at('192.0.2.1', 'hers'));
    for (let turn = 0; turn < 5_000; turn++) memory.set(`junk ${turn}`, '', at('192.0.2.1', 'his'));
    assert.equal(memory.get('question'), 'hers');
  });

  it('leaves a thing with whoever brought it first', () => {
    const memory = new FairMemory<string>({ mostBytes: MOST });
    memory.set('question', 'hers', at('203.0.113.9'));
    memory.set('question', 'his', at('192.0.2.1'));
    for (let turn = 0; turn < 5_000; turn++) memory.set(`junk ${turn}`, '', at('192.0.2.1'));
    assert.ok(memory.has('question'));
  });

  it('forgets the longest unused where there is one source', () => {
    const memory = new FairMemory<number>({ mostBytes: MOST });
    memory.set('first', 0);
    memory.set('second', 0);
    for (let turn = 0; turn < 2_000; turn++) {
      memory.set(`key ${turn}`, turn);
      memory.get('first');
    }
    assert.ok(memory.has('first'));
    assert.ok(!memory.has('second'));
  });

  it('keeps nothing of sources of which nothing is remembered', async () => {
    const memory = new FairMemory<true>({ mostBytes: 1_000_000 });
    const before = await collectedHeap();
    for (let turn = 0; turn < 100_000; turn++) {
      memory.set('key', true, [`site ${turn}`, `address ${turn}`]);
      memory.delete('key');
    }
    const grown = (await collectedHeap()) - before;
    assert.ok(grown < 3_000_000, `${grown} bytes are left of 100,000 addresses`);
    assert.equal(memory.bytes, 0);
  });
});
