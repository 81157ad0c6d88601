/** What the list and the launcher say of conversations that are read. */
import { Role } from '../../../shared/grant/roles.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import { reuse } from '../../signals/reuse.ts';
import type { ThreadMessage, ThreadState } from '../conversation/thread-state.ts';
import type { DecisionView } from '../moderation/moderation-state.ts';
import type { StoredSummaries, StoredSummary } from './conversation-list.ts';
import type { ConversationSummary, Unread } from './summaries.ts';

export function summaryOf(thread: ThreadState, askedAt: number): ConversationSummary {
  const last = thread.items.findLast((item): item is ThreadMessage => item.type === 'message');
  return {
    id: thread.id,
    title: thread.title,
    hidden: thread.items[0]?.type === 'hidden',
    last: last?.text ?? '',
    lastMine: last?.mine ?? false,
    lastBy: last && !last.mine ? last.from.name : '',
    lastAt: last?.time ?? askedAt,
    unread: thread.unread + decided(thread),
    answerers: thread.answerers,
    closed: thread.closed,
    waiting: !thread.guest && thread.answerers.length === 0 && !isHeld(thread),
    kept: thread.kept,
  };
}

/** Whether nobody has the question yet, because somebody reads it first. */
const isHeld = ({ items: [question] }: ThreadState): boolean =>
  question?.type === 'message' && question.delivery?.type === 'held';

/** What was decided about own words there, and not seen yet: it counts like a message. */
const decided = ({ items }: ThreadState): number =>
  items.filter((item) => 'decision' in item && item.decision && isNews(item.decision)).length;

/** A message that is held says so by itself. */
const isNews = ({ seen, what }: DecisionView): boolean => !seen && what !== 'held';

/** The newest unread message of all these conversations. */
export function latestOf(threads: Iterable<ThreadState>): Unread | null {
  let latest: { readonly conversation: ConversationId; readonly message: ThreadMessage } | null =
    null;
  for (const thread of threads) {
    if (thread.unread === 0) continue;
    const message = thread.items.findLast(
      (item): item is ThreadMessage => item.type === 'message' && !item.mine,
    );
    if (message && (!latest || message.time > latest.message.time)) {
      latest = { conversation: thread.id, message };
    }
  }
  if (!latest) return null;
  const { id, from, text, time } = latest.message;
  return { conversation: latest.conversation, id, from, text, time };
}

/** What a device keeps of its conversations, to list them without reading their rooms; the same if it is no news. */
export function storedOf(
  stored: StoredSummaries,
  list: readonly ConversationSummary[],
): StoredSummaries {
  const fresh = list.filter(({ title, hidden }) => title !== '' || hidden);
  return reuse(stored, {
    ...stored,
    ...Object.fromEntries(fresh.map((summary) => [summary.id, toStored(summary)])),
  });
}

function toStored(summary: ConversationSummary): StoredSummary {
  const { title, lastMine, lastBy = '', lastAt, unread, closed, waiting, kept } = summary;
  const answerers = summary.answerers.map(({ member, role }) => ({ member, role: Role[role] }));
  return {
    title,
    last: summary.last.slice(0, 200),
    lastMine,
    lastBy,
    lastAt,
    unread,
    closed,
    waiting,
    kept,
    answerers,
  };
}
