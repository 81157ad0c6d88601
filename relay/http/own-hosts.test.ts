/** Which hosts are the relay's, and which pages may talk to it: whole origins, not names alone. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostsOf } from './own-hosts.ts';

const PORT = '127.0.0.1:8787';
const names = ['edge.example', 'till.example:8443'];
const shop = 'https://shop.example';
const brand = hostsOf({ publicUrl: 'https://chat.example', names, origins: [shop] });
/** As `npm start` is: nobody has said how people reach it. */
const fresh = hostsOf({ publicUrl: null, names: [], origins: [] });
/** In an office: by name, on a phone. */
const inHouse = hostsOf({ publicUrl: null, names: ['mac.local'], origins: [] });

describe('pages that may talk to a relay with an address', () => {
  it('are of its own origin, a named host, or a brand’s site', () => {
    for (const [origin, dialled] of [
      [shop, 'chat.example'],
      ['https://chat.example', 'chat.example'],
      ['https://chat.example', PORT], // behind a proxy that ends TLS and dials by another name
      ['https://edge.example', 'edge.example'],
      ['https://edge.example', PORT],
      ['https://edge.example:9000', 'edge.example:9000'],
      ['https://till.example:8443', PORT],
    ] as const)
      assert.ok(brand.mayTalk(origin, dialled), `${origin} ${dialled}`);
  });

  it('are of no other scheme or port, and of no visitor’s own machine', () => {
    for (const origin of [
      'http://chat.example',
      'https://chat.example:8443',
      'https://chat.example/', // no origin that a browser says
      'https://chat.example@evil.example',
      'http://shop.example',
      'https://shop.example:8443',
      'http://edge.example',
      'https://edge.example:9000',
      'https://till.example',
      'https://till.example:8444',
      'http://localhost:3000',
      'http://localhost:8787',
      'https://localhost',
      'https://127.0.0.1',
      'https://[::1]',
      'capacitor://localhost',
      'ionic://localhost',
      'chrome-extension://localhost',
      'javascript://localhost',
      'null',
      '',
    ]) {
      assert.ok(!brand.mayTalk(origin, 'chat.example'), origin);
      assert.ok(!brand.mayTalk(origin, PORT), `${origin} by a proxy`);
    }
    assert.ok(!brand.mayTalk('http://localhost:8787', 'localhost:8787'));
    const plain = hostsOf({ publicUrl: 'http://chat.lan:8787', names: [], origins: [] });
    assert.ok(plain.mayTalk('http://chat.lan:8787', PORT));
    assert.ok(!plain.mayTalk('https://chat.lan:8787', PORT));
    assert.ok(!brand.mayTalk('https://evil.example', 'evil.example'), 'a name that was rebound');
  });
});

describe('pages that may talk to a relay without an address', () => {
  it('are this machine’s', () => {
    for (const [origin, dialled] of [
      ['http://localhost:8787', 'localhost:8787'],
      ['http://127.0.0.1:8787', PORT],
      ['http://[::1]:8787', '[::1]:8787'],
      ['http://localhost:5173', PORT], // Vite, in development
      ['https://localhost:3000', 'localhost:8787'],
    ] as const)
      assert.ok(fresh.mayTalk(origin, dialled), `${origin} ${dialled}`);
    for (const origin of ['capacitor://localhost', 'ws://localhost:8787', 'http://mac.local'])
      assert.ok(!fresh.mayTalk(origin, PORT), origin);
  });

  it('are those it serves by a name, at the port that was dialled', () => {
    assert.ok(inHouse.mayTalk('http://mac.local:8787', 'mac.local:8787'));
    assert.ok(!inHouse.mayTalk('http://mac.local:3000', 'mac.local:8787'));
    assert.ok(!fresh.mayTalk('http://mac.local:8787', 'mac.local:8787'));
  });
});

describe('the host of a hello', () => {
  it('is the address, or a name, with its port', () => {
    for (const host of ['chat.example', 'CHAT.example', 'edge.example:9000', 'till.example:8443'])
      assert.ok(brand.isOwn(host), host);
    for (const host of [
      'chat.example:4444',
      'till.example',
      'till.example:1',
      'localhost:1',
      PORT,
      'evil.example',
      '',
    ])
      assert.ok(!brand.isOwn(host), host);
  });

  it('is this machine where there is no address', () => {
    for (const host of ['localhost:8787', PORT, '[::1]:8787', 'localhost:5173'])
      assert.ok(fresh.isOwn(host), host);
    assert.ok(inHouse.isOwn('mac.local:8787'));
    assert.ok(!fresh.isOwn('mac.local:8787'));
  });
});

describe('own origins', () => {
  it('are those dialled, or named', () => {
    for (const [origin, dialled] of [
      ['https://chat.example', 'chat.example'],
      ['https://chat.example', 'relay.internal:8787'], // a proxy dials by another name
      ['https://edge.example:9000', 'edge.example:9000'],
      ['https://till.example:8443', '10.0.0.1'],
    ] as const)
      assert.ok(brand.isOwnOrigin(origin, dialled), `${origin} ${dialled}`);
    assert.ok(fresh.isOwnOrigin('http://localhost:8787', 'localhost:8787'));
  });

  it('are never a brand’s site, plain HTTP elsewhere, another port, or a name that was rebound', () => {
    for (const [origin, dialled] of [
      [shop, 'chat.example'],
      ['http://chat.example', 'chat.example'],
      ['https://chat.example:9000', 'chat.example:9000'],
      ['https://edge.example:9000', 'edge.example'],
      ['https://till.example', 'till.example:8443'],
      ['http://localhost:8787', 'localhost:8787'],
      ['http://evil.example', 'evil.example'],
      ['https://evil.example', 'evil.example'],
      ['null', 'chat.example'],
      ['', 'chat.example'],
    ] as const)
      assert.ok(!brand.isOwnOrigin(origin, dialled), `${origin} ${dialled}`);
    assert.ok(!fresh.isOwnOrigin('http://localhost:3000', 'localhost:8787'));
    assert.ok(!fresh.isOwnOrigin('http://localhost', 'localhost:8787'));
    assert.ok(!inHouse.isOwnOrigin('http://mac.local:8787', 'mac.local:8787'));
  });
});
