// The Node that the scripts run on, once `npm ci` has unpacked it.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

const script = path.join(import.meta.dirname, 'link-node.mjs');
const system = process.platform === 'win32' ? 'win' : process.platform;

describe('The link to the Node of npm ci', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comptoir-link-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const link = () => execFileSync(process.execPath, [script], { cwd: folder });
  const bin = () => path.join(folder, 'node_modules', '.bin');

  it('is made where npm took it away, and stays as it is after that', async () => {
    const own = path.join(folder, 'node_modules', `node-${system}-${process.arch}`, 'bin');
    await mkdir(own, { recursive: true });
    await symlink(process.execPath, path.join(own, path.basename(process.execPath)));
    link();
    link();
    const shell = { shell: true, encoding: /** @type {const} */ ('utf8') };
    const { stdout } = spawnSync(path.join(bin(), 'node'), ['-p', '1+1'], shell);
    assert.equal(stdout.trim(), '2');
  });

  it('is not made where no Node was unpacked', async () => {
    await writeFile(path.join(folder, 'package.json'), '{}');
    link();
    assert.deepEqual(await readdir(folder), ['package.json']);
  });
});
