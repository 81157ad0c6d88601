/** Whether every line of the audit is what it was. */
import type { DatabaseSync } from 'node:sqlite';
import { auditSql } from '../features/audit/audit-sql.ts';
import { AUDIT_PAGE, headText } from '../features/audit/audit.ts';
import { followed, noLines } from '../features/audit/chain.ts';
import { OperationRunner } from '../storage/sqlite/run-operation.ts';

/** @returns its end, as a person keeps it; null while there is no line. */
export function checkAudit(db: DatabaseSync, tell: (problem: string) => void): string | null {
  const runner = new OperationRunner(db);
  let head = noLines;
  for (;;) {
    const lines = runner.run(auditSql.chain(head.n, AUDIT_PAGE));
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
