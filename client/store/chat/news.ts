/** What came unseen: the newest unread message, and whether it came since the start. */
import type { Unread } from './summaries.ts';

export class News {
  #since: number | undefined;
  /** The newest message that came unseen. What was unread at the first call is not news. */
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
