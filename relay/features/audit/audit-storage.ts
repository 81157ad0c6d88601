/** Where the audit is kept: the port that adapters implement. It only grows. */
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { KeyedPage, PageKey, PageRequest } from '../../../shared/api/route/page.ts';
import type { OpsOf } from '../../core/ports/port.ts';
import type { AuditHead, AuditLine } from '../../core/audit/chain.ts';

/** Which lines are wanted: those to which all of it applies. */
export interface AuditFilter {
  readonly by?: string | undefined;
  readonly act?: string | undefined;
  readonly target?: string | undefined;
  /** ms since the epoch, inclusive. */
  readonly from?: number | undefined;
  /** ms since the epoch, exclusive. */
  readonly to?: number | undefined;
}

export interface AuditStorage {
  /** Puts a line at the chain's end. */
  append(line: ActLine): Promise<void>;
  /** The lines after a number, in their order. */
  chain(after: number, most: number): Promise<readonly AuditLine[]>;
  /** The latest first. */
  lines(filter: AuditFilter, page: PageRequest<number>): Promise<KeyedPage<AuditLine, number>>;
  /** The last line; undefined if there is none. */
  head(): Promise<AuditHead | undefined>;
  /** Takes a line's `why` and its salt away. Whether there was one. */
  blank(n: number): Promise<boolean>;
}

/** Where a line stands among others. */
export const placeOfLine = ({ n }: AuditLine): PageKey<number> => ({ by: n, id: '' });

export const auditOps = {
  append: 'write',
  chain: 'read',
  lines: 'read',
  head: 'read',
  blank: 'erase',
} as const satisfies OpsOf<AuditStorage>;
