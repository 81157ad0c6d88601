/** The audit in memory. */
import type { ActLine } from '../../../../shared/api/route/act.ts';
import type { KeyedPage, PageRequest } from '../../../../shared/api/route/page.ts';
import type { Sync } from '../../../core/ports/port.ts';
import {
  type AuditFilter,
  type AuditStorage,
  placeOfLine,
} from '../../../features/audit/audit-storage.ts';
import { type AuditHead, type AuditLine, chained, noLines } from '../../../core/audit/chain.ts';
import { pageOf } from '../tables/page-of.ts';
import type { Table, Tables } from '../tables/table.ts';

export class MemoryAudit implements Sync<AuditStorage> {
  readonly #lines: Table<number, AuditLine>;

  constructor(tables: Tables) {
    this.#lines = tables.make();
  }

  append(line: ActLine): void {
    const next = chained(this.head() ?? noLines, line);
    this.#lines.set(next.n, next);
  }

  chain(after: number, most: number): readonly AuditLine[] {
    return this.#lines
      .values()
      .filter(({ n }) => n > after)
      .slice(0, most);
  }

  lines(
    { by, act, target, from, to }: AuditFilter,
    page: PageRequest<number>,
  ): KeyedPage<AuditLine, number> {
    const found = this.#lines
      .values()
      .filter(
        (line) =>
          (by === undefined || line.by === by) &&
          (act === undefined || line.act === act) &&
          (target === undefined || line.target === target) &&
          (from === undefined || line.at >= from) &&
          (to === undefined || line.at < to),
      );
    return pageOf(found, page, placeOfLine, 'descending');
  }

  head(): AuditHead | undefined {
    const last = this.#lines.values().at(-1);
    return last && { n: last.n, hash: last.hash };
  }

  blank(n: number): boolean {
    const line = this.#lines.get(n);
    if (line) this.#lines.set(n, { ...line, why: null, salt: null });
    return line !== undefined;
  }
}
