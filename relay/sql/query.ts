/**
 * SQL as features write it: Kysely builds and compiles statements, and a driver runs them. An operation is
 * a generator of statements, so the same code runs on both kinds of driver. SQLite's runs it to its end
 * between BEGIN and COMMIT without waiting; a server's awaits each statement.
 */
import {
  type Compilable,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** A piece of SQL by hand, for what Kysely cannot express. */
export { sql as raw } from 'kysely';

/** One statement, and what is wanted from it. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly wants: 'rows' | 'changes';
}

/** What a driver returns for a statement. */
export type Ran = readonly unknown[] | number;

export type Operation<Result> = Generator<Statement, Result, Ran>;

/** A port's operations in SQL. */
export type SqlOf<Port> = {
  readonly [Op in keyof Port]: Port[Op] extends (...args: infer Args) => Promise<infer Result>
    ? (...args: Args) => Operation<Result>
    : never;
};

/** Builds statements over a feature's tables, and runs none. */
export const tables = <Tables>(): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });

/** All rows of a query. */
export function* all<Row>(query: Compilable<Row>): Operation<readonly Row[]> {
  const { sql, parameters } = query.compile();
  return (yield { sql, parameters, wants: 'rows' }) as readonly Row[];
}

/** The first row of a query. */
export function* first<Row>(query: Compilable<Row>): Operation<Row | undefined> {
  return (yield* all(query))[0];
}

/** Runs a change, and returns how many rows it touched. */
export function* run(query: Compilable): Operation<number> {
  const { sql, parameters } = query.compile();
  return (yield { sql, parameters, wants: 'changes' }) as number;
}

/**
 * A query that is compiled once, for what is asked often: Kysely takes some 20 µs each time.
 * @param query with any values where parameters stand.
 * @returns asks with these parameters, in the order in which the SQL has them.
 */
export function compiled<Row>(
  query: Compilable<Row>,
): (...parameters: readonly unknown[]) => Operation<readonly Row[]> {
  const { sql } = query.compile();
  return function* (...parameters) {
    return (yield { sql, parameters, wants: 'rows' }) as readonly Row[];
  };
}
