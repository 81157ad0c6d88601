/** Tables in memory, with what a database guarantees: all of a transaction happens, or none of it. */

/** A map whose changes can be undone. Values are never modified, only replaced. */
export class Table<Key, Value> {
  #rows = new Map<Key, Value>();
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  get(key: Key): Value | undefined {
    return this.#rows.get(key);
  }

  set(key: Key, value: Value): void {
    this.#remember(key);
    this.#rows.set(key, value);
  }

  /** Whether there was one. */
  delete(key: Key): boolean {
    this.#remember(key);
    return this.#rows.delete(key);
  }

  /** In the order in which they came. */
  values(): Value[] {
    return [...this.#rows.values()];
  }

  entries(): [Key, Value][] {
    return [...this.#rows];
  }

  keys(): Key[] {
    return [...this.#rows.keys()];
  }

  /** What it holds, for a backup. */
  copy(): ReadonlyMap<Key, Value> {
    return new Map(this.#rows);
  }

  /** Restores what a backup holds, and nothing else. */
  replace(rows: ReadonlyMap<Key, Value>): void {
    this.#rows = new Map(rows);
  }

  #remember(key: Key): void {
    const had = this.#rows.has(key);
    const before = this.#rows.get(key) as Value;
    this.#tables.changed(() => {
      if (had) this.#rows.set(key, before);
      else this.#rows.delete(key);
    });
  }
}

/** A database's tables, for a backup. */
export type Backup = ReadonlyMap<Table<never, never>, ReadonlyMap<never, never>>;

export class Tables {
  readonly #all: Table<never, never>[] = [];
  #undo: (() => void)[] | null = null;

  /** Another table of this database. */
  make<Key, Value>(): Table<Key, Value> {
    const table = new Table<Key, Value>(this);
    this.#all.push(table as unknown as Table<never, never>);
    return table;
  }

  /** Keeps what `act` changes, unless it throws or returns false. */
  transaction(act: () => boolean): boolean {
    const undo: (() => void)[] = [];
    this.#undo = undo;
    let done = false;
    try {
      done = act();
    } finally {
      this.#undo = null;
      if (!done) for (const step of undo.reverse()) step();
    }
    return done;
  }

  /** A table is about to change, and how to undo it. */
  changed(undo: () => void): void {
    this.#undo?.push(undo);
  }

  backUp(): Backup {
    return new Map(this.#all.map((table) => [table, table.copy()]));
  }

  /** Empties tables that the backup does not know. */
  restore(backup: Backup): void {
    for (const table of this.#all) table.replace(backup.get(table) ?? new Map<never, never>());
  }
}
