/** Whose address a request is taken to come from, whatever its headers say. */
import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { clientAddress, proxyList } from './client-address.ts';

const proxies = proxyList(['10.0.0.0/8', '2001:db8::/32']);

function addressOf(remoteAddress: string, forwarded?: string): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return clientAddress({ headers, socket: { remoteAddress } } as IncomingMessage, proxies);
}

describe('the client’s address', () => {
  it('is the socket’s, whatever a client says that is no trusted proxy', () => {
    assert.equal(addressOf('198.51.100.1', '203.0.113.9'), '198.51.100.1');
    assert.equal(addressOf('::ffff:198.51.100.1', '10.0.0.1'), '198.51.100.1');
  });

  it('is what the last trusted proxy saw, and never what the client put before it', () => {
    for (const proxy of ['10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1'])
      assert.equal(addressOf(proxy, '203.0.113.9, 198.51.100.1'), '198.51.100.1', proxy);
    assert.equal(addressOf('10.0.0.1', '203.0.113.9, 198.51.100.1, 10.0.0.2'), '198.51.100.1');
    assert.equal(addressOf('10.0.0.1', '10.0.0.3, 10.0.0.2'), '10.0.0.3');
    assert.equal(addressOf('10.0.0.1'), '10.0.0.1');
  });

  it('is read with a port beside it, as some proxies write it', () => {
    assert.equal(addressOf('10.0.0.1', '203.0.113.9, 198.51.100.1:50123'), '198.51.100.1');
    assert.equal(addressOf('10.0.0.1', '203.0.113.9, [2001:db9::5]:443'), '2001:db9::5');
    assert.equal(addressOf('10.0.0.1', '203.0.113.9, [2001:db9::5]'), '2001:db9::5');
  });

  it('is the proxy’s own when what it says is no address: nothing before that is believed', () => {
    for (const hop of ['unknown', '_hidden', '', '198.51.100.1:x', '[198.51.100.1', 'fe80::1:80:x'])
      assert.equal(addressOf('10.0.0.1', `203.0.113.9, ${hop}`), '10.0.0.1', hop);
  });
});
