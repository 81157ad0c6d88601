import type { LauncherPerson } from './launcher-person.ts';

/** What the loader's launcher shows. The store knows it better than the space summary. */
export interface LiveSummary {
  readonly people: readonly LauncherPerson[];
  /** Null if nobody knows; undefined while the socket opens. */
  readonly here: number | null | undefined;
  readonly unread: number;
  /** That number, in words. */
  readonly unreadText: string;
  /** Of the conversation that goes on; empty for none. */
  readonly title: string;
  /** Such as "Maud answered you", "with Maud" or "Can you help?"; empty for none. */
  readonly news: string;
  /** The language that the visitor chose, if any. */
  readonly lang: string | null;
}
