/** Addresses are read as Node reads them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isIP } from 'node:net';
import * as fc from 'fast-check';
import { parseIPv4, parseIPv6 } from './parse-address.ts';

const textOf = (bytes: Uint8Array | undefined): string | undefined => {
  if (!bytes) return undefined;
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]/`).hostname;
};

describe('an address', () => {
  it('is one where Node says so, and the same', () => {
    const group = fc.oneof(
      fc.constantFrom('', ':', '::', '0', 'ffff', '1.2.3.4', '01', 'g', '255', '256', '%eth0', '.'),
      fc.stringMatching(/^[\da-f]{1,5}$/),
    );
    const made = fc.array(group, { maxLength: 9 }).map((groups) => groups.join(':'));
    const address = fc.oneof(fc.ipV4(), fc.ipV6(), made, fc.string({ maxLength: 20 }));
    fc.assert(
      fc.property(address, (text) => {
        if (text.includes('%')) return;
        assert.equal(parseIPv4(text) !== undefined, isIP(text) === 4, text);
        const bytes = parseIPv6(text);
        assert.equal(bytes !== undefined, isIP(text) === 6, text);
        if (bytes) assert.equal(textOf(bytes), new URL(`http://[${text}]/`).hostname, text);
      }),
      { numRuns: 3_000 },
    );
  });
});
