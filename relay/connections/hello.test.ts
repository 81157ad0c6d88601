/** Attacks on the hello. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fingerprintOf } from '../../shared/hash.ts';
import { bytesToText } from '../../shared/bytes.ts';
import type { DeviceKey } from '../../shared/ids.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { welcomeSignedBytes } from '../../shared/protocol/control.ts';
import { verifyEd25519 } from '../platform/node-platform.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, type TestDeviceOptions } from '../testing/test-device.ts';

describe('hello', () => {
  let test: TestRelay;
  before(async () => {
    test = await startTestRelay();
  });
  after(() => test[Symbol.asyncDispose]());

  const connect = (options: TestDeviceOptions = {}): Promise<TestDevice> =>
    TestDevice.connect(test.socketUrl, test.relay.core.authority.fingerprint, options);

  it('proves both ends', async () => {
    const device = await connect();
    const challenge = device.controls[0];
    assert.ok(challenge?.type === 'challenge' && device.welcome);
    assert.equal(fingerprintOf(challenge.relayKey), device.community);
    assert.equal(device.welcome.member, device.identity.member);
    await device.close();
  });

  it('is answered by a welcome that the community signed, over both nonces', async () => {
    let nonce = new Uint8Array();
    const device = await connect({
      forge: (hello) => {
        nonce = new Uint8Array(hello.nonce);
        return hello;
      },
    });
    const challenge = device.controls[0];
    assert.ok(challenge?.type === 'challenge' && device.welcome);
    const { member, time, signature } = device.welcome;
    const said = { relayNonce: challenge.nonce, nonce, device: device.identity.key, member, time };
    assert.ok(
      verifyEd25519(challenge.relayKey, signature, welcomeSignedBytes(device.community, said)),
    );
    await device.close();
  });

  const refusals: Record<string, [TestDeviceOptions, number]> = {
    'a signature over another nonce': [
      { forge: (hello) => ({ ...hello, nonce: new Uint8Array(32) }) },
      CloseCode.unproved,
    ],
    'a hello that another host passes on': [{ host: 'evil.example' }, CloseCode.unproved],
    'a hello whose host was changed on the way': [
      { host: 'evil.example', forge: (hello) => ({ ...hello, host: 'localhost' }) },
      CloseCode.unproved,
    ],
    'somebody else’s key': [
      {
        forge: (hello) => ({
          ...hello,
          device: bytesToText(new Uint8Array(32).fill(7)) as DeviceKey,
        }),
      },
      CloseCode.unproved,
    ],
    'a key of small order': [
      {
        forge: (hello) => ({
          ...hello,
          device: bytesToText(new Uint8Array(32)) as DeviceKey,
          signature: new Uint8Array(64),
        }),
      },
      CloseCode.unproved,
    ],
    'a client that is too old': [
      { forge: (hello) => ({ ...hello, protocol: 0 }) },
      CloseCode.reload,
    ],
    'anything but a hello': [
      { forge: () => ({ type: 'submit', entries: [] }) },
      CloseCode.malformed,
    ],
  };
  for (const [what, [options, code]] of Object.entries(refusals)) {
    it(`refuses ${what}`, async () => {
      const device = await connect(options);
      assert.equal(device.closed, code);
      assert.equal(device.welcome, null);
    });
  }

  it('refuses pages of unknown origins before the upgrade', async () => {
    const device = await connect({ origin: 'https://evil.example' });
    assert.equal(device.closed, 1006);
    const own = await connect({ origin: test.url });
    assert.ok(own.welcome);
    await own.close();
  });

  it('knows itself by its address alone once it has one, port and scheme included', async () => {
    await using own = await startTestRelay({ config: { publicUrl: 'https://chat.example' } });
    const { fingerprint } = own.relay.core.authority;
    const host = 'chat.example';
    const closedWith = async (options: TestDeviceOptions): Promise<number | null> => {
      const device = await TestDevice.connect(own.socketUrl, fingerprint, options);
      const { closed } = device;
      await device.close();
      return closed;
    };
    assert.equal(await closedWith({ host, origin: 'https://chat.example' }), null);
    for (const other of ['chat.example:4444', 'localhost:1', new URL(own.url).host])
      assert.equal(await closedWith({ host: other }), CloseCode.unproved, other);
    for (const origin of ['http://chat.example', 'https://chat.example:8443', own.url])
      assert.equal(await closedWith({ host, origin }), 1006, origin);
  });
});
