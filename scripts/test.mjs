// Runs every test, or one part: `npm test`, `npm test -- unit|browser|e2e|hostile`. Ends with one plain line.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { run as runFiles } from 'node:test';
import { spec } from 'node:test/reporters';
import { findBrowser } from './browser.mjs';
import { isBuilt } from './is-built.mjs';

const only = process.argv[2];
/** A part that prints nothing for so long is stopped: a time limit of tests spares a file that does not exit. */
const SILENCE_MS = 300_000;
/** Scenarios that look at the clock run alone, the others beside each other. */
const TIMED = ['bench/ratios.test.ts', 'e2e/ask-and-answer.test.ts', 'e2e/before-click.test.ts'];
/** These take longest, and mostly wait: the others go on beside them. */
const FIRST = [
  'e2e/silent-line.test.ts',
  'relay/connections/output/slow-lines.test.ts',
  'relay/hostile/answers.test.ts',
  'relay/hostile/never-reading.test.ts',
];
/** Compiled code that one process leaves to the next. */
process.env['NODE_COMPILE_CACHE'] ??= resolve('node_modules/.cache/relay-code');
/**
 * What people do with the widget, for a page whose builtins are replaced: some of it each time, all of it by
 * `npm test -- hostile`. Not those that measure time, which the replacements take.
 */
const HOSTILE = {
  each: ['open-space', 'spa'],
  all: (
    'accessibility card csp devices devices-offline never-reached open-space page-around people ' +
    'relay-dead silent-line spa tab-kill tabs'
  ).split(' '),
};
const totals = { passed: 0, failed: 0, skipped: 0 };

/**
 * Runs a command, streams what it prints, and hands each line to `read`.
 * @param {string} command
 * @param {string[]} args
 * @param {(line: string) => void} read
 * @returns {Promise<number>}
 */
function run(command, args, read) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: process.env });
    const lines = createInterface({ input: child.stdout });
    const silence = setTimeout(() => child.kill('SIGTERM'), SILENCE_MS);
    lines.on('line', (line) => {
      silence.refresh();
      console.log(line);
      read(line);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(silence);
      resolve(code ?? 1);
    });
  });
}

/**
 * Counts a part; one that crashes without a failed test counts as one failure.
 * @param {string} name
 * @param {() => Promise<{ code: number, passed: number, failed: number, skipped: number }>} part
 */
async function count(name, part) {
  if (only !== undefined && only !== name && name !== 'build') return;
  console.log(`\n# ${name}`);
  const started = Date.now();
  const { code, passed, failed, skipped } = await part();
  totals.passed += passed;
  totals.failed += code !== 0 && failed === 0 ? 1 : failed;
  totals.skipped += skipped;
  console.log(`# ${name}: ${Math.round((Date.now() - started) / 1000)} s`);
}

/**
 * Runs test files, each in a process of its own.
 * @param {readonly string[]} patterns
 * @param {{ atOnce?: number, except?: readonly string[] }} [options]
 */
async function nodeTests(patterns, { atOnce = availableParallelism(), except = [] } = {}) {
  const totals = { code: 0, passed: 0, failed: 0, skipped: 0 };
  const found = globSync(patterns, { exclude: ['**/node_modules/**', ...except] }).toSorted();
  const files = [
    ...FIRST.filter((file) => found.includes(file)),
    ...found.filter((file) => !FIRST.includes(file)),
  ];
  if (files.length === 0) return totals;
  const stopped = new AbortController();
  const silence = setTimeout(() => stopped.abort(), SILENCE_MS);
  const events = runFiles({ files, concurrency: atOnce, signal: stopped.signal });
  events.on('data', () => silence.refresh());
  /** @type {{ file: string, ms: number }[]} */
  const times = [];
  events.on('test:summary', ({ file, counts, success, duration_ms: ms }) => {
    if (file !== undefined) return void times.push({ file: relative('.', file), ms });
    const { tests, passed, skipped, todo } = counts;
    const failed = tests - passed - skipped - todo;
    Object.assign(totals, { code: success ? 0 : 1, passed, failed, skipped });
  });
  for await (const text of events.compose(new spec())) process.stdout.write(text);
  clearTimeout(silence);
  times.sort((a, b) => b.ms - a.ms);
  const slowest = times.slice(0, 8).map(({ file, ms }) => `${file} ${Math.round(ms / 1000)} s`);
  console.log(`# slowest: ${slowest.join(', ')}`);
  return totals;
}

async function e2eTests() {
  const alone = await nodeTests(TIMED, { atOnce: 1 });
  const others = await nodeTests(['e2e/**/*.test.ts'], { except: TIMED });
  return {
    code: alone.code || others.code,
    passed: alone.passed + others.passed,
    failed: alone.failed + others.failed,
    skipped: alone.skipped + others.skipped,
  };
}

async function hostileTests() {
  const names = only === 'hostile' ? HOSTILE.all : HOSTILE.each;
  process.env['E2E_PAGE'] = 'hostile';
  const files = names.map((name) => `e2e/${name}.test.ts`);
  const counts = await nodeTests(files);
  delete process.env['E2E_PAGE'];
  return counts;
}

async function browserTests() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const code = await run(
    process.execPath,
    ['node_modules/@web/test-runner/dist/bin.js'],
    (line) => {
      const total = /^browser: (\d+) passed, (\d+) failed, (\d+) skipped$/.exec(line);
      if (!total) return;
      counts.passed = Number(total[1]);
      counts.failed = Number(total[2]);
      counts.skipped = Number(total[3]);
    },
  );
  return { code, ...counts };
}

async function buildWhenStale() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  if (isBuilt()) return { code: 0, ...counts };
  return { code: await run(process.execPath, ['scripts/build.mjs'], () => {}), ...counts };
}

if (only !== 'unit') process.env['CHROME_PATH'] = await findBrowser();
if (only === undefined || only === 'e2e' || only === 'hostile')
  await count('build', buildWhenStale);
await count('unit', () =>
  nodeTests([
    'shared/**/*.test.ts',
    'relay/**/*.test.ts',
    'simulation/**/*.test.ts',
    'scripts/**/*.test.mjs',
  ]),
);
await count('browser', browserTests);
await count('e2e', e2eTests);
await count('hostile', hostileTests);

const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
