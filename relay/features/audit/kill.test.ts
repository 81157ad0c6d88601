/** A relay that is killed in the middle of the office's acts: each act has its line, and each line its act. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { verifyFolder } from '../../folder/verify.ts';
import { askOffice } from '../../http/office-socket.ts';
import { RelayProcess } from '../../testing/machine/relay-process.ts';

describe('the audit of a relay that is killed', () => {
  it('has a line for each act that was done, and for no other', async () => {
    await using relay = await RelayProcess.start();
    let asked = 0;
    let acknowledged = 0;
    const enough = Promise.withResolvers<void>();
    const acts = async (): Promise<void> => {
      for (;;) {
        const body = { pattern: `word ${++asked}`, action: 'flag' };
        const answer = await askOffice(relay.data, 'POST', '/api/office/words', body).catch(
          () => undefined,
        );
        if (answer?.status !== 201) return;
        if (++acknowledged === 20) enough.resolve();
      }
    };
    const busy = [acts(), acts(), acts()];
    await enough.promise;
    await relay.kill();
    await Promise.all(busy);
    // First: whoever opens the database tidies its log away.
    const { problems, audit } = await verifyFolder(relay.data);
    assert.deepEqual(problems, []);
    assert.match(audit ?? '', /^\d+:[\w-]{43}$/);
    const db = new DatabaseSync(join(relay.data, 'comptoir.sqlite'));
    const names = (sql: string): unknown[] =>
      db
        .prepare(sql)
        .all()
        .map(({ name }) => name);
    const done = names('SELECT pattern AS name FROM word_rule ORDER BY name');
    const told = names(
      `SELECT substr(why, length('flag other ') + 1) AS name FROM audit
       WHERE act = 'word-added' ORDER BY name`,
    );
    db.close();
    assert.deepEqual(told, done);
    assert.ok(done.length >= acknowledged, `${done.length} of ${acknowledged}`);
  });

  it('is found by "verify" to be another once a line was changed, taken out or put in', async () => {
    await using relay = await RelayProcess.start();
    for (const pattern of ['one', 'two', 'three'])
      await askOffice(relay.data, 'POST', '/api/office/words', { pattern, action: 'flag' });
    await relay.kill('SIGTERM');
    const found = async (...changes: readonly string[]): Promise<readonly string[]> => {
      const folder = await mkdtemp(join(tmpdir(), 'comptoir-audit-'));
      await cp(relay.data, folder, { recursive: true, filter: (path) => !path.endsWith('.sock') });
      const db = new DatabaseSync(join(folder, 'comptoir.sqlite'));
      for (const change of changes) db.exec(change);
      db.close();
      const { problems } = await verifyFolder(folder);
      await rm(folder, { recursive: true });
      return problems;
    };
    assert.deepEqual(await found(), []);
    for (const change of [
      'DELETE FROM audit WHERE n = 3',
      `UPDATE audit SET "by" = 'somebody' WHERE n = 3`,
      `UPDATE audit SET why = 'another' WHERE n = 3`,
    ])
      await assert.rejects(found(change), /a line of the audit stays|a reason can only go/);
    const triggers = ['audit_stays', 'audit_as_it_was', 'audit_blanked_only'];
    const off = triggers.map((name) => `DROP TRIGGER ${name}`);
    for (const change of [
      'DELETE FROM audit WHERE n = 3',
      `UPDATE audit SET "by" = 'somebody' WHERE n = 3`,
      'UPDATE audit SET at = at + 1 WHERE n = 3',
      `UPDATE audit SET act = 'word-removed' WHERE n = 3`,
      `UPDATE audit SET target = 'space:demo' WHERE n = 3`,
      `UPDATE audit SET why = 'another' WHERE n = 3`,
      'UPDATE audit SET why = NULL WHERE n = 3',
    ])
      assert.deepEqual(await found(...off, change), ['audit: line 3 is not what it was'], change);
    const blank = 'UPDATE audit SET why = NULL, salt = NULL WHERE n = 3';
    assert.deepEqual(await found(blank), [], 'a reason may go');
  });
});
