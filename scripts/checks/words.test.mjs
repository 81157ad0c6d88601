// docs/words.md says of every outcome, refusal and fault what people read: none that exists is missing there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { LINKS } from '../../shared/protocol/control.ts';
import { LaterWhy, REFUSALS } from '../../shared/protocol/outcome.ts';

/** What a part of the client's words names. The tools are not compiled with the client. */
async function namesIn(/** @type {string} */ file, /** @type {string[]} */ ...path) {
  let at = await import(new URL(`../../client/locales/${file}`, import.meta.url).href);
  for (const name of path) at = at[name];
  return Object.keys(at);
}

const DOC = 'docs/words.md';
const doc = readFileSync(DOC, 'utf8');

/** What the first columns of a section's tables name. */
function namedUnder(/** @type {string} */ title) {
  const section = doc.split(`\n## ${title}\n`)[1]?.split('\n## ')[0];
  assert.ok(section, `${DOC} has no section “${title}”`);
  const cells = section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | ')[0] ?? '');
  return new Set(cells.flatMap((cell) => cell.match(/[a-zA-Z-]+/g) ?? []));
}

/** The types of a union, as the source names them: no list of them exists while the program runs. */
function typesIn(/** @type {string} */ file, /** @type {RegExp} */ union) {
  const [, text = ''] = union.exec(readFileSync(file, 'utf8')) ?? [];
  const types = [...text.matchAll(/type: '([\w-]+)'/g)].map(([, type]) => type ?? '');
  assert.ok(types.length > 3, `${file} names no types`);
  return types;
}

const outcomes = typesIn('shared/protocol/outcome.ts', /export type Outcome =([\s\S]*?);\n\n/);
const network = typesIn('client/store/network.ts', /export type NetworkState =([\s\S]*?);\n\n/);
/** Nothing is said of these: all is well, or may be in a moment. */
const QUIET = new Set(['online', 'connecting']);

/** @type {readonly (readonly [title: string, codes: readonly string[]])[]} */
const expected = [
  ["Under one's own message", [...outcomes, ...REFUSALS, ...Object.keys(LaterWhy)]],
  [
    'The line',
    [
      ...network.filter((type) => !QUIET.has(type)),
      ...(await namesIn('settings-fr.ts', 'settingsFr', 'ended')),
    ],
  ],
  ['Linking a device', LINKS.slice(1)],
  ['An invitation to the desk', await namesIn('desk-arrival-fr.ts', 'deskArrivalFr', 'problems')],
  ["The helper's card", await namesIn('desk-card-fr.ts', 'deskCardFr', 'problems')],
  ['A block', await namesIn('desk-block-fr.ts', 'deskBlockFr', 'problems')],
];

describe(DOC, () => {
  for (const [title, codes] of expected)
    it(`says what people read of each cause: ${title}`, () => {
      const named = namedUnder(title);
      assert.deepEqual(
        codes.filter((code) => !named.has(code)),
        [],
      );
    });
});
