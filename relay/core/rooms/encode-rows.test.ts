/** The encoder against Yjs itself, over random histories with erasures and late joiners. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import * as Y from 'yjs';
import { ROWS } from '../../../shared/conversation/row.ts';
import type { Run } from '../ports/room-storage.ts';
import { encodeRows, mergeRuns, piecesOf } from './encode-rows.ts';

const WRITER = 123_456_789;

type Step =
  | { readonly act: 'append'; readonly bytes: Uint8Array }
  | { readonly act: 'erase'; readonly pick: number }
  | { readonly act: 'join'; readonly device: number };

const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        act: fc.constant('append' as const),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constant('erase' as const), pick: fc.nat(1_000) }),
    },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('join' as const), device: fc.nat(2) }) },
  ),
  { maxLength: 60 },
);

/** A room as storage has it. */
class Log {
  readonly rows: (Uint8Array | null)[] = [];
  get live(): Uint8Array[] {
    return this.rows.filter((row) => row !== null);
  }
  get runs(): Run[] {
    return mergeRuns(
      this.rows.flatMap((row, start) => (row === null ? [{ start, length: 1 }] : [])),
    );
  }
  since(from: number): Uint8Array<ArrayBuffer> {
    const rows = this.rows.flatMap((bytes, seq) =>
      bytes !== null && seq >= from ? [{ seq, bytes }] : [],
    );
    return encodeRows(WRITER, piecesOf(rows, this.runs, from, this.rows.length), this.runs);
  }
}

const held = (doc: Y.Doc): Uint8Array[] => doc.getArray<Uint8Array>(ROWS).toArray();

describe('encodeRows', () => {
  it('brings every replica to what Yjs would hold, byte for byte', () => {
    fc.assert(
      fc.property(steps, (history: readonly Step[]) => {
        const log = new Log();
        const live = new Y.Doc();
        const late = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
        for (const step of history) {
          if (step.act === 'append') {
            log.rows.push(step.bytes);
            const seq = log.rows.length - 1;
            Y.applyUpdate(live, encodeRows(WRITER, [{ seq, bytes: step.bytes }], []));
          } else if (step.act === 'erase' && log.rows.length > 0) {
            const start = step.pick % log.rows.length;
            log.rows[start] = null;
            Y.applyUpdate(live, encodeRows(WRITER, [], [{ start, length: 1 }]));
          } else if (step.act === 'join') {
            const doc = late[step.device]!;
            const from = Y.decodeStateVector(Y.encodeStateVector(doc)).get(WRITER) ?? 0;
            Y.applyUpdate(doc, log.since(from));
            assert.deepEqual(held(doc), log.live);
          }
        }
        const fresh = new Y.Doc();
        Y.applyUpdate(fresh, log.since(0));
        assert.deepEqual(held(fresh), log.live);
        assert.deepEqual(held(live), log.live);
        assert.equal(fresh.store.pendingStructs, null);
        assert.deepEqual(Y.encodeStateAsUpdate(fresh), Y.encodeStateAsUpdate(live));
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses rows that are not contiguous', () => {
    const bytes = new Uint8Array([1]);
    assert.throws(
      () =>
        encodeRows(
          WRITER,
          [
            { seq: 0, bytes },
            { seq: 2, bytes },
          ],
          [],
        ),
      /row 2 where 1/,
    );
    assert.throws(() => piecesOf([{ seq: 1, bytes }], [], 0, 2), /row 1 where 0/);
    assert.throws(() => piecesOf([{ seq: 0, bytes }], [], 0, 2), /rows end at 1/);
  });

  it('says 100,000 changes of a keyed room in a few bytes', () => {
    const last = { seq: 99_999, bytes: new Uint8Array(100) };
    const runs = [{ start: 0, length: 99_999 }];
    const update = encodeRows(WRITER, piecesOf([last], runs, 0, 100_000), runs);
    assert.ok(update.length < 200, `${update.length} bytes`);
  });
});
