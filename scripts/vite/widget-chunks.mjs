// What goes into which chunk of the widget: all that the first screen imports is one file, and what
// several later chunks share is another. Left alone, the bundler makes a file of each module that two
// chunks share, and small files compress badly.
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const at = (/** @type {string} */ file) => path.join(root, file).replaceAll('\\', '/');

const LOADER = at('client/roots/loader.ts');
const FIRST = at('client/roots/chat.ts');
/** Words come in a file a language; what these import is needed with the first screen. */
const WORDS = [at('client/locales/pack-fr.ts'), at('client/locales/pack-en.ts')];
const LATER = ['conversation', 'settings', 'devices', 'open-space', 'installer', 'preview'].map(
  (name) => at(`client/chat/${name}/${name}-chunk.ts`),
);

LATER.push(at('client/sync/member/late-parts.ts'));

/** @typedef {{ getModuleInfo(id: string): { importedIds: readonly string[] } | null }} Graph */

/**
 * A module and all that it imports, directly or through others.
 * @param {readonly string[]} starts
 * @param {Graph} graph
 */
function closure(starts, graph) {
  const found = new Set(starts);
  for (const id of found)
    for (const each of graph.getModuleInfo(id)?.importedIds ?? []) found.add(each);
  return found;
}

/** @param {Graph} graph */
function chunks(graph) {
  const loader = closure([LOADER], graph);
  const first = closure([FIRST], graph);
  const shared = new Set();
  const words = WORDS.map((file) => closure([file], graph));
  for (const id of words[0] ?? []) if (words.every((one) => one.has(id))) first.add(id);
  const seen = new Set();
  for (const chunk of LATER) {
    for (const id of closure([chunk], graph)) {
      if (seen.has(id)) shared.add(id);
      seen.add(id);
    }
  }
  for (const id of loader) first.delete(id);
  for (const id of [...loader, ...first]) shared.delete(id);
  return { first, shared };
}

/** The bundler's option `codeSplitting`. */
export function widgetChunks() {
  /** @type {ReturnType<typeof chunks> | undefined} */
  let known;
  const group =
    (/** @type {'first' | 'shared'} */ part, /** @type {string} */ name) =>
    /** @returns {string | null} */
    (/** @type {string} */ id, /** @type {Graph} */ graph) => {
      known ??= chunks(graph);
      return known[part].has(id) ? name : null;
    };
  return {
    groups: [
      { name: group('first', 'chat'), priority: 2 },
      { name: group('shared', 'shared'), priority: 1 },
    ],
  };
}
