/** The package that `npm pack` makes, run from an empty folder with nothing but what it depends on. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { RelayProcess, runRelay } from '../relay/testing/machine/relay-process.ts';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);

let folder: string;
let installed: string;

interface Locked {
  readonly packages: Readonly<
    Record<string, { readonly dev?: boolean; readonly optional?: boolean; readonly link?: boolean }>
  >;
}

/** Installs it as npm would, with the packages that are here already. */
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-package-'));
  await run(process.execPath, ['scripts/build-relay.mjs'], { cwd: root });
  // The client is built: what `prepack` does besides.
  const packed = ['pack', '--ignore-scripts', '--pack-destination', folder];
  await run('npm', packed, { cwd: root, shell: process.platform === 'win32' });
  const [tarball = ''] = await readdir(folder);
  installed = join(folder, 'node_modules/comptoir');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', join(folder, tarball), '-C', installed, '--strip-components=1']);
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Locked;
  for (const [path, { dev = false }] of Object.entries(lock.packages)) {
    const isOurs = /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !/\/node-\w+-\w+$/.test(path);
    if (dev || !isOurs) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await symlink(join(root, path), join(folder, path), 'junction');
  }
});
after(() => rm(folder, { recursive: true, force: true }));

test('holds JavaScript alone, and neither tests nor tools', async () => {
  const files = await readdir(installed, { recursive: true });
  assert.deepEqual(
    files.filter((name) => /\.(ts|mjs)$|test|vite/.test(name)),
    [],
  );
  for (const name of ['packaged/start.js', 'dist/comptoir.js', 'dist/desk/index.html', 'LICENSE'])
    assert.ok(files.includes(name), name);
});

test('begins its storage threads before it loads the rest', async () => {
  const main = join(installed, 'packaged/main.js');
  const first = await readFile(main, 'utf8');
  const needed = Array.from(first.matchAll(/from ?"(\.\/[^"]+)"/g), ([, path = '']) => path);
  const sizes = [main, ...needed.map((path) => join(installed, 'packaged', path))].map(
    async (path) => (await stat(path)).size,
  );
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  assert.ok(bytes < 30_000, `${bytes} bytes come first`);
});

test('serves from an empty folder, and keeps its data there', async () => {
  const cwd = join(folder, 'empty');
  await mkdir(cwd);
  const start = join(installed, 'packaged/start.js');
  const data = join(cwd, 'data');
  const options = { cwd, start, env: { COMPTOIR_DATA: undefined } };
  await using relay = await RelayProcess.start({ ...options, data, command: 'serve' });
  const get = (path: string): Promise<Response> => fetch(`${relay.url}${path}`);
  assert.equal((await get('/readyz')).status, 200);
  assert.match(await (await get('/')).text(), /<comptoir-chat/);
  assert.match(await (await get('/desk/')).text(), /<comptoir-desk|script/);
  assert.equal((await get('/comptoir.js')).status, 200);
  assert.equal((await get('/api/openapi.json')).status, 200);
  assert.match(await relay.invite(), /#invite=/);
  const backup = join(folder, 'backup');
  await relay.office('backup', backup);
  assert.match(await relay.office('verify', backup), /^Whole/);
  assert.deepEqual(await readdir(cwd), ['data']);
});

test('takes a folder of each data version, and leaves one of a newer Comptoir as it is', async () => {
  const fixtures = join(root, 'relay/storage/fixtures');
  const start = join(installed, 'packaged/start.js');
  for (const name of await readdir(fixtures)) {
    const data = join(folder, name);
    await cp(join(fixtures, name), data, { recursive: true });
    await using relay = await RelayProcess.start({ start, data });
    assert.equal((await fetch(`${relay.url}/readyz`)).status, 200, name);
    assert.match(await relay.office('verify'), /^Whole: community /, name);
    await relay.kill('SIGTERM');

    const path = join(data, 'comptoir.sqlite');
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 1000');
    db.close();
    const before = await readFile(path);
    for (const args of [[], ['members'], ['backup', join(folder, 'no')], ['verify']]) {
      const { code, err } = await runRelay(data, args, { start });
      assert.equal(code, 1);
      assert.match(err, /^The data folder is of a newer Comptoir .*: start that one again, or/);
    }
    assert.deepEqual(await readFile(path), before);
  }
});

test('decodes photos in a process of its own', async () => {
  const decoder = spawn(process.execPath, [join(installed, 'packaged/decode-photo.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const photo = buffer(decoder.stdout);
  decoder.stdin.end(await readFile(join(root, 'docs/screenshot.png')));
  assert.equal((await photo).toString('latin1', 8, 12), 'WEBP');
});
