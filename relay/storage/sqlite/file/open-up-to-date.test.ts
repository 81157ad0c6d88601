/** Upgrades of each released data folder, by whatever steps come after it. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, it } from 'node:test';
import { dumpOf } from '../../../testing/data-folder/dump-storage.ts';
import { spareThreads } from '../../../testing/spare-threads.ts';
import { dataVersion, newestOf } from '../../migrations/migrate.ts';
import type { Migration } from '../../migrations/migration.ts';
import { migrations } from '../../migrations/migrations.ts';
import { openSqlite } from '../open-sqlite.ts';
import { openUpToDate } from './open-up-to-date.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const newest = newestOf();
const step = (version: number, sql: string): Migration => ({ version, feature: 'test', sql });
/** What a build two versions from now would do. */
const later = [
  ...migrations,
  step(newest + 1, 'CREATE TABLE later (x TEXT) STRICT'),
  step(newest + 2, `INSERT INTO later VALUES ('here')`),
];

for (const name of await readdir(fixtures)) {
  const version = Number(/\d+$/.exec(name)?.[0]);
  const keptName = `before-upgrade-from-${version}.sqlite`;

  describe(`an upgrade of ${name}`, () => {
    let data: string;
    const copied = async (): Promise<void> => {
      data = await mkdtemp(join(tmpdir(), 'comptoir-upgrade-'));
      await cp(join(fixtures, name), data, { recursive: true });
    };
    afterEach(() => rm(data, { recursive: true, force: true }));

    it('takes one start, however many versions it is behind', async () => {
      await copied();
      const db = openUpToDate(data, later);
      assert.equal(dataVersion(db), newest + 2);
      assert.deepEqual(db.prepare('SELECT x FROM later').all().length, 1);
      db.close();
    });

    it('keeps the file before, which opens again as it was', async () => {
      await copied();
      openUpToDate(data, later).close();
      const kept = join(data, keptName);
      assert.equal((await stat(kept)).isFile(), true);
      for (const ending of ['', '-wal', '-shm'])
        await rm(join(data, `comptoir.sqlite${ending}`), { force: true });
      await rename(kept, join(data, 'comptoir.sqlite'));
      const storage = await openSqlite(data, spareThreads);
      try {
        const expected: unknown = JSON.parse(await readFile(join(data, 'expected.json'), 'utf8'));
        assert.deepEqual(await dumpOf(storage), expected);
      } finally {
        await storage.close();
      }
    });

    it('that fails half way changes nothing of the version it failed on, and goes on the next time', async () => {
      await copied();
      const broken = [...later.slice(0, -1), step(newest + 2, 'DROP TABLE later; NONSENSE')];
      assert.throws(() => openUpToDate(data, broken), /syntax error/);
      const db = new DatabaseSync(join(data, 'comptoir.sqlite'));
      assert.equal(dataVersion(db), newest + 1);
      db.close();
      const before = new DatabaseSync(join(data, keptName));
      assert.equal(dataVersion(before), version);
      before.close();
      openUpToDate(data, later).close();
    });

    it('is made of no file that is up to date', async () => {
      await copied();
      openUpToDate(data, version === newest ? migrations : later).close();
      const made = (await readdir(data)).filter((file) => file.startsWith('before-'));
      assert.equal(made.length, version === newest ? 0 : 1);
    });
  });
}
