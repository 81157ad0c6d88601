// Each promise and each bound of docs/security.md names the test that fails when it is broken: each of them exists.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';

const DOC = 'docs/security.md';
const rows = readFileSync(DOC, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
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

describe(DOC, () => {
  it('names tests that exist, by titles that they have', () => {
    const named = rows.map((row) => row.split(' | ').at(-1) ?? '');
    let count = 0;
    const missing = /** @type {string[]} */ ([]);
    for (const cell of named) {
      let within = /** @type {string[]} */ ([]);
      for (const [, file, title] of cell.matchAll(
        /`([\w./-]+(?:\.test\.(?:ts|mjs)|\/))`|_([^_]+)_/g,
      )) {
        if (file !== undefined) {
          within = filesOf(file);
          if (within.length === 0) missing.push(file);
          count++;
        } else if (within.length > 0) {
          const text = plain(within.map((path) => readFileSync(path, 'utf8')).join('\n'));
          const parts = plain(title ?? '')
            .split('…')
            .map((part) => part.trim());
          for (const part of parts)
            if (!text.includes(part)) missing.push(`“${part}” in ${within.join(', ')}`);
        }
      }
    }
    assert.deepEqual(missing, []);
    assert.ok(count > 80, `only ${count} are named`);
  });

  it('says of every bound what it is, what happens there, and which test holds it', () => {
    const table = readFileSync(DOC, 'utf8').split('## Every bound')[1]?.split('\n## ')[0] ?? '';
    const bounds = table
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
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
