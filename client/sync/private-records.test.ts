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
    expect(Array.from(mergeRecords(rows, own))).to.deep.equal([['canned/hi', '"hello"']]);
    expect(pendingRecords(rows, own).map(({ key }) => key)).to.deep.equal([
      'canned/hi',
      'canned/gone',
    ]);
  });
});
