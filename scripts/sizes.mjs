// The size budgets of the built files, in gzip bytes. What belongs to a budget is what a browser
// fetches: a file, and all that it imports, at once or lazily.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const KB = 1024;
const gzipped = (/** @type {string} */ file) => gzipSync(readFileSync(file), { level: 9 }).length;

/**
 * A file and every built file it names.
 * @param {string} file
 * @returns {string[]}
 */
function withImports(file) {
  const found = new Set([file]);
  for (const each of found) {
    const text = readFileSync(each, 'utf8');
    for (const [, name] of text.matchAll(/["'`(]((?:\.{0,2}\/)[\w./-]+\.(?:js|css))["'`)]/g)) {
      if (name === undefined) continue;
      const target = name.startsWith('/')
        ? path.join('dist', name)
        : path.join(path.dirname(each), name);
      if (target.includes('assets/')) found.add(target);
    }
  }
  return [...found];
}

const loader = 'dist/comptoir.js';
const budgets = [
  { what: 'loader', files: [loader], most: 6 * KB },
  {
    what: 'panel with sync',
    files: withImports(loader).filter((file) => file !== loader),
    most: 60 * KB,
  },
  {
    what: 'desk',
    files: withImports('dist/desk/index.html').filter((file) => !file.endsWith('.html')),
    most: 150 * KB,
  },
];

let over = false;
for (const { what, files, most } of budgets) {
  const size = files.reduce((sum, file) => sum + gzipped(file), 0);
  const fits = files.length > 0 && size <= most;
  over ||= !fits;
  console.log(
    `${fits ? 'ok  ' : 'OVER'} ${what}: ${(size / KB).toFixed(1)} of ${most / KB} KB gzip, ${files.length} file(s)`,
  );
}
process.exitCode = over ? 1 : 0;
