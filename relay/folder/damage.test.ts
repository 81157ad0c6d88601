/** A byte that is not what it was, anywhere in the database or in the list of what was withdrawn, is found. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { openUpToDate } from '../storage/sqlite/file/open-up-to-date.ts';
import { makeBackup } from './backup.ts';
import { verifyFolder } from './verify.ts';

const FIXTURE = join(import.meta.dirname, '../storage/fixtures/data-1');
/** What people said, where it stands, and what was withdrawn: each byte of it is vouched for. */
const VOUCHED = ['room', 'live_row', 'erased_run', 'entry', 'erased_entry'];

interface Page {
  readonly table: string;
  readonly number: number;
}

describe('damage', () => {
  let folder: string;
  let data: string;
  let backup: string;
  let pages: readonly Page[];
  let size: number;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'comptoir-damage-'));
    data = join(folder, 'data');
    await cp(FIXTURE, data, { recursive: true });
    openUpToDate(data).close();
    backup = join(folder, 'backup');
    await makeBackup({ data, to: backup, openRunning: () => Promise.resolve(undefined) });
    const db = new DatabaseSync(join(data, 'comptoir.sqlite'));
    size = Number(db.prepare('PRAGMA page_size').get()?.['page_size']);
    pages = db
      .prepare('SELECT tbl_name, rootpage FROM sqlite_schema WHERE rootpage > 0')
      .all()
      .map((found) => ({ table: String(found['tbl_name']), number: Number(found['rootpage']) }));
    db.close();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** What is found once a byte of a file is another. @param at counted from the end if below 0. */
  async function found(of: string, file: string, at: number): Promise<readonly string[]> {
    const copy = join(folder, 'copy');
    await cp(of, copy, { recursive: true });
    const path = join(copy, file);
    const bytes = await readFile(path);
    const place = at < 0 ? bytes.length + at : at;
    bytes[place] = (bytes[place] ?? 0) ^ 4;
    await writeFile(path, bytes);
    const { problems } = await verifyFolder(copy);
    await rm(copy, { recursive: true });
    return problems;
  }

  it('is not found where there is none', async () => {
    assert.deepEqual((await verifyFolder(data)).problems, []);
    assert.deepEqual((await verifyFolder(backup)).problems, []);
    assert.ok(pages.length > 25);
  });

  it('of a page of any table or index is found', async () => {
    for (const { table, number } of pages)
      assert.notDeepEqual(await found(data, 'comptoir.sqlite', (number - 1) * size), [], table);
  });

  it('of a byte of what people said, and of what they withdrew, is found', async () => {
    for (const table of VOUCHED) {
      for (const { number } of pages.filter((page) => page.table === table))
        assert.notDeepEqual(await found(data, 'comptoir.sqlite', number * size - 1), [], table);
    }
  });

  it('of any byte of a backup is found', async () => {
    for (const { table, number } of pages)
      assert.notDeepEqual(await found(backup, 'comptoir.sqlite', number * size - 1), [], table);
  });

  it('of the list of what was withdrawn is found, and so is a line that is gone', async () => {
    const list = await readFile(join(data, 'erased.log'));
    for (let at = 0; at < 22; at++)
      assert.match((await found(data, 'erased.log', at)).join(), /erased\.log lacks 1 of 1/);
    const copy = join(folder, 'short');
    await cp(data, copy, { recursive: true });
    await writeFile(join(copy, 'erased.log'), list.subarray(0, 20));
    assert.match((await verifyFolder(copy)).problems.join(), /erased\.log lacks 1 of 1/);
    await rm(join(copy, 'erased.log'));
    assert.match((await verifyFolder(copy)).problems.join(), /erased\.log lacks 1 of 1/);
  });
});
