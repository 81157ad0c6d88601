/** Copies that are put back by hand or by `restore`, whatever the clock says. */
import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { openSqlite } from '../storage/sqlite/open-sqlite.ts';
import { spareThreads } from '../testing/spare-threads.ts';
import { makeBackup } from './backup.ts';
import { restoreBackup } from './restore.ts';

const FIXTURE = join(import.meta.dirname, '../storage/fixtures/data-1');

describe('a copy that is put back', () => {
  let folder: string;
  let data: string;
  let backup: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'comptoir-restore-'));
    data = join(folder, 'data');
    backup = join(folder, 'backup');
    await cp(FIXTURE, data, { recursive: true });
    await (await openSqlite(data, spareThreads)).close(); // of this build's version
    await makeBackup({ data, to: backup, openRunning: () => Promise.resolve(undefined) });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const generations = (): readonly number[] => {
    const db = new DatabaseSync(join(data, 'comptoir.sqlite'), { readOnly: true });
    const found = db.prepare('SELECT generation FROM room').all();
    db.close();
    return found.map(({ generation }) => Number(generation));
  };

  it('is of a generation that no device holds, though the clock stands still or goes back', async () => {
    let newest = Math.max(...generations());
    for (const now of [1_000_000_000_000, 1_000_000_000_000, 5_000, 0]) {
      await restoreBackup({ from: backup, data, now: () => now });
      assert.ok(Math.min(...generations()) > newest, `${now}`);
      newest = Math.max(...generations());
    }
  });

  it('takes the place of no copy of before that is kept', async () => {
    for (let time = 0; time < 3; time++)
      await restoreBackup({ from: backup, data, now: () => 1_000_000_000_000 });
    const kept = (await readdir(data)).filter((name) => name.startsWith('before-restore-'));
    assert.equal(kept.length, 3);
    for (const name of kept)
      assert.ok((await readdir(join(data, name))).includes('comptoir.sqlite'), name);
  });

  it('keeps in order what was hidden, shown and hidden again, also into an empty folder', async () => {
    const id = 'C'.repeat(21).concat('A');
    const hidden = `h ${id} ${'B'.repeat(21)}A\n`;
    const list = `${hidden}u ${id}\n${hidden}`;
    await appendFile(join(data, 'erased.log'), list);
    const [from, empty] = [join(folder, 'newer'), join(folder, 'empty')];
    await makeBackup({ data, to: from, openRunning: () => Promise.resolve(undefined) });
    await restoreBackup({ from, data: empty });
    assert.ok((await readFile(join(empty, 'erased.log'), 'utf8')).endsWith(list));
  });

  it('erases again what was withdrawn since, also where it is the file before an upgrade', async () => {
    const words = 'Which drill for concrete?';
    const path = join(data, 'comptoir.sqlite');
    const db = new DatabaseSync(path);
    const [ask] = db
      .prepare('SELECT e.id FROM entry e JOIN live_row r USING (room, seq) WHERE instr(bytes, ?)')
      .all(Buffer.from(words));
    db.exec('PRAGMA journal_mode = DELETE');
    db.close();
    assert.ok((await readFile(path)).includes(words));
    await appendFile(join(data, 'erased.log'), `${String(ask?.['id'])} ${'B'.repeat(21)}A\n`);
    const storage = await openSqlite(data, spareThreads);
    try {
      for (const room of await storage.rooms.rooms('conversation/')) {
        const { rows } = await storage.rooms.range(room, 0, Infinity);
        assert.ok(rows.every(({ bytes }) => !Buffer.from(bytes).includes(words)));
      }
      assert.deepEqual((await storage.rooms.reconciled()).length, 1);
    } finally {
      await storage.close();
    }
  });
});
