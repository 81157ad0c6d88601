// Writes a .br and a .gz beside each text file of a folder, so that servers send them as they are.
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Pages are missing: the relay fills in the community's fingerprint when it reads them. */
const TEXT = /\.(?:js|css|json|webmanifest|svg|txt|map)$/;

const WAYS = [
  {
    suffix: '.br',
    compress: (/** @type {Buffer} */ text) =>
      promisify(brotliCompress)(text, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
        },
      }),
  },
  {
    suffix: '.gz',
    compress: (/** @type {Buffer} */ text) =>
      promisify(gzip)(text, { level: constants.Z_BEST_COMPRESSION }),
  },
];

/**
 * Compresses what gets smaller by it. The copies have the time of their file: nginx asks for that.
 * @param {string} folder
 */
export async function compressFolder(folder) {
  const names = await readdir(folder, { recursive: true });
  await Promise.all(
    names.filter((name) => TEXT.test(name)).map((name) => compressFile(path.join(folder, name))),
  );
}

/** @param {string} file */
async function compressFile(file) {
  const [text, { atime, mtime }] = await Promise.all([readFile(file), stat(file)]);
  await Promise.all(
    WAYS.map(async ({ suffix, compress }) => {
      const small = await compress(text);
      if (small.length >= text.length) return;
      await writeFile(file + suffix, small);
      await utimes(file + suffix, atime, mtime);
    }),
  );
}
