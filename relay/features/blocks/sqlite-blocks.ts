/** Blocks, and where devices were seen, in SQLite; runs in the worker. */
import type { DatabaseSync } from 'node:sqlite';
import type { MemberId } from '../../../shared/ids.ts';
import type { BlockStorage, Sighting, StoredBlock } from '../members/people-storage.ts';
import { type Sync, inTransaction, rowsOf } from '../../storage/sqlite/sqlite-tools.ts';

export class SqliteBlocks implements Sync<BlockStorage> {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = prepare(db);
  }

  addBlock({ id, subject, value, shown, reason, created, expires }: StoredBlock): void {
    const known = subject === 'member' ? this.#knownAs(value as MemberId) : null;
    this.#sql.add.run(id, subject, known ?? value, known ?? shown, reason, created, expires);
  }

  blocks(): readonly StoredBlock[] {
    return rowsOf<StoredBlock>(this.#sql.list.all()).map((block) => ({ ...block }));
  }

  removeBlock(id: string): boolean {
    return this.#sql.remove.run(id).changes > 0;
  }

  sawAddresses(sightings: readonly Sighting[]): void {
    inTransaction(this.#db, () => {
      for (const { device, member, hash, shown, seen } of sightings) {
        this.#sql.saw.run(device, this.#knownAs(member), hash, shown, seen);
      }
      return true;
    });
  }

  sightingsOf(member: MemberId): readonly Sighting[] {
    return rowsOf<Sighting>(this.#sql.sightings.all(this.#knownAs(member))).map((sighting) => ({
      ...sighting,
    }));
  }

  forgetSightings(before: number): void {
    inTransaction(this.#db, () => {
      this.#sql.forgetSightings.run(before);
      this.#sql.forgetBlocks.run(before);
      return true;
    });
  }

  /** Who somebody is by now who was merged into another: a name from before still reaches them. */
  #knownAs(member: MemberId): MemberId {
    return (this.#sql.knownAs.get(member)?.['id'] as MemberId | undefined) ?? member;
  }
}

function prepare(db: DatabaseSync) {
  return {
    add: db.prepare(
      `INSERT INTO block (id, subject, value, shown, reason, created, expires)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    knownAs: db.prepare(
      `WITH RECURSIVE known (id, steps) AS (
         SELECT ?, 0 UNION SELECT to_member, steps + 1 FROM known JOIN merge ON from_member = id
         WHERE steps < 100 AND NOT EXISTS (SELECT 1 FROM device WHERE member = id)
       ) SELECT id FROM known ORDER BY steps DESC LIMIT 1`,
    ),
    list: db.prepare('SELECT * FROM block ORDER BY created DESC, id'),
    remove: db.prepare('DELETE FROM block WHERE id = ?'),
    saw: db.prepare(
      `INSERT INTO address (device, member, hash, shown, seen) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET member = excluded.member, seen = max(seen, excluded.seen)`,
    ),
    sightings: db.prepare('SELECT * FROM address WHERE member = ? ORDER BY seen DESC, shown'),
    forgetSightings: db.prepare('DELETE FROM address WHERE seen < ?'),
    forgetBlocks: db.prepare('DELETE FROM block WHERE expires < ?'),
  };
}
