/** Backups of a relay that runs, checks of them, and the way back. Real processes, real devices. */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import type { ConversationId, Fingerprint } from '../../shared/ids.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import type { DataFault } from '../platform/data-fault.ts';
import { RelayProcess, runRelay } from '../testing/machine/relay-process.ts';
import { TestDevice } from '../testing/test-device.ts';
import { restoreBackup } from './restore.ts';
import { verifyFolder } from './verify.ts';

const SECRET_WORDS = 'zebra-quartz-telephone';
const env = { COMPTOIR_ENTRIES_PER_MINUTE: '100000' };

describe('a backup', () => {
  let folder: string;
  let data: string;
  let backup: string;
  let relay: RelayProcess;
  let community: Fingerprint;
  let visitor: TestDevice;
  let conversation: ConversationId;
  /** Ids of what was on disk before the backup was asked for. */
  const before_: string[] = [];
  const run = (...args: readonly string[]) => runRelay(data, args, { env });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'comptoir-backup-'));
    data = join(folder, 'data');
    backup = join(folder, 'backup');
    relay = await RelayProcess.start({ data, env });
    const answer = await fetch(`${relay.url}/api/community`);
    community = ((await answer.json()) as { fingerprint: Fingerprint }).fingerprint;
    visitor = await TestDevice.connect(relay.socketUrl, community);
    ({ conversation } = await visitor.ask('Which drill?'));
  });
  after(async () => {
    await visitor.close();
    await relay.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const say = (text: string) => visitor.write(conversation, { kind: 'say', text });
  const textsOf = async (device: TestDevice): Promise<readonly Uint8Array[]> => {
    const { rows } = await device.open(conversationRoom(conversation));
    return rows.flatMap((row) => (row.type === 'entry' ? [row.entry] : []));
  };

  it('is made while people write, and holds all that was acknowledged before', async () => {
    for (let number = 0; number < 20; number++)
      before_.push((await say(`before ${number}`)).entry.id);
    const state = { isWriting: true };
    const writing = (async () => {
      let written = 0;
      while (state.isWriting) {
        assert.equal((await say(`meanwhile ${written}`)).outcome.type, 'durable');
        written++;
      }
      return written;
    })();
    const made = await run('backup', backup);
    state.isWriting = false;
    assert.deepEqual([made.code, made.err], [0, '']);
    assert.match(made.out, new RegExp(`^Backup of community ${community} in \\S+: \\d+ rooms`));
    assert.ok((await writing) > 3, 'writing went on');
    const db = new DatabaseSync(join(backup, 'comptoir.sqlite'), { readOnly: true });
    for (const id of before_)
      assert.ok(db.prepare('SELECT 1 FROM entry WHERE id = ?').get(id), 'acknowledged and there');
    db.close();
  });

  it('keeps its files to its owner, and leaves none in the data folder', async () => {
    for (const name of await readdir(backup))
      assert.equal((await stat(join(backup, name))).mode & 0o077, 0, name);
    assert.equal((await stat(backup)).mode & 0o077, 0);
    const left = (await readdir(data)).filter((name) => /partial|new/.test(name));
    assert.deepEqual(left, []);
  });

  it('verifies, as the data folder does while the relay runs', async () => {
    const ofBackup = await run('verify', backup);
    assert.equal(ofBackup.code, 0, ofBackup.out);
    assert.match(
      ofBackup.out,
      new RegExp(`^Whole: community ${community}, data version \\d+, made 20`),
    );
    const ofData = await run('verify');
    assert.equal(ofData.code, 0, ofData.out);
    assert.match(ofData.out, /^Whole: /);
  });

  it('is never written over', async () => {
    const { code, err } = await run('backup', backup);
    assert.equal(code, 1);
    assert.match(err, /^\S+backup exists already: name a folder that does not.*\n$/);
    assert.equal((await run('verify', backup)).code, 0);
  });

  it('is found damaged, whatever was changed in it', async () => {
    const changes: readonly (readonly [RegExp, (copy: string) => Promise<void> | void])[] = [
      [/erased\.log is not what it was/, (copy) => writeFile(join(copy, 'erased.log'), 'x\n')],
      [/relay\.secret in \S+ is missing/, (copy) => rm(join(copy, 'relay.secret'))],
      [/comptoir\.sqlite is not what it was/, (copy) => flip(join(copy, 'comptoir.sqlite'))],
      [/is not signed by its author/, (copy) => edit(copy, unsign)],
      [/its rows are not those that its head counts/, (copy) => edit(copy, drop)],
      [/is not found by its id/, (copy) => edit(copy, (db) => db.exec('DELETE FROM entry'))],
      [/receipt of another relay\.secret/, (copy) => otherSecret(copy)],
    ];
    for (const [expected, change] of changes) {
      const copy = join(folder, 'changed');
      await cp(backup, copy, { recursive: true });
      await change(copy);
      const problems = await verifyFolder(copy).then(
        (verified) => verified.problems.join('\n'),
        (error: DataFault) => error.message,
      );
      assert.match(problems, expected);
      const never = restoreBackup({ from: copy, data: join(folder, 'never') });
      await assert.rejects(never, (error: DataFault) => !/\n/.test(error.message));
      await assert.rejects(stat(join(folder, 'never/comptoir.sqlite')), /ENOENT/);
      await rm(copy, { recursive: true });
    }
  });

  it('is restored into no folder that a relay has, nor over another community', async () => {
    const inUse = await run('restore', backup);
    assert.equal(inUse.code, 1);
    assert.match(inUse.err, /^The data folder \S+ is in use: a relay runs on it\. Stop .*\n$/);
    const other = join(folder, 'other');
    assert.equal((await runRelay(other, ['invite'])).code, 0);
    const foreign = await runRelay(other, ['restore', backup]);
    assert.equal(foreign.code, 1);
    assert.match(
      foreign.err,
      /^The backup is of community .*: set COMPTOIR_DATA to an empty folder\.\n$/,
    );
    assert.equal((await runRelay(other, ['verify'])).code, 0, 'and it is as it was');
  });

  it('once restored, takes back what devices hold, and keeps erased what was erased since', async () => {
    const secret = await say(SECRET_WORDS);
    const second = join(folder, 'second');
    assert.equal((await run('backup', second)).code, 0);
    assert.ok((await readFile(join(second, 'comptoir.sqlite'))).includes(SECRET_WORDS));
    await visitor.write(conversation, { kind: 'retract', target: secret.entry.id });
    const later = await say('said after the backup');
    const rows = (await visitor.open(conversationRoom(conversation))).rows;
    await visitor.close();
    await relay.kill('SIGTERM');

    const done = await run('restore', second);
    assert.deepEqual([done.code, done.err], [0, '']);
    assert.match(done.out, /\b1 entry that was withdrawn since the backup stays withdrawn/);
    relay = await RelayProcess.start({ data, env });
    const { identity } = visitor;
    visitor = await TestDevice.connect(relay.socketUrl, community, { identity });
    const room = await visitor.open(conversationRoom(conversation));
    assert.equal(room.rows.length, rows.length - 2, 'without what is erased and what came later');
    const [again] = await visitor.submit(secret.entry);
    assert.deepEqual(again, { type: 'refused', code: 'erased' });
    assert.ok(room.generation > 1, 'no replica of before is taken for this one');
    assert.equal((await visitor.submit(later.entry))[0]?.type, 'durable');
    const texts = (await textsOf(visitor)).map((bytes) => Buffer.from(bytes).toString('hex'));
    assert.ok(texts.includes(Buffer.from(later.entry.bytes).toString('hex')));
    while (await holds(data, SECRET_WORDS)) await visitor.submit(later.entry); // within a second
    assert.equal((await run('verify')).code, 0);
  });

  it('lets no relay start on half a restore', async () => {
    const half = join(folder, 'half');
    await mkdir(join(half, 'restore.partial'), { recursive: true });
    const start = await runRelay(half, []);
    assert.equal(start.code, 1);
    assert.match(
      start.err,
      /^A restore into \S+ was cut short: run "comptoir restore <backup>" again.*\n$/,
    );
    assert.equal((await runRelay(half, ['restore', backup])).code, 0);
    assert.equal((await runRelay(half, ['members'])).code, 0);
  });
});

async function holds(folder: string, words: string): Promise<boolean> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if ((await stat(path)).isFile() && (await readFile(path)).includes(words)) return true;
  }
  return false;
}

/** One bit of one byte in the middle. */
async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

/** Changes the database, and makes what the backup says of its files true again. */
async function edit(copy: string, change: (db: DatabaseSync) => void): Promise<void> {
  const db = new DatabaseSync(join(copy, 'comptoir.sqlite'));
  change(db);
  db.close();
  await rm(join(copy, 'backup.json'));
}

/** The last byte of an entry is its signature's; its id does not depend on it. */
function unsign(db: DatabaseSync): void {
  const row = db.prepare('SELECT rowid, bytes FROM live_row WHERE key IS NULL LIMIT 1').get();
  const bytes = row?.['bytes'] as Uint8Array;
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  db.prepare('UPDATE live_row SET bytes = ? WHERE rowid = ?').run(bytes, Number(row?.['rowid']));
}

const drop = (db: DatabaseSync): void =>
  db.exec('DELETE FROM live_row WHERE rowid = (SELECT max(rowid) FROM live_row WHERE key IS NULL)');

async function otherSecret(copy: string): Promise<void> {
  await writeFile(join(copy, 'relay.secret'), Buffer.alloc(32, 7).toString('base64url'));
  await rm(join(copy, 'backup.json'));
}
