// The cut Yjs reads what the whole one writes: whatever order updates come in, and however often.
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import * as whole from 'yjs';
import { arrayOnlyYjs } from './array-only-yjs.mjs';

const source = fileURLToPath(import.meta.resolve('yjs')).replace(/yjs\.\w+$/, 'yjs.mjs');
// Beside node_modules, so that it finds Yjs's own imports.
const file = fileURLToPath(
  new URL(`../../node_modules/.array-only-yjs-${process.pid}.mjs`, import.meta.url),
);
after(() => rmSync(file, { force: true }));

/** @type {typeof import('yjs')} */
const cut = await (async () => {
  const { transform } = /** @type {any} */ (arrayOnlyYjs());
  const { code } = transform.call({ error: assert.fail }, readFileSync(source, 'utf8'), source);
  writeFileSync(file, code);
  return import(pathToFileURL(file).href);
})();

/** A room's history as its updates: rows are added at the end and erased anywhere. */
function updatesOf(/** @type {readonly number[]} */ acts) {
  const doc = new whole.Doc();
  /** @type {Uint8Array[]} */
  const updates = [];
  doc.on('update', (/** @type {Uint8Array} */ update) => updates.push(update));
  const rows = doc.getArray('rows');
  for (const act of acts) {
    if (act % 4 === 0 && rows.length > 0) rows.delete(act % rows.length, 1);
    else rows.push([new Uint8Array([act])]);
  }
  return { updates, rows: rows.toArray(), state: whole.encodeStateAsUpdate(doc) };
}

test('the cut Yjs holds what the whole one does, in whatever order updates come', () => {
  const history = fc.array(fc.nat(255), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), (acts, picks) => {
      const { updates, rows, state } = updatesOf(acts);
      const doc = new cut.Doc();
      const waiting = [...updates, ...updates.slice(0, 3)];
      while (waiting.length > 0) {
        const [update] = waiting.splice(Number(picks.next().value) % waiting.length, 1);
        if (update) cut.applyUpdate(doc, update);
        // What waits for an earlier update leaves with the rest, as when a tab tells another.
        const copy = new cut.Doc();
        cut.applyUpdate(copy, cut.encodeStateAsUpdate(doc));
        assert.deepEqual(copy.getArray('rows').toArray(), doc.getArray('rows').toArray());
      }
      assert.deepEqual(doc.getArray('rows').toArray(), rows);
      assert.deepEqual(cut.encodeStateAsUpdate(doc), state);
      assert.deepEqual(cut.encodeStateVector(doc), whole.encodeStateVectorFromUpdate(state));
      const merged = new cut.Doc();
      cut.applyUpdate(merged, cut.mergeUpdates(updates));
      assert.deepEqual(merged.getArray('rows').toArray(), rows);
    }),
    { numRuns: 300 },
  );
});

test('the cut Yjs refuses an update that holds anything but binary items', () => {
  const doc = new whole.Doc();
  doc.getMap('settings').set('a', 'b');
  assert.throws(() => cut.applyUpdate(new cut.Doc(), whole.encodeStateAsUpdate(doc)));
});
