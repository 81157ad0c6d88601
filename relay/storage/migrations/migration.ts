import type { SQLOutputValue } from 'node:sqlite';

/** A step of the data folder from one version to the next. */
export interface Migration {
  /** The data's version after it. Steps of one version run together. */
  readonly version: number;
  /** Whose tables they are. */
  readonly feature: string;
  readonly sql: string;
  /** What its SQL calls that SQLite does not have. */
  readonly functions?: Readonly<Record<string, (value: SQLOutputValue) => string>>;
}
