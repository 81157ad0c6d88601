/** Notices of what is unlawful in memory. */
import type { KeyedPage, PageRequest } from '../../../../shared/api/route/page.ts';
import type { Sync } from '../../../core/ports/port.ts';
import {
  type NewNotice,
  type NoticeDecision,
  type NoticeRoom,
  type NoticeStorage,
  type StoredNotice,
  placeOfNotice,
} from '../../../features/notices/notices-storage.ts';
import { compareText, pageOf } from '../tables/page-of.ts';
import type { Table, Tables } from '../tables/table.ts';

type Kept = NewNotice & Pick<StoredNotice, 'decision'>;

export class MemoryNotices implements Sync<NoticeStorage> {
  readonly #notices: Table<string, Kept>;

  constructor(tables: Tables) {
    this.#notices = tables.make();
  }

  putNotice(notice: NewNotice, room: NoticeRoom): number | null {
    const gone = this.#makeRoom(notice, room);
    if (gone === null) return null;
    this.#notices.set(notice.reference, { ...notice, decision: null });
    return gone;
  }

  notices(waiting: boolean, page: PageRequest<number>): KeyedPage<StoredNotice, number> {
    const found = this.#notices.values().filter(({ decision }) => (decision === null) === waiting);
    return pageOf(found.map(storedOf), page, placeOfNotice);
  }

  notice(reference: string): StoredNotice | undefined {
    const found = this.#notices.get(reference);
    return found && storedOf(found);
  }

  decideNotice(reference: string, decision: NoticeDecision): boolean {
    const found = this.#notices.get(reference);
    if (!found || found.decision) return false;
    this.#notices.set(reference, { ...found, decision });
    return true;
  }

  forgetNotices(before: number): void {
    for (const { reference, decision } of this.#notices.values())
      if (decision && decision.at < before) this.#notices.delete(reference);
  }

  #makeRoom({ source, bytes }: NewNotice, room: NoticeRoom): number | null {
    for (let gone = 0; ; gone++) {
      const waiting = this.#notices.values().filter(({ decision }) => decision === null);
      const used = waiting.reduce((sum, one) => sum + one.bytes, 0);
      if (waiting.length < room.most && used + bytes <= room.mostBytes) return gone;
      const counts = new Map<string, number>();
      for (const one of waiting) counts.set(one.source, (counts.get(one.source) ?? 0) + 1);
      const [most] = [...counts].toSorted((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
      const own = counts.get(source) ?? 0;
      if (!most || most[0] === source || most[1] <= own + 1) return null;
      const newest = waiting
        .filter((one) => one.source === most[0])
        .toSorted((a, b) => b.at - a.at || compareText(b.reference, a.reference))[0];
      if (!newest) return null;
      this.#notices.delete(newest.reference);
    }
  }
}

const storedOf = ({ source: _source, bytes: _bytes, ...notice }: Kept): StoredNotice => notice;
