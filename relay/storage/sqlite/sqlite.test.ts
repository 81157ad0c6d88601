/** The SQLite adapter: the contract, and what only files can show. */
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import { spareThreads } from '../../testing/spare-threads.ts';
import { startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice } from '../../testing/test-device.ts';
import { migrations } from '../migrations/migrations.ts';
import { openSqlite } from './open-sqlite.ts';
import { emptyHead } from '../../core/ports/room-storage.ts';
import { change, commit, entryId, member, room } from '../contract/contract.ts';
import { storageContract } from '../contract/storage.contract.ts';

const folders: string[] = [];
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'comptoir-sqlite-'));
  folders.push(made);
  return made;
}
after(() => Promise.all(folders.map((made) => rm(made, { recursive: true, force: true }))));

describe('SQLite', () => {
  storageContract(async () => openSqlite(await folder(), spareThreads));

  it('reads one moment of a room while it is written', async () => {
    const storage = await openSqlite(await folder(), spareThreads);
    let { head, append } = change(emptyHead(), [0]);
    await commit(storage, { ...change(emptyHead(), [0]) });
    const state = { writing: true };
    const written = (async () => {
      for (let fill = 1; fill < 200; fill++) {
        const next = change(head, [fill], fill % 3 === 0 ? append.slice(-1) : []);
        assert.equal(await commit(storage, next), 'committed');
        ({ head, append } = next);
      }
      state.writing = false;
    })();
    let reads = 0;
    while (state.writing) {
      const range = await storage.rooms.range(room, 0, Infinity);
      const erased = range.erased.reduce((sum, { length }) => sum + length, 0);
      assert.equal(range.rows.length, range.head.count);
      assert.equal(range.rows.length + erased, range.head.next);
      reads++;
    }
    await written;
    assert.ok(reads > 10);
    await storage.close();
  });

  it(
    'brings what was written into its file once nobody writes, not in a commit',
    { timeout: 30_000 },
    async () => {
      const data = await folder();
      const storage = await openSqlite(data, spareThreads);
      /** Without the log beside it. */
      const rowsInFile = async (): Promise<number> => {
        const copy = join(await folder(), 'comptoir.sqlite');
        await copyFile(join(data, 'comptoir.sqlite'), copy);
        const db = new DatabaseSync(copy);
        const found = db.prepare('SELECT count(*) AS rows FROM live_row').get();
        db.close();
        return Number(found?.['rows'] ?? 0);
      };
      let { head } = change(emptyHead(), []);
      for (let fill = 0; fill < 150; fill++) {
        const next = change(head, [fill]);
        assert.equal(await commit(storage, next), 'committed');
        ({ head } = next);
      }
      while ((await rowsInFile()) < 100) await setTimeout(10);
      await storage.close();
    },
  );

  it('takes nothing more once its files were deleted or replaced, and says so', async () => {
    for (const name of ['comptoir.sqlite', 'comptoir.sqlite-wal']) {
      const data = await folder();
      const storage = await openSqlite(data);
      const first = change(emptyHead(), [1]);
      assert.equal(await commit(storage, first), 'committed');
      await storage.rooms.check();
      await rm(join(data, name));
      if (name.endsWith('wal')) await writeFile(join(data, name), '');
      const told = { name: 'DataFault', kind: 'moved', message: /deleted or replaced .*: stop it/ };
      await assert.rejects(commit(storage, change(first.head, [2])), told);
      await assert.rejects(storage.rooms.check(), told);
      await storage.close();
    }
  });

  it('refuses a file of a newer build', async () => {
    const data = await folder();
    const db = new DatabaseSync(join(data, 'comptoir.sqlite'));
    db.exec(`PRAGMA user_version = ${(migrations.at(-1)?.version ?? 0) + 1}`);
    db.close();
    await assert.rejects(openSqlite(data), /newer Comptoir/);
  });

  it('hides nothing at the next start that a commit did not take', async () => {
    const data = await folder();
    const storage = await openSqlite(data, spareThreads);
    await commit(storage, change(emptyHead(), [1, 2]));
    const hides = [{ id: entryId(1), member }];
    const stale = { changes: [change(emptyHead(), [3])], writes: [], hides };
    assert.equal(await storage.rooms.commit(stale), 'conflict');
    await storage.close();
    const again = await openSqlite(data, spareThreads);
    assert.equal((await again.rooms.range(room, 0, Infinity)).rows.length, 2);
    await again.close();
  });

  it('hides again what an older copy shows, unless it was shown since', async () => {
    const [data, older] = [await folder(), await folder()];
    let storage = await openSqlite(data);
    const first = change(emptyHead(), [1, 2, 3]);
    await commit(storage, first);
    await storage.close();
    await copyFile(join(data, 'comptoir.sqlite'), join(older, 'comptoir.sqlite'));
    storage = await openSqlite(data);
    const hides = [1, 2, 9].map((fill) => ({ id: entryId(fill), member }));
    await storage.rooms.commit({ changes: [], writes: [], hides });
    await storage.rooms.commit({ changes: [], writes: [], unhides: [entryId(2)] });
    await storage.close();
    await copyFile(join(data, 'erased.log'), join(older, 'erased.log'));
    storage = await openSqlite(older);
    try {
      const { rows, hidden } = {
        rows: await storage.rooms.range(room, 0, 1_000),
        hidden: storage.hidden,
      };
      assert.deepEqual(rows.rows, first.append.slice(1));
      assert.deepEqual(rows.erased, [{ start: 0, length: 1 }]);
      assert.deepEqual(await storage.rooms.reconciled(), [room]);
      assert.deepEqual((await hidden.hiddenEntry(entryId(1)))?.bytes, first.append[0]?.bytes);
      const fates = await storage.rooms.fates([1, 2, 9].map(entryId));
      const fate = { type: 'hidden', member };
      assert.deepEqual([fates.get(entryId(1)), fates.get(entryId(9))], [fate, fate]);
      assert.equal(fates.get(entryId(2))?.type, 'numbered');
    } finally {
      await storage.close();
    }
  });

  it('a withdrawn message leaves no byte in any file, and an older backup is cleaned at open', async () => {
    const data = await folder();
    const backup = await folder();
    const secret = 'zebra-quartz-telephone';
    let fingerprint;
    let conversation;
    {
      await using test = await startTestRelay({ data });
      ({ fingerprint } = test.relay.core.authority);
      const visitor = await TestDevice.connect(test.socketUrl, fingerprint);
      const question = await visitor.ask('Which drill?');
      ({ conversation } = question);
      const { entry } = await visitor.write(conversation, {
        kind: 'say',
        text: `call me: ${secret}`,
      });
      assert.ok(await holds(data, secret), 'the text is kept while it stands');
      const reader = new DatabaseSync(join(data, 'comptoir.sqlite'));
      reader.exec(`VACUUM INTO '${join(backup, 'comptoir.sqlite')}'`);
      reader.close();
      const retract = await visitor.write(conversation, { kind: 'retract', target: entry.id });
      assert.equal(retract.outcome.type, 'durable');
      await gone(data, secret);
      const [again] = await visitor.submit(entry);
      assert.deepEqual(again, { type: 'refused', code: 'erased' });
      await visitor.close();
    }
    assert.equal(await holds(data, secret), false);
    for (const name of ['comptoir.sqlite-wal', 'comptoir.sqlite-shm'])
      await rm(join(data, name), { force: true });
    await copyFile(join(backup, 'comptoir.sqlite'), join(data, 'comptoir.sqlite'));
    assert.ok(await holds(data, secret), 'the backup still has it');
    await using again = await startTestRelay({ data });
    const range = await again.relay.core.storage.range(
      conversationRoom(conversation),
      0,
      1_000_000,
    );
    assert.deepEqual(
      range.rows.map(({ seq }) => seq),
      [0],
    );
    await again.relay.stop();
    assert.equal(await holds(data, secret), false, 'cleaned of the row and of the inbox record');
  });

  it('the reason of a line of the audit leaves every file once it was blanked', async () => {
    const data = await folder();
    const why = 'zebra-quartz-telephone';
    const storage = await openSqlite(data);
    const line = { at: 10, by: 'operator', act: 'block-made', target: 'device:x' } as const;
    await storage.audit.append({ ...line, why, salt: new Uint8Array(16) });
    assert.ok(await holds(data, why), 'the reason is kept while it stands');
    assert.ok(await storage.audit.blank(1));
    await gone(data, why);
    await storage.close();
  });

  it('an erased text leaves every file though somebody reads the database meanwhile, or the relay was killed', async () => {
    const data = await folder();
    const secret = 'zebra-quartz-telephone';
    const text = Buffer.from(secret);
    const first = change(emptyHead(), [1]);
    const said = { ...first, append: first.append.map((row) => ({ ...row, bytes: text })) };
    const storage = await openSqlite(data);
    assert.equal(await commit(storage, said), 'committed');
    const reader = new DatabaseSync(join(data, 'comptoir.sqlite'), { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM live_row').get();
    assert.equal(await commit(storage, change(first.head, [], said.append)), 'committed');
    const before = performance.now();
    await storage.rooms.check();
    assert.ok(performance.now() - before < 1_000, 'nobody waits for the reader');
    assert.ok(await holds(data, secret), 'the reader still sees it');
    const killed = await folder();
    for (const name of ['comptoir.sqlite', 'comptoir.sqlite-wal'])
      await copyFile(join(data, name), join(killed, name));
    reader.exec('COMMIT');
    reader.close();
    await gone(data, secret);
    await storage.close();
    assert.ok(await holds(killed, secret));
    const again = await openSqlite(killed);
    assert.equal(await holds(killed, secret), false, 'gone before the relay is ready');
    await again.close();
  });
});

/** Resolves once no file holds the text: the relay says within a few seconds of the answer. */
async function gone(data: string, text: string): Promise<void> {
  const until = Date.now() + 5_000;
  while (await holds(data, text)) {
    assert.ok(Date.now() < until, 'gone from every file while the relay runs');
    await setTimeout(20);
  }
}

async function holds(data: string, text: string): Promise<boolean> {
  const files = (await readdir(data, { withFileTypes: true })).filter((file) => file.isFile());
  const contents = await Promise.all(files.map(({ name }) => readFile(join(data, name))));
  return contents.some((content) => content.includes(text));
}
