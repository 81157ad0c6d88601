import { expect } from '@open-wc/testing';
import type { Row } from '../../shared/conversation/row.ts';
import { mergeRecords, pendingRecords } from './private-records.ts';

const row = (key: string, value: unknown): Row => ({
  type: 'record',
  seq: 1,
  received: 1,
  key,
  value: JSON.stringify(value),
});
const rows = [
  row('canned/hi', { value: '"hi"', time: 10, device: 'A' }),
  row('device/A', { label: 'Chrome, Android', since: 5 }),
  row('talk/B', { space: 'demo', at: 5 }),
];

describe('a member’s private records', () => {
  it('are the newest of the room and this device; what the relay writes itself is none', () => {
    const own = new Map([
      ['canned/hi', { value: '"hello"', time: 11 }],
      ['canned/gone', { value: '', time: 11 }],
    ]);
    expect(Array.from(mergeRecords(rows, own, 20))).to.deep.equal([['canned/hi', '"hello"']]);
    expect(pendingRecords(rows, own, 20).map(({ key }) => key)).to.deep.equal([
      'canned/hi',
      'canned/gone',
    ]);
  });

  it('of before the relay’s clock was put back give way to what is written now, and are not lost', () => {
    const year = 365 * 86_400_000;
    const future = [row('canned/hi', { value: '"hi"', time: 10 + year, device: 'A' })];
    const now = new Map([['canned/hi', { value: '"hello"', time: 20 }]]);
    expect(Array.from(mergeRecords(future, now, 20))).to.deep.equal([['canned/hi', '"hello"']]);
    expect(pendingRecords(future, now, 20)).to.have.length(1);
    const before = new Map([
      ['canned/hi', { value: '"old"', time: year }],
      ['canned/unsent', { value: '"unsent"', time: year }],
    ]);
    expect(Array.from(mergeRecords(rows, before, 20))).to.deep.equal([
      ['canned/hi', '"hi"'],
      ['canned/unsent', '"unsent"'],
    ]);
    expect(pendingRecords(rows, before, 20).map(({ key }) => key)).to.deep.equal(['canned/unsent']);
  });
});
