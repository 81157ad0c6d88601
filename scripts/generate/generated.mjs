// Files, or parts of them, that are made from the code. `npm run generate` writes them,
// `generated.test.mjs` says which is out of date.
import { format } from 'prettier';
import { openApi } from './openapi.mjs';
import { settingsTable } from './settings-table.mjs';

/** @typedef {{ file: string, make: (now: string) => string | Promise<string> }} Generated */

/**
 * A text with what stands between the marks of that name replaced.
 * @param {string} text
 * @param {string} name
 * @param {string} part
 */
function between(text, name, part) {
  const [start, end] = [`<!-- ${name}: npm run generate -->`, `<!-- /${name} -->`];
  const [before, rest = ''] = text.split(start);
  const after = rest.split(end)[1];
  if (after === undefined) throw new Error(`no ${start} … ${end}`);
  return `${before}${start}\n\n${part}\n\n${end}${after}`;
}

/** @type {readonly Generated[]} */
export const generated = [
  {
    file: 'docs/configuration.md',
    make: (now) => between(now, 'settings', settingsTable()),
  },
  {
    file: 'shared/api/openapi.json',
    make: () => format(JSON.stringify(openApi()), { parser: 'json', printWidth: 100 }),
  },
];
