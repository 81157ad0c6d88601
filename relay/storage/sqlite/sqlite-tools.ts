/** What the SQLite modules share. */
import type { DatabaseSync } from 'node:sqlite';

/** A port's methods without their promises: how the worker implements it. */
export type Sync<Port> = {
  [Name in keyof Port]: Port[Name] extends (...args: infer Args) => Promise<infer Result>
    ? (...args: Args) => Result
    : never;
};

/** Runs `act` in a transaction; rolled back when it throws or returns false. */
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

/** Names the columns of found rows: the query beside the call says them. */
export const rowsOf = <Row>(found: readonly unknown[]): Row[] => found as Row[];
