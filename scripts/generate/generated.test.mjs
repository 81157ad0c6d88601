import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { generated } from './generated.mjs';

describe('what is made from the code', () => {
  for (const { file, make } of generated) {
    it(`${file} is up to date (else: npm run generate)`, async () => {
      const now = readFileSync(file, 'utf8');
      assert.equal(now, await make(now));
    });
  }
});
