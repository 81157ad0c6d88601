/** What a helper chose to see of the inbox, and in which order. Remembered on this device. */

/** `list`: as the list comes, which is oldest first for those who wait. */
export const inboxSorts = ['list', 'turned', 'page'] as const;
export type InboxSort = (typeof inboxSorts)[number];

export interface InboxChoice {
  readonly sort: InboxSort;
  /** Only what was asked on the page of this name; empty for all. */
  readonly page: string;
  readonly unread: boolean;
}

export const EVERYTHING: InboxChoice = { sort: 'list', page: '', unread: false };

/** Whether nothing is left out, and nothing moved. */
export const isEverything = ({ sort, page, unread }: InboxChoice): boolean =>
  sort === EVERYTHING.sort && page === '' && !unread;

/** What was stored, if this build knows it. */
export const choiceOf = (stored: InboxChoice): InboxChoice =>
  inboxSorts.includes(stored.sort) ? stored : EVERYTHING;
