import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as encoding from 'lib0/encoding';
import { encode } from './encode.ts';

const long = new Uint8Array(9_000).map((_, index) => index);

test('what is encoded is its own, whatever is encoded within it, after it, or in vain', () => {
  const small = encode((outer) => {
    encoding.writeVarUint(outer, 1);
    const inner = encode((encoder) => encoding.writeVarString(encoder, 'within'));
    encoding.writeVarUint8Array(outer, inner);
  });
  assert.throws(() =>
    encode((encoder) => {
      encoding.writeVarUint(encoder, 7);
      throw new Error('in vain');
    }),
  );
  const big = encode((encoder) => encoding.writeUint8Array(encoder, long));
  assert.deepEqual(big, long);
  assert.deepEqual(
    encode((encoder) => encoding.writeVarUint(encoder, 2)),
    new Uint8Array([2]),
  );
  assert.equal(Buffer.from(small).toString('latin1'), '\u0001\u0007\u0006within');
});
