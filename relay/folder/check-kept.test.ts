/** What is kept beside the rows of a long conversation is theirs, in the data folder and once a backup is put back. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import type { Entry } from '../../shared/entry/entry.ts';
import type { ConversationId } from '../../shared/ids.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity } from '../testing/test-device.ts';
import { waitFor } from '../testing/witness.ts';
import { makeBackup } from './backup.ts';
import { restoreBackup } from './restore.ts';
import { verifyFolder } from './verify.ts';

const config = { entriesPerMinute: 100_000 };
/** Some 300 KB, and more than a checkpoint waits for. */
const WORDS = 'Which drill goes through concrete? '.repeat(28);
const ROWS = 300;

describe('what is kept of a long conversation', () => {
  let folder: string;
  let data: string;
  let conversation: ConversationId;
  const identity = new TestIdentity();

  const inDatabase = <T>(of: string, act: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(join(of, 'comptoir.sqlite'));
    try {
      return act(db);
    } finally {
      db.close();
    }
  };
  const countOf = (of: string, table: 'kept_page' | 'checkpoint'): number =>
    inDatabase(of, (db) => db.prepare(`SELECT * FROM ${table}`).all().length);
  const problemsOf = async (of: string): Promise<readonly string[]> =>
    (await verifyFolder(of, { signatures: false })).problems;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'comptoir-kept-'));
    data = join(folder, 'data');
    await using test = await startTestRelay({ data, config });
    const community = test.relay.core.authority.fingerprint;
    const connect = (as: TestIdentity): Promise<TestDevice> =>
      TestDevice.connect(test.socketUrl, community, { identity: as });
    const phone = await connect(new TestIdentity());
    let visitor = await connect(identity);
    ({ conversation } = await visitor.ask('Which drill?'));
    const say = async (): Promise<readonly Entry[]> => {
      const drafts = Array.from({ length: ROWS }, (_, index) =>
        identity.entry(community, conversation, { kind: 'say', text: `${index}: ${WORDS}` }),
      );
      const entries = await Promise.all(drafts);
      for (let at = 0; at < ROWS; at += 20) await visitor.submit(...entries.slice(at, at + 20));
      return entries;
    };
    const said = await say();
    for (const { id } of [said[0]!, said[200]!])
      await visitor.write(conversation, { kind: 'retract', target: id });
    // Their other device: the asker is known under another name from here on.
    const settled = new Promise((resolve) => {
      test.relay.core.events.subscribe({ 'merge-settled': resolve });
    });
    const code = phone.next('linkCode');
    phone.say({ type: 'linkWanted', label: 'phone' });
    visitor.say({ type: 'link', code: (await code).code, label: 'laptop' });
    await settled;
    visitor = await connect(identity);
    await say();
    await say();
    const kept = (): boolean => countOf(data, 'kept_page') > 2 && countOf(data, 'checkpoint') > 0;
    await waitFor(kept, () => 'nothing is kept');
    await Promise.all([visitor.close(), phone.close()]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is found whole', async () => {
    assert.deepEqual(await problemsOf(data), []);
  });

  it('is found damaged, whatever of it is not what the rows are', async () => {
    const page = /: the page of rows \d+ to \d+ is not what they are$/;
    const checkpoint = /: its checkpoint is not what its rows come to$/;
    const last = 'WHERE start = (SELECT max(start) FROM kept_page)';
    const sql = (change: string) => (db: DatabaseSync) => db.exec(change);
    const flip = (of: string, at: number) => (db: DatabaseSync) => {
      const bytes = db.prepare(`SELECT bytes FROM ${of}`).get()?.['bytes'] as Uint8Array;
      bytes[at] = bytes[at]! ^ 4;
      db.prepare(`UPDATE ${of.replace(' ', ' SET bytes = ? ')}`).run(bytes);
    };
    const changes: readonly (readonly [RegExp, (db: DatabaseSync) => void])[] = [
      [page, flip(`kept_page ${last}`, 400)],
      [page, flip(`kept_page ${last}`, 2)],
      [page, sql(`UPDATE kept_page SET read = read - 1 ${last}`)],
      [page, sql(`UPDATE kept_page SET until = until - 1 ${last}`)],
      [page, sql(`UPDATE kept_page SET until = until + 100000 ${last}`)],
      [checkpoint, flip('checkpoint WHERE true', 6_000)],
      [checkpoint, sql('UPDATE checkpoint SET bytes = substr(bytes, 1, 100)')],
      [checkpoint, sql('UPDATE checkpoint SET next = next - 1, rev = rev - 1')],
      [checkpoint, sql('UPDATE checkpoint SET rev = rev - 1')],
      [checkpoint, sql('UPDATE checkpoint SET next = next + 100000, rev = rev + 100000')],
    ];
    for (const [told, change] of changes) {
      const copy = join(folder, 'copy');
      await cp(data, copy, { recursive: true });
      inDatabase(copy, change);
      const problems = await problemsOf(copy);
      assert.equal(problems.length, 1, `change ${changes.findIndex((one) => one[1] === change)}`);
      assert.match(problems[0] ?? '', told);
      await rm(copy, { recursive: true });
    }
  });

  it('is left out of account where another version of the reducer made it', async () => {
    const copy = join(folder, 'older');
    await cp(data, copy, { recursive: true });
    inDatabase(copy, (db) => db.exec("UPDATE checkpoint SET version = 1, bytes = x'01'"));
    assert.deepEqual(await problemsOf(copy), []);
  });

  it('is of no generation but its own: a backup that is put back is read from its rows', async () => {
    const backup = join(folder, 'backup');
    await makeBackup({ data, to: backup, openRunning: () => Promise.resolve(undefined) });
    assert.ok(countOf(backup, 'kept_page') > 0);
    const again = join(folder, 'again');
    await restoreBackup({ from: backup, data: again });
    assert.deepEqual(await problemsOf(again), []);
    const rowsIn = async (of: string): Promise<readonly Uint8Array[]> => {
      await using test = await startTestRelay({ data: of, config });
      const { fingerprint } = test.relay.core.authority;
      const device = await TestDevice.connect(test.socketUrl, fingerprint, { identity });
      const { bytes } = await device.open(conversationRoom(conversation));
      await device.close();
      return bytes;
    };
    const before = await rowsIn(data);
    assert.ok(before.length > 2 * ROWS);
    assert.deepEqual(await rowsIn(again), before);
  });
});
