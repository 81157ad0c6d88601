import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { bytesToText, textToBytes } from './bytes.ts';

const anyBytes = fc.uint8Array({ maxLength: 70 });

test('bytes are written as base64url and read again', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const text = bytesToText(bytes);
      assert.equal(text, Buffer.from(bytes).toString('base64url'));
      assert.deepEqual(textToBytes(text, bytes.length), bytes);
    }),
  );
});

test('text is refused unless it is the one form of exactly that many bytes', () => {
  const changed = fc.tuple(
    anyBytes,
    fc.nat(),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  fc.assert(
    fc.property(changed, ([bytes, place, other]) => {
      const text = bytesToText(bytes);
      assert.throws(() => textToBytes(text, bytes.length + 1), RangeError);
      assert.throws(() => textToBytes(`${text}A`, bytes.length), RangeError);
      if (bytes.length === 0) return;
      const at = place % text.length;
      const wrong = text.slice(0, at) + other + text.slice(at + 1);
      const isCanonical = Buffer.from(wrong, 'base64url').toString('base64url') === wrong;
      if (isCanonical) assert.equal(bytesToText(textToBytes(wrong, bytes.length)), wrong);
      else assert.throws(() => textToBytes(wrong, bytes.length), RangeError);
    }),
    { numRuns: 1_000 },
  );
  assert.throws(() => textToBytes('AB', 1), RangeError); // 'AA' is canonical
});
