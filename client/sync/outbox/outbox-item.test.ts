import { expect } from '@open-wc/testing';
import { bytesToText } from '../../../shared/bytes.ts';
import type { Entry } from '../../../shared/entry/entry.ts';
import type { ConversationId, Fingerprint } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import type { OutboxItem } from '../../store/sync-port.ts';
import { strangerSays } from '../../testing/stranger.ts';
import { afterAnswer, isDue, retryIn } from './outbox-item.ts';

const DAY_MS = 86_400_000;
const now = 1_000 * DAY_MS;
const id = bytesToText(new Uint8Array(16));

describe('an outbox item', () => {
  let entry: Entry;

  before(async () => {
    entry = await strangerSays(id as Fingerprint, id as ConversationId, 'Bonjour');
  });

  const answered = (outcome: Outcome): OutboxItem => {
    const after = afterAnswer({ entry, state: { type: 'waiting' } }, outcome, now);
    if (after.type !== 'keep') throw new Error(after.type);
    return after.item;
  };

  it('that is in the books is done', () => {
    const taken = { type: 'taken' } as const;
    expect(afterAnswer({ entry, state: { type: 'waiting' } }, taken, now)).to.deep.equal(taken);
  });

  it('that is put off is due once the time is over', () => {
    const item = answered({ type: 'later', afterMs: 30_000 });
    expect([isDue(item, now + 29_999), isDue(item, now + 30_000)]).to.deep.equal([false, true]);
    expect([retryIn(item, now), retryIn(item, now + 30_000)]).to.deep.equal([30_000, 50]);
  });

  it('is not put off for months by a clock that was put back since', () => {
    const item = answered({ type: 'later', afterMs: 30_000 });
    expect(isDue(item, now - 400 * DAY_MS)).to.equal(true);
    expect(retryIn(item, now - 400 * DAY_MS)).to.equal(50);
  });

  it('waits no longer than ten minutes, whatever the relay says', () => {
    const item = answered({ type: 'later', afterMs: DAY_MS });
    expect(isDue(item, now)).to.equal(false);
    expect(retryIn(item, now)).to.equal(600_000);
  });

  it('is sent again while it is held, and not once it is answered for good', () => {
    expect(isDue(answered({ type: 'held' }), now)).to.equal(true);
    expect(isDue(answered({ type: 'refused', code: 'forbidden' }), now)).to.equal(false);
  });
});
