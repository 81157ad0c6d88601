// The shape of the tree (`npm run check`): no circle of files or folders, type imports counted; no
// folder and no file that is too big to take in.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const MOST_FILES = 15;
const MOST_LINES = 500;
const MOST_TEST_LINES = 800;
/** One file for each of many equal things. */
const LISTS = /(^|\/)(kinds|migrations|locales)$/;

const files = globSync('{client,relay,shared,simulation,e2e,bench,scripts}/**/*.{ts,mjs,js}', {
  exclude: ['**/node_modules/**', '**/*.d.ts'],
}).map((file) => file.replaceAll('\\', '/'));
const isTest = (/** @type {string} */ file) => /\.(test|contract)\.\w+$/.test(file);
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const sources = files.filter((file) => !isTest(file));

/**
 * The files of ours that a file imports, types too.
 * @param {string} file
 */
const importsOf = (file) =>
  ts
    .preProcessFile(texts.get(file) ?? '', true, true)
    .importedFiles.map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
    .filter((target) => texts.has(target));

/**
 * What imports what among the files and folders of each folder: an import between two folders counts
 * where their paths part.
 * @type {Map<string, Map<string, Set<string>>>}
 */
const levels = new Map();
for (const file of sources) {
  for (const target of importsOf(file)) {
    const [from, to] = [file.split('/'), target.split('/')];
    const shared = from.findIndex((part, at) => part !== to[at]);
    if (shared < 0) continue; // itself
    const folder = from.slice(0, shared).join('/');
    const level = levels.get(folder) ?? new Map();
    levels.set(folder, level);
    const [one, other] = [from, to].map((parts) => parts.slice(0, shared + 1).join('/'));
    level.set(one, (level.get(one) ?? new Set()).add(other));
  }
}

/**
 * Everything that `start` leads to.
 * @param {Map<string, Set<string>>} level
 * @param {string} start
 */
function reachable(level, start) {
  const found = new Set(level.get(start));
  for (const each of found) for (const next of level.get(each) ?? []) found.add(next);
  return found;
}

/**
 * Sets of files and folders that all lead to each other.
 * @param {Map<string, Set<string>>} level
 */
function circlesOf(level) {
  const reach = new Map([...level.keys()].map((node) => [node, reachable(level, node)]));
  /** @type {Map<string, string[]>} */
  const circles = new Map();
  for (const [node, leads] of reach) {
    if (!leads.has(node)) continue;
    const circle = [...leads].filter((other) => reach.get(other)?.has(node)).toSorted();
    circles.set(circle.join(), circle);
  }
  return [...circles.values()];
}

/** Faults by where they are. @type {Map<string, string[]>} */
const faults = new Map();
/**
 * @param {string} where
 * @param {string} message
 */
function fault(where, message) {
  faults.set(where, [...(faults.get(where) ?? []), message]);
}
for (const [folder, level] of levels) {
  for (const circle of circlesOf(level)) {
    for (const node of circle) {
      const within = [...(level.get(node) ?? [])].filter((to) => circle.includes(to));
      fault(`circle in ${folder || 'the root'}`, `${node} imports ${within.toSorted().join(', ')}`);
    }
  }
}
for (const [file, text] of texts) {
  const most = isTest(file) ? MOST_TEST_LINES : MOST_LINES;
  const lines = linesOf(text);
  if (lines > most)
    fault(`long file in ${path.posix.dirname(file)}`, `${file}: ${lines} of ${most} lines`);
}
const folders = Object.groupBy(sources, (file) => path.posix.dirname(file));
for (const [folder, held = []] of Object.entries(folders)) {
  if (LISTS.test(folder)) continue;
  for (const file of held.slice(MOST_FILES))
    fault(`over ${MOST_FILES} source files in ${folder}`, file);
}

for (const [where, messages] of faults)
  console.log(`${where} (${messages.length}):\n  ${messages.join('\n  ')}`);

const lengths = sources.map((file) => linesOf(texts.get(file))).toSorted((a, b) => a - b);
const at = (/** @type {number} */ share) => lengths[Math.floor(share * (lengths.length - 1))] ?? 0;
console.log(`${sources.length} source files: median ${at(0.5)} lines, 95 % within ${at(0.95)}`);
process.exitCode = faults.size > 0 ? 1 : 0;

function linesOf(text = '') {
  return text.split('\n').length - 1;
}
