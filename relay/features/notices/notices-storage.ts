/** Where notices of what is unlawful are kept: the port that adapters implement. */
import type { KeyedPage, PageKey, PageRequest } from '../../../shared/api/route/page.ts';
import type { OpsOf } from '../../core/ports/port.ts';

/** What somebody wrote, who needs no account for it. */
export interface Notice {
  readonly kind: string;
  /** Where it is: an address, a conversation, a message. */
  readonly place: string;
  /** Why it is unlawful. */
  readonly why: string;
  /** Empty if they gave none. */
  readonly name: string;
  readonly email: string;
  /** The language of the form. */
  readonly lang: string;
}

export interface NewNotice extends Notice {
  readonly reference: string;
  /** ms since the epoch. */
  readonly at: number;
  /** The keyed hash of the network it came from. */
  readonly source: string;
  readonly bytes: number;
}

export interface NoticeDecision {
  readonly upheld: boolean;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

export interface StoredNotice extends Notice {
  readonly reference: string;
  readonly at: number;
  /** Null: it waits. */
  readonly decision: NoticeDecision | null;
}

/** What may wait at most, in all. */
export interface NoticeRoom {
  readonly most: number;
  readonly mostBytes: number;
}

export interface NoticeStorage {
  /**
   * Keeps a notice. Where there is no room, the newest of the network that has the most waiting gives way, if
   * that has more than this one's. How many gave way; null: it was not kept.
   */
  putNotice(notice: NewNotice, room: NoticeRoom): Promise<number | null>;
  /** Those that wait, the oldest first; or those that were decided. */
  notices(waiting: boolean, page: PageRequest<number>): Promise<KeyedPage<StoredNotice, number>>;
  notice(reference: string): Promise<StoredNotice | undefined>;
  /** Whether it waited: the first decision counts. */
  decideNotice(reference: string, decision: NoticeDecision): Promise<boolean>;
  /** Deletes those that were decided before then. */
  forgetNotices(before: number): Promise<void>;
}

/** Where a notice stands among others. */
export const placeOfNotice = ({ at, reference }: StoredNotice): PageKey<number> => ({
  by: at,
  id: reference,
});

export const noticeOps = {
  putNotice: 'write',
  notices: 'read',
  notice: 'read',
  decideNotice: 'write',
  forgetNotices: 'erase',
} as const satisfies OpsOf<NoticeStorage>;
