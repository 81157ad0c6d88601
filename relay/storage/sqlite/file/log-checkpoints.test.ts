/** When the database's file gets what its log has: after many writes, once nobody writes. */
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { LogCheckpoints } from './log-checkpoints.ts';

it('the log is brought into the file after 100 writes, in a quiet moment, and then again', async (test) => {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-log-'));
  const db = new DatabaseSync(join(folder, 'a.sqlite'));
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE a (b BLOB); PRAGMA wal_checkpoint(TRUNCATE)');
  const timers: { act: () => void; refreshed: number }[] = [];
  test.mock.method(globalThis, 'setTimeout', (act: () => void, ms: number) => {
    assert.ok(ms < 10);
    const timer = {
      act,
      refreshed: 0,
      refresh: () => timer.refreshed++,
      unref: () => timer,
    };
    timers.push(timer);
    return timer;
  });
  const checkpoints = new LogCheckpoints(db);
  const write = (times: number): void => {
    for (let time = 0; time < times; time++) {
      db.prepare('INSERT INTO a VALUES (?)').run(new Uint8Array(3_000));
      checkpoints.wrote();
    }
  };
  const fileBytes = (): number => statSync(join(folder, 'a.sqlite')).size;
  for (const round of [1, 2]) {
    const before = fileBytes();
    write(99);
    assert.equal(timers.length, round - 1);
    write(1);
    assert.equal(timers.length, round);
    write(20);
    assert.equal(timers.length, round, 'one at a time');
    assert.equal(timers.at(-1)?.refreshed, 20, 'it waits until nobody writes');
    assert.equal(fileBytes(), before, 'no commit did it');
    timers.at(-1)?.act();
    assert.ok(fileBytes() > before + 120 * 3_000);
  }
  checkpoints.stop();
  db.close();
  await rm(folder, { recursive: true });
});
