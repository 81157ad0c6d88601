/** The audit as the office reads it. Lines are written with their acts: see core/audit/acts.ts. */
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import { equalBytes } from '../../../shared/bytes.ts';
import type { Acting } from '../../core/audit/acts.ts';
import type { AuditFilter, AuditStorage } from './audit-storage.ts';
import {
  AUDIT_PAGE,
  type AuditHead,
  type AuditLine,
  followed,
  noLines,
} from '../../core/audit/chain.ts';

/** What a walk over the chain found. */
export interface AuditVerified {
  readonly head: AuditHead | null;
  readonly broken: number | null;
  readonly kept: boolean | null;
}

export class Audit {
  readonly #storage: Acting<AuditStorage>;

  constructor(storage: Acting<AuditStorage>) {
    this.#storage = storage;
  }

  list(filter: AuditFilter, page: PageRequest<number>): Promise<KeyedPage<AuditLine, number>> {
    return this.#storage.lines(filter, page);
  }

  /** The lines after one, in their order. */
  after(n: number): Promise<readonly AuditLine[]> {
    return this.#storage.chain(n, AUDIT_PAGE);
  }

  head(): Promise<AuditHead | undefined> {
    return this.#storage.head();
  }

  /** Whether there is such a line. */
  blank(n: number, line: ActLine): Promise<boolean> {
    return this.#storage.with(line).blank(n);
  }

  /**
   * Walks over the whole chain, a page at a time.
   * @param end where it once ended, as it was kept elsewhere: what was cut off after it shows only by that
   */
  async verify(end?: AuditHead): Promise<AuditVerified> {
    const keptIn = (lines: readonly AuditLine[]): boolean =>
      lines.some(({ n, hash }) => n === end?.n && equalBytes(hash, end.hash));
    let head = noLines;
    let kept = false;
    for (;;) {
      const lines = await this.after(head.n);
      kept ||= keptIn(lines);
      const next = followed(head, lines);
      if ('broken' in next)
        return { head: toldHead(head), broken: next.broken, kept: end ? false : null };
      head = next;
      if (lines.length < AUDIT_PAGE)
        return { head: toldHead(head), broken: null, kept: end ? kept : null };
    }
  }
}

const toldHead = (head: AuditHead): AuditHead | null => (head.n === 0 ? null : head);
