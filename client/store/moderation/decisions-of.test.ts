import { expect } from '@open-wc/testing';
import type { DecisionId, EntryId } from '../../../shared/ids.ts';
import type { KeptDecision } from '../sync-port.ts';
import { decisionsOf } from './decisions-of.ts';

const id = 'entry' as EntryId;
const kept = (reference: string, more: Partial<KeptDecision> = {}): KeptDecision => ({
  reference: reference as DecisionId,
  id,
  what: 'refused',
  code: 'link',
  reason: '',
  until: 0,
  automatic: true,
  at: 1,
  seen: false,
  appeal: null,
  ...more,
});
const made = { text: 'Please', received: true };

describe('decisions as screens show them', () => {
  it('are one about each text, the newest, and all before it are seen with it', () => {
    const [one, ...others] = decisionsOf(
      [kept('a', { what: 'held' }), kept('b'), kept('c', { id: 'other' as EntryId })],
      new Set(['b']),
    );
    expect(one).to.deep.include({ reference: 'b', what: 'refused', fresh: true, seen: false });
    expect(one?.references).to.deep.equal(['a', 'b']);
    expect(others.map(({ reference }) => reference)).to.deep.equal(['c']);
  });

  it('take one appeal, and none where nothing was taken away', () => {
    const appeals = (what: KeptDecision['what'], more: Partial<KeptDecision> = {}): unknown =>
      decisionsOf([kept('a', { what, ...more })], new Set())[0]?.appeal;
    for (const what of ['refused', 'change-asked', 'hidden', 'erased', 'held', 'blocked'] as const)
      expect(appeals(what), what).to.equal('open');
    for (const what of ['approved', 'unhidden', 'unknown'] as const)
      expect(appeals(what), what).to.equal('none');
    expect(appeals('refused', { appeal: { ...made, received: false } })).to.equal('kept');
    expect(appeals('refused', { appeal: made })).to.equal('received');
  });

  it('tell what came of an appeal where it was made, with the words of whoever decided it', () => {
    const outcome = kept('b', {
      what: 'appeal-decided',
      code: 'upheld',
      reason: 'Twice looked at',
    });
    const [one] = decisionsOf([kept('a', { appeal: made, seen: true }), outcome], new Set());
    expect(one).to.deep.include({
      reference: 'a',
      what: 'refused',
      appeal: 'upheld',
      reason: 'Twice looked at',
      seen: false,
    });
    const [granted] = decisionsOf([kept('a'), { ...outcome, code: 'granted' }], new Set());
    expect(granted?.appeal).to.equal('granted');
    const [alone] = decisionsOf([outcome], new Set());
    expect(alone).to.deep.include({ what: 'appeal-decided', appeal: 'upheld' });
  });

  it('say after a granted appeal what became of the text', () => {
    const outcome = kept('b', { what: 'appeal-decided', code: 'granted' });
    const [one] = decisionsOf(
      [kept('a', { appeal: made }), outcome, kept('c', { what: 'approved' })],
      new Set(),
    );
    expect(one).to.deep.include({ reference: 'c', what: 'approved', appeal: 'none' });
  });
});
