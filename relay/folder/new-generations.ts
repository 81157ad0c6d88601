/** What makes devices load their rooms anew, where the database is older than what they hold. */
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../storage/sqlite/in-transaction.ts';

/**
 * Gives each room a generation that is new to it. Kept pages go: they name the writer of the generation before.
 * @param least no device holds one that is as high.
 */
export function newGenerations(db: DatabaseSync, least: number): void {
  inTransaction(db, () => {
    db.prepare('UPDATE room SET generation = max(generation + 1, ?)').run(Math.floor(least));
    // The file of an older build has none.
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'kept_page'").get())
      db.exec('DELETE FROM kept_page');
    return true;
  });
}
