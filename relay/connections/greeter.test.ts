/** Signatures of devices that come, in turns. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeviceKey, Fingerprint } from '../../shared/ids.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/since.ts';
import { nodePlatform } from '../platform/node-platform.ts';
import { type Arrival, Greeter } from './greeter.ts';

const device = 'A'.repeat(43) as DeviceKey;
const nonce = new Uint8Array(32);

/** A greeter whose checks of signatures wait until they are let through, and all fail. */
function waitingGreeter(): { readonly greeter: Greeter; readonly checks: (() => void)[] } {
  const checks: (() => void)[] = [];
  const unused = (): never => assert.fail('nobody has proved a key');
  const greeter = new Greeter({
    authority: {
      fingerprint: 'x'.repeat(22) as Fingerprint,
      key: new Uint8Array(32),
      device,
      seal: unused,
      sign: unused,
    },
    platform: {
      ...nodePlatform,
      verify: () => new Promise((resolve) => checks.push(() => resolve(false))),
    },
    people: { greet: unused, grantFor: unused, blockedUntil: unused },
    isOwnHost: () => true,
  });
  return { greeter, checks };
}

const arrivalOf = (address: string, connection: string): Arrival => ({
  hello: {
    type: 'hello',
    protocol: PROTOCOL_VERSION,
    device,
    nonce,
    host: 'localhost',
    token: '',
    signature: new Uint8Array(64),
  },
  nonce,
  address,
  connection,
});

describe('hellos', () => {
  it('are checked four at a time, and whoever comes from elsewhere is the next', async () => {
    const { greeter, checks } = waitingGreeter();
    for (let count = 0; count < 100; count++)
      void greeter.greet(arrivalOf('192.0.2.1', `s${count}`), () => true);
    await nextTurn();
    assert.equal(checks.length, 4);
    let isOver = false;
    void greeter.greet(arrivalOf('198.51.100.1', 'other'), () => true).then(() => (isOver = true));
    for (let turn = 0; turn < 6; turn++) {
      checks[turn]?.();
      await nextTurn();
    }
    assert.ok(isOver, `${checks.length} were begun`);
  });

  it('of those who have gone while they waited are not checked', async () => {
    const { greeter, checks } = waitingGreeter();
    let isHere = true;
    const greeted = Array.from({ length: 50 }, (_, count) =>
      greeter.greet(arrivalOf('192.0.2.1', `s${count}`), () => isHere),
    );
    await nextTurn();
    isHere = false;
    for (const check of checks) check();
    const codes = await Promise.all(greeted);
    assert.equal(checks.length, 4);
    assert.equal(codes.filter((code) => code === CloseCode.goingAway).length, 46);
  });
});
