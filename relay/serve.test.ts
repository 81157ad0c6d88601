/** The production start: it never builds, and says what to do when nothing is built. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';

const root = join(import.meta.dirname, '..');

describe('the production start', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'comptoir-serve-'));
    for (const name of ['relay', 'shared', 'package.json'])
      await cp(join(root, name), join(folder, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const serve = () =>
    spawn(process.execPath, ['relay/start.js', 'serve'], {
      cwd: folder,
      env: { ...process.env, COMPTOIR_PORT: '0', COMPTOIR_DATA: join(folder, 'data') },
    });

  it('says in one line what to do while nothing is built, and makes nothing', async () => {
    const relay = serve();
    const said = text(relay.stderr);
    const [code] = (await once(relay, 'close')) as [number];
    assert.equal(code, 1);
    assert.equal(await said, 'The pages are not built: run "npm run build", then start again.\n');
    assert.ok(!(await readdir(folder)).includes('data'));
  });

  it('starts with what was built, however old, and leaves it as it is', async () => {
    await mkdir(join(folder, 'dist'));
    await writeFile(join(folder, 'dist/comptoir.js'), 'export {};');
    const relay = serve();
    const said = text(relay.stdout);
    await once(relay.stdout, 'data');
    relay.kill('SIGTERM');
    await once(relay, 'close');
    assert.match(await said, /^Demo shop .*\nHelper invitation .*\nData .*\n$/);
    assert.deepEqual(await readdir(join(folder, 'dist')), ['comptoir.js']);
  });
});
