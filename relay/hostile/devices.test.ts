/** Hostile devices: removed ones, those whose member is another by now, and those that race. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import type { Fingerprint, MemberId } from '../../shared/ids.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { conversationRoom, memberRoom } from '../../shared/protocol/rooms.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { askOffice } from '../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../testing/test-device.ts';

describe('hostile devices', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  let community: Fingerprint;
  before(async () => {
    test = await startTestRelay({ clock });
    community = test.relay.core.services.authority.fingerprint;
  });
  after(() => test[Symbol.asyncDispose]());
  beforeEach(() => clock.advance(10 * 60_000)); // limits refill

  const connect = (identity = new TestIdentity()): Promise<TestDevice> =>
    TestDevice.connect(test.socketUrl, community, { identity });
  const memberOf = (device: TestDevice): MemberId => device.welcome!.member;

  async function helper(name: string): Promise<TestDevice> {
    const identity = new TestIdentity();
    await redeem(test.url, community, identity, await test.relay.inviteLink(), name);
    return connect(identity);
  }

  /** Links `other` to the member of `one`; it comes back. */
  async function linked(one: TestDevice, other: TestDevice): Promise<TestDevice> {
    const code = one.next('linkCode');
    one.say({ type: 'linkWanted', label: '' });
    const outcome = other.next('linked');
    other.say({ type: 'link', code: (await code).code, label: '' });
    assert.equal((await outcome).outcome, 'linked');
    await other.until(() => other.closed !== null, 'the way out');
    return connect(other.identity);
  }

  describe('at a room’s own path', () => {
    /** A stock provider's socket on a room, with a token that the device was given. */
    class Stock {
      readonly socket: WebSocket;
      readonly closed: Promise<number>;
      readonly #messages: (() => void)[] = [];
      #count = 0;

      constructor(room: string, token: string) {
        this.socket = new WebSocket(`${test.socketUrl}/${room}`, ['comptoir', token]);
        this.closed = new Promise((resolve) => this.socket.on('close', resolve));
        this.socket.on('error', () => {});
        this.socket.on('open', () => this.socket.send(new Uint8Array([0, 0, 1, 0]))); // sync step 1
        this.socket.on('message', () => {
          this.#count++;
          for (const told of this.#messages.splice(0)) told();
        });
      }

      /** It got what is in the room. */
      async reads(): Promise<void> {
        if (this.#count === 0) await new Promise<void>((resolve) => this.#messages.push(resolve));
      }
    }

    async function tokenOf(device: TestDevice, room: string): Promise<string> {
      const told = device.next('token');
      device.say({ type: 'tokenWanted', room });
      const { token } = await told;
      assert.notEqual(token, '');
      return token;
    }

    it('stop reading once removed, and open nothing with a token from before', async () => {
      const owner = await connect();
      const { conversation } = await owner.ask('For my own devices');
      const stolen = await linked(owner, await connect());
      const rooms = [memberRoom(memberOf(owner)), conversationRoom(conversation)];
      const tokens: string[] = [];
      for (const room of rooms) tokens.push(await tokenOf(stolen, room));
      const readers = rooms.map((room, index) => new Stock(room, tokens[index]!));
      await Promise.all(readers.map((reader) => reader.reads()));
      owner.say({ type: 'removeDevice', device: stolen.identity.key });
      for (const reader of readers) assert.equal(await reader.closed, CloseCode.removed);
      for (const [index, room] of rooms.entries())
        assert.equal(await new Stock(room, tokens[index]!).closed, CloseCode.removed);
    });

    it('stop reading with the role', async () => {
      const desk = await helper('Nils');
      const token = await tokenOf(desk, 'inbox/demo');
      const reader = new Stock('inbox/demo', token);
      await reader.reads();
      const path = `/members/${memberOf(desk)}`;
      assert.equal((await askOffice(test.relay, 'PATCH', path, { role: 0 })).status, 204);
      assert.equal(await reader.closed, CloseCode.goingAway);
      assert.equal(await new Stock('inbox/demo', token).closed, CloseCode.forbidden);
    });

    it('open no room with the token of another device', async () => {
      const owner = await connect();
      const thief = await connect();
      const room = memberRoom(memberOf(owner));
      const token = await tokenOf(owner, room);
      const forged = token.replace(owner.identity.key, thief.identity.key);
      assert.notEqual(forged, token);
      const { socket } = new Stock(room, forged);
      const status = await new Promise((resolve) =>
        socket.on('unexpected-response', (_, response) => resolve(response.statusCode)),
      );
      assert.equal(status, 401);
    });
  });
});
