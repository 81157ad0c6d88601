import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { authorityOf } from './community-key.ts';

test('a seal is the start of an HMAC-SHA-256, for a secret of any length', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  for (const length of [1, 32, 64, 65, 200]) {
    const secret = randomBytes(length);
    const { seal } = authorityOf(pem, secret);
    for (const message of [new Uint8Array(), randomBytes(40), randomBytes(300)]) {
      const whole = createHmac('sha256', secret).update(message).digest();
      assert.deepEqual(seal(message), new Uint8Array(whole.subarray(0, 16)));
    }
  }
});
