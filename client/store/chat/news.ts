/** What came unseen: the newest unread message, and whether it came since this began. */
import type { ConversationId } from '../../../shared/ids.ts';
import type { ThreadMessage, ThreadState } from '../conversation/thread-state.ts';
import type { Unread } from './chat-state.ts';

export class News {
  #since: number | undefined;
  /** The newest that came unseen; what was unread at the first hearing is no news. */
  latest: Unread | null = null;

  /**
   * Hears what is unread now; tells whether it is news.
   * @param isSeen it is on the screen: unread only until that is noted.
   */
  hear(unread: Unread | null, isSeen: boolean): boolean {
    const time = unread?.time ?? 0;
    const since = this.#since;
    this.#since = Math.max(time, since ?? 0);
    if (since === undefined || time <= since || isSeen) return false;
    this.latest = unread;
    return true;
  }
}

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
