/** The built client as it is sent: encodings, what caches are told, and what is kept in memory. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import type { Fingerprint } from '../../shared/ids.ts';
import { BuiltFiles } from './built-files.ts';
import { staticFiles } from './static-files.ts';

const SCRIPT = 'export const words = "a counter, a counter, a counter";\n'.repeat(20);
const HASHED = '/assets/panel-Ab3dE_f9.js';
const HEAVY = 1_000_000;
const plain = { br: brotliDecompressSync, gzip: gunzipSync };

describe('Static files', () => {
  let folder: string;
  let app: Hono;
  const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    app.request(path, { method, headers });
  const textOf = async (answer: Response): Promise<string> => {
    const body = new Uint8Array(await answer.arrayBuffer());
    const encoding = answer.headers.get('content-encoding') as keyof typeof plain | null;
    return Buffer.from(encoding === null ? body : plain[encoding](body)).toString();
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'comptoir-dist-'));
    await mkdir(join(folder, 'assets'));
    await mkdir(join(folder, 'desk'));
    await writeFile(join(folder, 'index.html'), `<p>%COMPTOIR_COMMUNITY%</p>${SCRIPT}`);
    await writeFile(join(folder, 'desk/index.html'), '<p>desk</p>');
    for (const name of ['comptoir.js', HASHED]) {
      await writeFile(join(folder, name), SCRIPT);
      await writeFile(join(folder, `${name}.br`), brotliCompressSync(SCRIPT));
      await writeFile(join(folder, `${name}.gz`), gzipSync(SCRIPT));
    }
    await writeFile(join(folder, 'icon.png'), new Uint8Array(100));
    await writeFile(join(folder, 'heavy.png'), new Uint8Array(HEAVY));
    await writeFile(join(folder, '.built'), '');
    app = staticFiles({
      folder,
      fingerprint: 'fingerprint' as Fingerprint,
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const encoding of ['br', 'gzip'] as const) {
    it(`come in ${encoding} to whoever accepts it`, async () => {
      for (const path of ['/', '/desk/', '/comptoir.js', HASHED]) {
        const answer = await ask(path, { 'accept-encoding': encoding });
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('content-encoding'), encoding, path);
        assert.equal(answer.headers.get('vary'), 'Accept-Encoding', path);
        const whole = await (await ask(path)).text();
        assert.equal(await textOf(answer), whole, path);
      }
    });
  }

  it('come as they are to whoever accepts nothing else, under the same type', async () => {
    for (const path of ['/', '/comptoir.js', HASHED]) {
      const bare = await ask(path);
      const small = await ask(path, { 'accept-encoding': 'gzip, br' });
      assert.equal(bare.headers.get('content-encoding'), null);
      assert.equal(bare.headers.get('vary'), 'Accept-Encoding');
      assert.equal(bare.headers.get('content-type'), small.headers.get('content-type'));
      assert.equal(bare.headers.get('cache-control'), small.headers.get('cache-control'));
    }
  });

  it('have a tag of their own in each encoding, by which each is known again', async () => {
    const tags = new Set<string>();
    for (const encoding of ['identity', 'gzip', 'br']) {
      const accepts = { 'accept-encoding': encoding };
      const first = await ask(HASHED, accepts);
      const tag = first.headers.get('etag') ?? '';
      tags.add(tag);
      for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
        const again = await ask(HASHED, { ...accepts, 'if-none-match': known });
        assert.equal(again.status, 304, known);
        assert.equal(await again.text(), '');
        for (const name of ['etag', 'vary', 'cache-control', 'access-control-allow-origin'])
          assert.equal(again.headers.get(name), first.headers.get(name), name);
      }
    }
    assert.equal(tags.size, 3);
    const [tag = ''] = tags;
    const other = await ask(HASHED, { 'accept-encoding': 'br', 'if-none-match': tag });
    assert.equal(other.status, 200, 'the tag of another encoding');
  });

  it('send their pages filled in, compressed or not', async () => {
    const page = await textOf(await ask('/', { 'accept-encoding': 'br' }));
    assert.match(page, /<p>fingerprint<\/p>/);
  });

  it('answer HEAD as GET without the body, and send the whole for a range', async () => {
    const accepts = { 'accept-encoding': 'br' };
    const head = await ask('/comptoir.js', accepts, 'HEAD');
    const get = await ask('/comptoir.js', accepts);
    assert.equal(head.status, 200);
    assert.equal(await head.text(), '');
    for (const name of ['etag', 'vary', 'content-type', 'content-encoding', 'cache-control'])
      assert.equal(head.headers.get(name), get.headers.get(name), name);
    const part = await ask('/comptoir.js', { range: 'bytes=0-3' });
    assert.equal(part.status, 200);
    assert.equal(await part.text(), SCRIPT);
  });

  it('leave pictures as they are', async () => {
    const picture = await ask('/icon.png', { 'accept-encoding': 'gzip, br' });
    assert.equal(picture.headers.get('content-encoding'), null);
    assert.equal(picture.headers.get('vary'), null);
    assert.equal(picture.headers.get('content-type'), 'image/png');
  });

  it('come to whoever asks, however much was fetched before', async () => {
    for (let time = 0; time < 300; time++) {
      const answer = await ask('/heavy.png');
      assert.equal(answer.status, 200);
      assert.equal((await answer.arrayBuffer()).byteLength, HEAVY);
    }
    const { headers } = await ask('/comptoir.js');
    const again = await ask('/comptoir.js', { 'if-none-match': headers.get('etag') ?? '' });
    assert.equal(again.status, 304);
  });

  it('go by one name each', async () => {
    for (const path of [
      '//comptoir.js',
      '/assets//panel-Ab3dE_f9.js',
      '/COMPTOIR.JS',
      '/comptoir.js/',
      '/.built',
      '/assets',
    ]) {
      // As it is: a URL would be tidied up on its way.
      const request = { url: `http://relay.example${path}`, method: 'GET', headers: new Headers() };
      assert.equal((await app.fetch(request as Request)).status, 404, path);
    }
  });
});

describe('The files of the build', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'comptoir-dist-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const text = async (files: BuiltFiles, name: string, form: 'br' | null = null) =>
    Buffer.from((await files.find(name))?.get(form)?.body ?? []).toString();

  it('are read once, and again when a build replaces, adds or takes away', async () => {
    let fills = 0;
    const fill = (page: string): string => `${page} ${++fills}`;
    const files = new BuiltFiles({ folder, fill, listMs: 0 });
    assert.equal(await files.find('a.html'), undefined);
    await writeFile(join(folder, 'a.html'), 'one');
    assert.equal(await text(files, 'a.html'), 'one 1');
    assert.equal(await text(files, 'a.html'), 'one 1');
    await writeFile(join(folder, 'a.html'), 'second');
    assert.equal(await text(files, 'a.html'), 'second 2');
    await rm(join(folder, 'a.html'));
    assert.equal(await files.find('a.html'), undefined);
  });

  it('are forgotten when they are taken away, and not known by their time when they come back', async () => {
    const files = new BuiltFiles({ folder, fill: (page) => page, listMs: 0 });
    const path = join(folder, 'd.js');
    const at = new Date(1_700_000_000_000);
    await writeFile(path, 'before');
    await utimes(path, at, at);
    assert.equal(await text(files, 'd.js'), 'before');
    await rm(path);
    assert.equal(await files.find('d.js'), undefined);
    await writeFile(path, 'behind');
    await utimes(path, at, at);
    assert.equal(await text(files, 'd.js'), 'behind');
  });

  it('have a copy in another encoding as soon as it is there', async () => {
    const files = new BuiltFiles({ folder, fill: (page) => page, listMs: 0 });
    await writeFile(join(folder, 'b.js'), 'plain');
    assert.equal((await files.find('b.js'))?.size, 1);
    await writeFile(join(folder, 'b.js.br'), 'small');
    assert.equal(await text(files, 'b.js', 'br'), 'small');
    await rm(join(folder, 'b.js.br'));
    assert.equal((await files.find('b.js'))?.size, 1);
  });

  it('are listed at most once in a while, whatever is asked for', async () => {
    const files = new BuiltFiles({ folder, fill: (page) => page, listMs: 60_000 });
    assert.equal(await files.find('c.js'), undefined);
    await writeFile(join(folder, 'c.js'), 'later');
    assert.equal(await files.find('c.js'), undefined);
  });
});
