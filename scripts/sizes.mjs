// The size budgets of the built files, in gzip bytes as they are sent. What belongs to a budget is what a
// browser fetches at that moment: a file, and all that it imports.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const KB = 1024;

/**
 * What is sent of some files: the compressed copies that the build made, and what was not worth one.
 * @param {string[]} files
 * @param {'.gz' | '.br'} suffix
 */
const sentSize = (files, suffix) =>
  files.reduce(
    (sum, file) => sum + statSync(existsSync(file + suffix) ? file + suffix : file).size,
    0,
  );

const ASSET = /["'`(]((?:\.{0,2}\/)[\w./-]+\.(?:js|css))["'`)]/g;
const STATIC_IMPORT = /(?:import|from)\s*["'`]((?:\.{0,2}\/)[\w./-]+\.js)["'`]/g;

/**
 * A file and every built file that it names by `pattern`, directly or through others.
 * @param {string} file
 * @param {RegExp} pattern
 * @returns {string[]}
 */
function closure(file, pattern) {
  const found = new Set([file]);
  for (const each of found) {
    const text = readFileSync(each, 'utf8');
    for (const [, name] of text.matchAll(pattern)) {
      if (name === undefined) continue;
      const target = name.startsWith('/')
        ? path.join('dist', name)
        : path.join(path.dirname(each), name);
      if (target.includes('assets/')) found.add(target);
    }
  }
  return [...found];
}

/**
 * What a browser fetches before the panel shows: the chunk that the loader imports, its imports, and
 * the words of one language.
 */
function firstOpen() {
  const files = closure(loader, ASSET).filter((file) => file !== loader);
  const root = files.find((file) => /comptoir-chat-/.test(file));
  const words = files.find((file) => /comptoir-pack-fr-/.test(file));
  return root === undefined || words === undefined
    ? []
    : [...new Set([root, words].flatMap((file) => closure(file, STATIC_IMPORT)))];
}

const loader = 'dist/comptoir.js';
const budgets = [
  { what: 'loader', files: [loader], most: 7 * KB },
  { what: 'panel with sync, first open', files: firstOpen(), most: 60 * KB },
  {
    what: 'widget in all',
    files: closure(loader, ASSET),
    most: 140 * KB,
  },
  {
    what: 'desk',
    files: closure('dist/desk/index.html', ASSET).filter((file) => !file.endsWith('.html')),
    most: 170 * KB,
  },
];

let over = false;
for (const { what, files, most } of budgets) {
  const size = sentSize(files, '.gz');
  const fits = files.length > 0 && size <= most;
  over ||= !fits;
  const brotli = (sentSize(files, '.br') / KB).toFixed(1);
  console.log(
    `${fits ? 'ok  ' : 'OVER'} ${what}: ${(size / KB).toFixed(1)} of ${most / KB} KB gzip (${brotli} brotli), ${files.length} file(s)`,
  );
}
process.exitCode = over ? 1 : 0;
