/** What becomes of an outbox item when the relay answers: pure, so that every order can be tried. */
import type { OutboxItem } from '../../store/sync-port.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';

/** A relay's wait is minutes at most: what seems to be longer is a clock that was put back since. */
const LONGEST_WAIT_MS = 600_000;
const SHORTEST_WAIT_MS = 50;

/** What to do with an item after an answer. */
export type AfterAnswer =
  /** It is in the room: forget it once the replica shows its row. */
  | { readonly type: 'numbered' }
  /** Keep it in this state. */
  | { readonly type: 'keep'; readonly item: OutboxItem };

/** Takes the relay's answer for an item. */
export function afterAnswer(item: OutboxItem, outcome: Outcome, now: number): AfterAnswer {
  switch (outcome.type) {
    case 'durable':
    case 'duplicate':
      return { type: 'numbered' };
    case 'later': {
      const retryAt = now + Math.min(outcome.afterMs, LONGEST_WAIT_MS);
      return { type: 'keep', item: { entry: item.entry, state: { type: 'later', retryAt } } };
    }
    case 'held':
    case 'refused':
    case 'claimed':
      return { type: 'keep', item: { entry: item.entry, state: outcome } };
  }
}

/** Whether an item still has to be sent: it has no final answer, and its wait is over. */
export function isDue(item: OutboxItem, now: number): boolean {
  if (item.state.type === 'later') {
    const wait = item.state.retryAt - now;
    return wait <= 0 || wait > LONGEST_WAIT_MS;
  }
  // What is held is offered again on each contact: the answer tells when it was judged.
  return item.state.type === 'waiting' || item.state.type === 'held';
}

/** How long until an item that was put off is due, ms. */
export function retryIn(item: OutboxItem, now: number): number {
  if (item.state.type !== 'later' || isDue(item, now)) return SHORTEST_WAIT_MS;
  return Math.max(SHORTEST_WAIT_MS, item.state.retryAt - now);
}
/** Oldest first; ids settle equal times the same way on every tab. */
export const byTime = (a: OutboxItem, b: OutboxItem): number =>
  a.entry.time - b.entry.time || (a.entry.id < b.entry.id ? -1 : 1);
