// The compressed copies beside the files of a build.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { compressFolder } from './compress.mjs';

it('Text files get smaller copies that hold the same; pages, pictures and tiny files get none', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'comptoir-compress-'));
  try {
    const text = 'a counter in a shop; '.repeat(50);
    await mkdir(path.join(folder, 'assets'));
    for (const name of ['comptoir.js', 'assets/desk.css', 'assets/icon.svg', 'index.html', 'a.png'])
      await writeFile(path.join(folder, name), text);
    await writeFile(path.join(folder, 'tiny.js'), ';');
    await compressFolder(folder);
    const names = await readdir(folder, { recursive: true });
    assert.deepEqual(
      names.filter((name) => /\.(?:br|gz)$/.test(name)).toSorted(),
      ['assets/desk.css', 'assets/icon.svg', 'comptoir.js']
        .flatMap((name) => [`${name}.br`, `${name}.gz`])
        .map(path.normalize)
        .toSorted(),
    );
    const read = (/** @type {string} */ name) => readFile(path.join(folder, name));
    assert.equal(brotliDecompressSync(await read('comptoir.js.br')).toString(), text);
    assert.equal(gunzipSync(await read('comptoir.js.gz')).toString(), text);
    const time = async (/** @type {string} */ name) =>
      Math.round((await stat(path.join(folder, name))).mtimeMs);
    assert.equal(await time('comptoir.js.br'), await time('comptoir.js'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
