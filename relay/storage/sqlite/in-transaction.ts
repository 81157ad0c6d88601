/** Transactions, and rows as their queries define them. */
import type { DatabaseSync } from 'node:sqlite';

/** Runs `act` in a transaction that writes. It is rolled back if `act` throws or returns false. */
export function inTransaction(db: DatabaseSync, act: () => boolean): boolean {
  db.exec('BEGIN IMMEDIATE');
  let done = false;
  try {
    done = act();
    if (done) db.exec('COMMIT');
  } finally {
    // A COMMIT that failed (disk full) may already have rolled back.
    if (db.isTransaction) db.exec('ROLLBACK');
  }
  return done;
}

/** Runs `read` over one moment of the database, whatever another thread commits meanwhile. */
export function inSnapshot<Result>(db: DatabaseSync, read: () => Result): Result {
  db.exec('BEGIN');
  try {
    return read();
  } finally {
    db.exec('COMMIT');
  }
}

/** Names the columns of found rows; the query beside the call defines them. */
export const rowsOf = <Row>(found: readonly unknown[]): Row[] => found as Row[];
