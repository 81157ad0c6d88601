/** Runs operations on SQLite at once, to their end, without waiting. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { forgetOldest } from '../../core/limits/forget-oldest.ts';
import type { Operation, Ran, Statement } from '../../sql/query.ts';

/** Prepared statements kept; lists of any length make many. */
const MOST_PREPARED = 500;

export class OperationRunner {
  readonly #db: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** @throws what the operation throws: its transaction is then rolled back. */
  run<Result>(operation: Operation<Result>): Result {
    let step = operation.next();
    while (!step.done) step = operation.next(this.#run(step.value));
    return step.value;
  }

  #run({ sql, parameters, wants }: Statement): Ran {
    const statement = this.#prepare(sql);
    const values = parameters as readonly SQLInputValue[];
    if (wants === 'rows') return statement.all(...values);
    return Number(statement.run(...values).changes);
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#prepared.get(sql) ?? this.#db.prepare(sql);
    this.#prepared.delete(sql); // moved to the end: the first is the one longest unused
    this.#prepared.set(sql, statement);
    forgetOldest(this.#prepared, MOST_PREPARED);
    return statement;
  }
}
