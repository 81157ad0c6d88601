/** Networks: masks, forms of an address, and what can be told from a hash. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { addressNames, networkHash, networkWidth, networksOf, parseNetwork } from './networks.ts';

const seal = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac('sha256', 'secret').update(bytes).digest().subarray(0, 16));
const hashes = (address: string): string[] =>
  networksOf(address).map((network) => networkHash(network, seal));
const hashOf = (text: string): string | undefined => {
  const network = parseNetwork(text);
  return network && networkHash(network, seal);
};

describe('networks', () => {
  it('knows an address and its neighbourhood again, in any form', () => {
    const [narrow, wide] = hashes('203.0.113.9');
    for (const mapped of ['::ffff:203.0.113.9', '::FFFF:cb00:7109', '0:0:0:0:0:ffff:203.0.113.9'])
      assert.deepEqual(hashes(mapped), [narrow, wide], mapped);
    assert.equal(hashOf('203.0.113.9'), narrow);
    assert.equal(hashOf('203.0.113.77/24'), wide);
    assert.notEqual(hashOf('203.0.114.0/24'), wide);
    assert.notEqual(hashes('203.0.113.8')[0], narrow);
    assert.equal(hashes('203.0.113.8')[1], wide);
  });

  it('takes the /64 of an IPv6 line for one address', () => {
    assert.deepEqual(hashes('2001:db8:0:1::5'), hashes('2001:0DB8::1:ffff:2:3:4'));
    assert.notDeepEqual(hashes('2001:db8:0:2::5'), hashes('2001:db8:0:1::5'));
    assert.equal(hashes('2001:db8:0:2::5')[1], hashOf('2001:db8::/48'));
    assert.equal(hashes('fe80::1%eth0')[0], hashes('fe80::2')[0]);
  });

  it('masks within a byte', () => {
    assert.equal(hashOf('10.1.2.255/25'), hashOf('10.1.2.128/25'));
    assert.notEqual(hashOf('10.1.2.127/25'), hashOf('10.1.2.128/25'));
    assert.equal(hashOf('10.99.0.0/0'), hashOf('1.2.3.4/0'));
  });

  it('takes nothing else for a network', () => {
    for (const text of ['', 'shop', '1.2.3', '1.2.3.4/33', '::/129', '1.2.3.4/8/8', '1.2.3.4/-1'])
      assert.equal(parseNetwork(text), undefined, text);
    assert.deepEqual(networksOf('unknown'), []);
  });

  it('says how wide it is and no more', () => {
    const network = parseNetwork('203.0.113.0/24');
    assert.equal(network && networkWidth(network), 'IPv4 /24');
  });

  it('charges what it cannot read by its own name', () => {
    assert.deepEqual(addressNames('unknown'), { narrow: 'unknown', wide: 'unknown' });
    assert.equal(addressNames('::ffff:10.0.0.1').narrow, addressNames('10.0.0.1').narrow);
  });
});
