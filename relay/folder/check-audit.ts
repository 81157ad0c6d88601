/** Whether every line of the audit is what it was. */
import type { DatabaseSync } from 'node:sqlite';
import { AUDIT_PAGE, type AuditLine, followed, headText, noLines } from '../core/audit/chain.ts';
import { rowsOf } from '../storage/sqlite/in-transaction.ts';

/** @returns its end, as a person keeps it; null while there is no line. */
export function checkAudit(db: DatabaseSync, tell: (problem: string) => void): string | null {
  const read = db.prepare(
    `SELECT n, at, "by", act, target, why, salt, hash, why_hash AS whyHash FROM audit
     WHERE n > ? ORDER BY n LIMIT ?`,
  );
  let head = noLines;
  for (;;) {
    const lines = rowsOf<AuditLine>(read.all(head.n, AUDIT_PAGE));
    const next = followed(head, lines);
    if ('broken' in next) {
      tell(`audit: line ${next.broken} is not what it was`);
      break;
    }
    head = next;
    if (lines.length < AUDIT_PAGE) break;
  }
  return head.n === 0 ? null : headText(head);
}
