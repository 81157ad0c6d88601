/** Whatever keeps a relay from starting is told in one line that says what to do. Real processes. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { newestOf } from './storage/migrations/migrate.ts';
import { RelayProcess, type RunOptions, runRelay } from './testing/machine/relay-process.ts';
import { makeSmallDisk } from './testing/machine/small-disk.ts';

const FIXTURE = join(import.meta.dirname, 'storage/fixtures/data-1');
const isRoot = process.getuid?.() === 0;
/** Nobody, who owns nothing. */
const NOBODY = 65_534;

describe('a start that cannot be', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'comptoir-faults-'));
    await chmod(folder, 0o755);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** A data folder with something in it. */
  async function data(name: string): Promise<string> {
    const made = join(folder, name);
    await cp(FIXTURE, made, { recursive: true });
    return made;
  }

  async function isTold(made: string, expected: RegExp, options?: RunOptions): Promise<void> {
    for (const args of [[], ['members']]) {
      const { code, out, err } = await runRelay(made, args, options);
      assert.equal(code, 1);
      assert.equal(out, '');
      assert.equal(err.split('\n').length, 2, err);
      assert.match(err, expected);
    }
  }

  it('names the folder that cannot be made', async () => {
    await writeFile(join(folder, 'file'), '');
    await isTold(
      join(folder, 'file'),
      /^The data folder \S+file cannot be written .*COMPTOIR_DATA/,
    );
    await isTold(join(folder, 'file/in'), /^The data folder \S+ cannot be written .*COMPTOIR_DATA/);
  });

  it('names the folder that its user may not write', async () => {
    const made = await data('foreign');
    await chmod(made, 0o555);
    if (isRoot) await chown(made, 0, 0);
    const asUser = isRoot ? { uid: NOBODY } : {};
    await isTold(made, /^The data folder \S+ cannot be written .*give it to the user/, asUser);
    await chmod(made, 0o755);
  });

  it('names the port that another program has, and the host that is not here', async () => {
    const made = await data('ports');
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const starts = async (env: Record<string, string>): Promise<string> => {
      const { code, err } = await runRelay(made, [], { env });
      assert.equal(code, 1);
      assert.equal(err.split('\n').length, 2, err);
      return err;
    };
    assert.match(
      await starts({ COMPTOIR_PORT: String(port) }),
      /^Port \d+ of 127\.0\.0\.1 is in use: stop .* or set COMPTOIR_PORT to another/,
    );
    other.close();
    for (const host of ['203.0.113.9', 'no-such-host.invalid'])
      assert.match(
        await starts({ COMPTOIR_HOST: host }),
        /^\S+ is no address of this machine: set COMPTOIR_HOST/,
      );
  });

  it('says that the database is damaged, and which backup helps', async () => {
    const told = /^The database in \S+ is damaged \(.*\): put the newest backup back/;
    const torn = await data('torn');
    await truncate(join(torn, 'comptoir.sqlite'), 20_000);
    await isTold(torn, told);
    const noise = await data('noise');
    await writeFile(join(noise, 'comptoir.sqlite'), Buffer.alloc(50_000, 'x'));
    await isTold(noise, told);
  });

  it('makes no other community of a folder whose keys are damaged or gone', async () => {
    for (const name of ['community.key', 'relay.secret']) {
      const made = await data(`lost-${name}`);
      const path = join(made, name);
      await writeFile(path, '');
      const told = (what: string): RegExp =>
        new RegExp(`^${name} in \\S+ is ${what}: put it back from a backup`);
      await isTold(made, told('damaged'));
      await rm(path);
      await isTold(made, told('missing'));
      await assert.rejects(readFile(path), /ENOENT/);
    }
  });

  it('starts over where a first start was cut short', async () => {
    const made = join(folder, 'cut');
    await mkdir(made);
    await writeFile(join(made, 'community.key.new'), 'half');
    await using relay = await RelayProcess.start({ data: made });
    assert.equal((await fetch(`${relay.url}/readyz`)).status, 200);
  });

  it('refuses the folder of a newer Comptoir, and leaves it as it is', async () => {
    const made = await data('newer');
    const path = join(made, 'comptoir.sqlite');
    const db = new DatabaseSync(path);
    db.exec(`PRAGMA user_version = ${newestOf() + 1}`);
    db.close();
    const content = async (): Promise<string> =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
    const before = await content();
    await isTold(
      made,
      /^The data folder is of a newer Comptoir .*: start that one again, or put back/,
    );
    assert.equal(await content(), before);
  });

  it('lists each wrong setting in a line of its own', async () => {
    const env = { COMPTOIR_PORT: 'many', COMPTOIR_DATTA: 'x' };
    const { code, err } = await runRelay(join(folder, 'none'), [], { env });
    assert.equal(code, 1);
    const lines = err.trimEnd().split('\n');
    assert.equal(lines.length, 2);
    assert.match(
      lines[0] ?? '',
      /^Wrong setting: COMPTOIR_PORT: "many" is not allowed; it must be/,
    );
    assert.match(lines[1] ?? '', /^Wrong setting: COMPTOIR_DATTA is not known; known are/);
  });

  it('says that the disk is full', async (test) => {
    await using disk = await makeSmallDisk(4_000_000);
    if (!disk) return test.skip('only root can make a disk that is full');
    disk.fill();
    await isTold(disk.path, /^The disk of the data folder \S+ is full .*: make room there/);
    disk.empty();
    const made = join(disk.path, 'data');
    await cp(FIXTURE, made, { recursive: true });
    disk.fill();
    await isTold(made, /^The disk of the data folder \S+ is full .*: make room there/);
    disk.empty();
    disk.setReadOnly(true);
    await isTold(made, /^The data folder \S+ cannot be written .*give it to the user/);
    disk.setReadOnly(false);
    await using relay = await RelayProcess.start({ data: made });
    assert.equal((await fetch(`${relay.url}/readyz`)).status, 200);
  });
});
