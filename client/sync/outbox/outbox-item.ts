/** What happens to an outbox item when the relay answers. It is pure, so tests can try every order. */
import type { ConversationId } from '../../../shared/ids.ts';
import type { OutboxItem } from '../../store/sync-port.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';

/** A relay's wait is minutes at most. If it seems longer, the clock was set back since. */
const LONGEST_WAIT_MS = 600_000;
const SHORTEST_WAIT_MS = 50;

/** What to do with an item after an answer. */
export type AfterAnswer =
  /** It is in the room: forget the item once the replica shows its row. */
  | { readonly type: 'numbered' }
  /** The relay has it for good, and nobody will see it: forget the item. */
  | { readonly type: 'taken' }
  /** Keep it in this state. */
  | { readonly type: 'keep'; readonly item: OutboxItem };

/** Takes the relay's answer for an item. */
export function afterAnswer(item: OutboxItem, outcome: Outcome, now: number): AfterAnswer {
  switch (outcome.type) {
    case 'durable':
    case 'duplicate':
      return { type: 'numbered' };
    case 'taken':
      return outcome;
    case 'later': {
      const retryAt = now + Math.min(outcome.afterMs, LONGEST_WAIT_MS);
      const { why } = outcome;
      const state = { type: 'later', retryAt, ...(why && { why }) } as const;
      return { type: 'keep', item: { entry: item.entry, state } };
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
  // A held item is sent again on each contact: the answer shows when it was judged.
  return item.state.type === 'waiting' || item.state.type === 'held';
}

/**
 * What has to be sent now, of items in order. What follows a postponed one in its conversation waits with it:
 * words keep their order, and withdrawing them does not arrive before them.
 */
export function dueOf(items: readonly OutboxItem[], now: number): OutboxItem[] {
  const waiting = new Set<ConversationId>();
  return items.filter((item) => {
    const { conversation } = item.entry;
    if (waiting.has(conversation)) return false;
    if (isDue(item, now)) return true;
    if (item.state.type === 'later') waiting.add(conversation);
    return false;
  });
}

/** How long until a postponed item is due, ms. */
export function retryIn(item: OutboxItem, now: number): number {
  if (item.state.type !== 'later' || isDue(item, now)) return SHORTEST_WAIT_MS;
  return Math.max(SHORTEST_WAIT_MS, item.state.retryAt - now);
}
/** Oldest first. For equal times, ids give the same order on every tab. */
export const byTime = (a: OutboxItem, b: OutboxItem): number =>
  a.entry.time - b.entry.time || (a.entry.id < b.entry.id ? -1 : 1);
