/** Tables in memory, with what a database gives: all of a transaction happens, or none of it. */

/** A map whose changes can be taken back. Values are never written into: they are replaced. */
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

  /** What it holds, as a backup keeps it. */
  copy(): ReadonlyMap<Key, Value> {
    return new Map(this.#rows);
  }

  /** Holds what a backup kept, and nothing else. */
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

/** A database's tables as a backup keeps them. */
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

  /** What `act` changes stays, unless it throws or returns false. */
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

  /** A table is about to change, and how to take that back. */
  changed(undo: () => void): void {
    this.#undo?.push(undo);
  }

  backUp(): Backup {
    return new Map(this.#all.map((table) => [table, table.copy()]));
  }

  /** Tables that the backup does not know are emptied. */
  restore(backup: Backup): void {
    for (const table of this.#all) table.replace(backup.get(table) ?? new Map<never, never>());
  }
}
