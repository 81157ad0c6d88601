// Each promise and each bound of docs/security.md names the test that fails when it is broken: each of them exists.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';

const DOC = 'docs/security.md';
const doc = readFileSync(DOC, 'utf8');
/** The rows of its tables, heads included. */
const rowsIn = (/** @type {string} */ text) =>
  text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
/** How a table writes the name of a test's file, and the title of a test in it. */
const NAMED = /`([\w./-]+(?:\.test\.(?:ts|mjs)|\/))`|_([^_]+)_/g;
const files = globSync('{shared,relay,client,e2e,simulation,bench,scripts}/**/*.test.{ts,mjs}', {
  exclude: ['**/node_modules/**'],
}).map((path) => path.replaceAll('\\', '/'));

/** The files that a name stands for, as the table writes it: with its folder, or the last part alone; or a folder. */
const filesOf = (/** @type {string} */ name) =>
  files.filter((path) =>
    name.endsWith('/')
      ? path.startsWith(name)
      : path === name || (!name.includes('/') && basename(path) === name),
  );

/** Titles in tests are written with either apostrophe. */
const plain = (/** @type {string} */ text) => text.replaceAll('’', "'").replaceAll("\\'", "'");

/**
 * The files that a cell names, each with the titles that follow it.
 * @returns {{ file: string, titles: string[] }[]}
 */
function namedIn(/** @type {string} */ cell) {
  const named = /** @type {{ file: string, titles: string[] }[]} */ ([]);
  for (const [, file, title = ''] of cell.matchAll(NAMED)) {
    if (file !== undefined) named.push({ file, titles: [] });
    else named.at(-1)?.titles.push(title);
  }
  return named;
}

/** What there is not of a file and its titles; a title may leave something out. */
function missingOf(/** @type {{ file: string, titles: string[] }} */ { file, titles }) {
  const within = filesOf(file);
  if (within.length === 0) return [file];
  const text = plain(within.map((path) => readFileSync(path, 'utf8')).join('\n'));
  return titles
    .flatMap((title) => plain(title).split('…'))
    .map((part) => part.trim())
    .filter((part) => !text.includes(part))
    .map((part) => `“${part}” in ${within.join(', ')}`);
}

describe(DOC, () => {
  it('names tests that exist, by titles that they have', () => {
    const named = rowsIn(doc).flatMap((row) => namedIn(row.split(' | ').at(-1) ?? ''));
    assert.deepEqual(named.flatMap(missingOf), []);
    assert.ok(named.length > 80, `only ${named.length} are named`);
  });

  it('says of every bound what it is, what happens there, and which test holds it', () => {
    const bounds = rowsIn(doc.split('## Every bound')[1]?.split('\n## ')[0] ?? '');
    assert.ok(bounds.length > 40);
    for (const bound of bounds) {
      const cells = bound.split(' | ').map((cell) => cell.replaceAll('|', '').trim());
      assert.equal(cells.length, 4, bound);
      assert.ok(
        cells.every((cell) => cell !== ''),
        bound,
      );
    }
  });
});
