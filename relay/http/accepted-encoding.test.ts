/** What is read from `Accept-Encoding`. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Encoding, acceptedEncoding } from './accepted-encoding.ts';

const all = (): boolean => true;

describe('The encoding that a browser accepts', () => {
  const cases: readonly (readonly [string | undefined, Encoding | null])[] = [
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['GZIP', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br ; q=0.8 , gzip ; q=0.8', 'br'],
    ['*', 'br'],
    ['*;q=0', null],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0, br;q=0', null],
    ['br;q=many', null],
    ['br;q=7', null],
    ['br;q=-1', null],
    ['brotli', null],
    [',,;;q=1,', null],
  ];
  for (const [header, encoding] of cases) {
    it(`is ${encoding ?? 'none'} of "${header ?? ''}"`, () =>
      assert.equal(acceptedEncoding(header, all), encoding));
  }

  it('is one that the file is kept in', () => {
    assert.equal(
      acceptedEncoding('br, gzip', (encoding) => encoding === 'gzip'),
      'gzip',
    );
    assert.equal(
      acceptedEncoding('br, gzip', () => false),
      null,
    );
  });

  it('is found behind as many others as a header can hold', () => {
    assert.equal(acceptedEncoding(`${'x;q=0.1,'.repeat(2_000)}gzip`, all), 'gzip');
  });
});
