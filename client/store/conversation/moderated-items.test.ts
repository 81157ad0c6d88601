import { expect } from '@open-wc/testing';
import { message } from '../../desk/testing/desk-fixtures.ts';
import { decisionsOf } from '../moderation/decisions-of.ts';
import type { DecisionId, EntryId } from '../../../shared/ids.ts';
import type { KeptDecision } from '../sync-port.ts';
import { moderatedItems } from './moderated-items.ts';

const id = 'entry' as EntryId;

/** What is said of a message that this device knows as held. */
function toldOf(what: KeptDecision['what'], seen: boolean): unknown {
  const kept = { reference: 'a' as DecisionId, id, what, code: '', reason: '', until: 0 };
  const decisions = decisionsOf(
    [{ ...kept, automatic: false, at: 1, seen, appeal: null }],
    new Set(),
  );
  const [item] = moderatedItems([message(id, { mine: true, delivery: { type: 'held' } })], {
    decisions: new Map(decisions.map((decision) => [id, decision])),
    reports: new Map(),
  });
  return item?.type === 'message' && item.delivery?.type;
}

describe('a message that was held', () => {
  it('is not said to wait any more once it is approved, though its row has not come', () => {
    expect(toldOf('approved', false)).to.equal('received');
    expect(toldOf('approved', true)).to.equal('received');
  });

  it('waits as long as nothing else was decided', () => {
    expect(toldOf('held', false)).to.equal('held');
  });
});
