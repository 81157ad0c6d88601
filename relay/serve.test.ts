/** The production start: it never builds, and says what to do when nothing is built. */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { RelayProcess, runRelay } from './testing/machine/relay-process.ts';

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

  const options = () => ({ cwd: folder, start: 'relay/start.js' });

  it('says in one line what to do while nothing is built, and makes nothing', async () => {
    const { code, err } = await runRelay(join(folder, 'data'), ['serve'], options());
    assert.equal(code, 1);
    assert.equal(err, 'The pages are not built: run "npm run build", then start again.\n');
    assert.ok(!(await readdir(folder)).includes('data'));
  });

  it('starts with what was built, however old, and leaves it as it is', async () => {
    await mkdir(join(folder, 'dist'));
    await writeFile(join(folder, 'dist/comptoir.js'), 'export {};');
    const data = join(folder, 'data');
    await using relay = await RelayProcess.start({ ...options(), data, command: 'serve' });
    assert.match(relay.output.join('\n'), /^Demo shop .*\nHelper invitation .*\nData .*$/);
    assert.equal(await relay.kill('SIGTERM'), null);
    assert.deepEqual(await readdir(join(folder, 'dist')), ['comptoir.js']);
  });
});
