/** Hostile devices: removed ones, those whose member is another by now, and those that race. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { SignJWT, generateKeyPair } from 'jose';
import { WebSocket } from 'ws';
import { Role } from '../../shared/grant/roles.ts';
import type { Fingerprint, MemberId } from '../../shared/ids.ts';
import type { OfficeBlock } from '../../shared/api/blocks.ts';
import type { InviteResponse } from '../../shared/api/invitations.ts';
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
    community = test.relay.core.authority.fingerprint;
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

  it('that link at the same time are no more than a member may have', async () => {
    const [first, ...others] = Array.from({ length: 30 }, () => new TestIdentity());
    const { linking, members } = test.relay;
    const by = { member: first!.member, device: first!.key, label: '' };
    const joins = await Promise.all(
      others.map(({ key }) => linking.join(by, { device: key, label: '' })),
    );
    assert.equal(joins.filter((joined) => typeof joined !== 'string').length, 19);
    assert.ok(joins.every((joined) => typeof joined !== 'string' || joined === 'full'));
    assert.equal((await members.devicesOf(first!.member)).length, 20);
  });

  it('that were removed let nobody in by the code they hold', async () => {
    const owner = await connect();
    const stolen = await linked(owner, await connect());
    const told = stolen.next('linkCode');
    stolen.say({ type: 'linkWanted', label: '' });
    const { code } = await told;
    owner.say({ type: 'removeDevice', device: stolen.identity.key });
    await stolen.until(() => stolen.closed !== null, 'the end');
    const accomplice = await connect();
    const outcome = accomplice.next('linked');
    accomplice.say({ type: 'link', code, label: '' });
    assert.equal((await outcome).outcome, 'unknown');
  });

  it('do not get out of a block by being somebody else by the time it is made', async () => {
    const troll = await connect();
    const asThen = memberOf(troll);
    const other = await connect();
    const now = await linked(other, troll);
    assert.notEqual(memberOf(now), asThen);
    const told = now.next('welcome');
    const made = await askOffice(test.relay, 'POST', '/blocks', { member: asThen });
    assert.equal(made.status, 201);
    assert.ok((await told).blockedUntil > 0);
    assert.equal(
      (await now.submit(await now.identity.ask(community, 'Again')))[0]?.type,
      'refused',
    );
  });

  it('that join somebody bring nothing that their page told: it is gone with them', async () => {
    const { spaces } = test.relay;
    await spaces.set({ ...spaces.record(spaces.ids[0]!)!, attributes: ['segment'] });
    const desk = await helper('Vera');
    const [one, other] = [await connect(), await connect()];
    const { conversation } = await one.ask('With another page');
    const told = one.next('linkCode');
    one.say({ type: 'linkWanted', label: '' });
    const { code } = await told;
    other.say({ type: 'attributes', json: '{"segment":"gold"}' });
    const outcome = other.next('linked');
    other.say({ type: 'link', code, label: '' });
    assert.equal((await outcome).outcome, 'linked');
    await other.until(() => other.closed !== null, 'the way out'); // and it does not come back
    const room = await desk.open(conversationRoom(conversation));
    // What is told of the asker goes before what is read: by then all of it is there.
    await desk.write(conversation, { kind: 'say', text: 'Hello' });
    await desk.until(() => room.rows.length > 1, 'the answer');
    assert.deepEqual(
      room.told.filter(({ type }) => type === 'attributes'),
      [],
    );
  });

  describe('with a link that brings a member back', () => {
    const bringBack = async (member: MemberId): Promise<string> =>
      (await askOffice<InviteResponse>(test.relay, 'POST', '/invitations', { member })).body.link;

    it('are nobody by it once that member has no place any more', async () => {
      const gone = await helper('Oda');
      const member = memberOf(gone);
      const link = await bringBack(member);
      await askOffice(test.relay, 'PATCH', `/members/${member}`, { role: 0 });
      const thief = new TestIdentity();
      assert.equal((await redeem(test.url, community, thief, link, 'Oda')).status, 404);
      assert.equal(memberOf(await connect(thief)), thief.member);
    });

    it('are one, whoever is quicker', async () => {
      const lost = await helper('Pia');
      const link = await bringBack(memberOf(lost));
      const thieves = Array.from({ length: 5 }, () => new TestIdentity());
      const answers = await Promise.all(
        thieves.map((identity) => redeem(test.url, community, identity, link, 'Pia')),
      );
      assert.equal(answers.filter(({ ok }) => ok).length, 1);
      assert.equal((await test.relay.members.devicesOf(memberOf(lost))).length, 2);
    });

    it('leave another’s place for it alone: neither has the other’s role or rooms', async () => {
      const [one, other] = [await helper('Quin'), await helper('Rosa')];
      const spare = await linked(other, await connect());
      const link = await bringBack(memberOf(one));
      assert.equal((await redeem(test.url, community, other.identity, link, 'Quin')).status, 200);
      await other.until(() => other.closed === CloseCode.goingAway, 'the way out of the old place');
      const moved = await connect(other.identity);
      assert.equal(memberOf(moved), memberOf(one));
      assert.equal((await moved.open(memberRoom(memberOf(spare)))).closed, CloseCode.forbidden);
      assert.equal(memberOf(await connect(spare.identity)), memberOf(spare));
    });

    it('cannot come back by it once they were removed', async () => {
      const owner = await helper('Sven');
      const stolen = await linked(owner, await connect());
      owner.say({ type: 'removeDevice', device: stolen.identity.key });
      await stolen.until(() => stolen.closed !== null, 'the end');
      const link = await bringBack(memberOf(owner));
      assert.equal((await redeem(test.url, community, stolen.identity, link, 'Sven')).status, 400);
      const fresh = new TestIdentity();
      const late = await redeem(test.url, community, fresh, link, 'Sven');
      assert.equal(late.status, 200, 'and have not used it up');
    });
  });

  describe('with the brand’s token', () => {
    it('have no place at the desk by it, whatever customer was invited there', async () => {
      const secret = 's'.repeat(40);
      await using shop = await startTestRelay({ config: { identitySecret: secret } });
      const { fingerprint } = shop.relay.core.authority;
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('customer who helps')
        .setAudience(fingerprint)
        .setExpirationTime('5m')
        .sign(new TextEncoder().encode(secret));
      const join = (identity = new TestIdentity()): Promise<TestDevice> =>
        TestDevice.connect(shop.socketUrl, fingerprint, { identity, token });
      const isAtDesk = (device: TestDevice): boolean => device.welcome!.grant.length > 0;
      const [laptop, shared] = [await join(), await join()];
      const customer = memberOf(laptop);
      assert.equal(memberOf(shared), customer);

      const link = await shop.relay.inviteLink();
      const { body: blocks } = await askOffice<OfficeBlock[]>(shop.relay, 'POST', '/blocks', {
        member: customer,
      });
      const refused = await redeem(shop.url, fingerprint, laptop.identity, link, 'Tess');
      assert.equal(refused.status, 403, 'a block of the customer is not left behind');
      await askOffice(shop.relay, 'DELETE', `/blocks/${blocks[0]?.id}`);
      await redeem(shop.url, fingerprint, laptop.identity, link, 'Tess');
      await laptop.until(() => laptop.closed === CloseCode.goingAway, 'the way out');
      const desk = await join(laptop.identity);
      assert.ok(isAtDesk(desk), 'the device that was invited');
      assert.notEqual(memberOf(desk), customer);
      for (const device of [await join(shared.identity), await join()]) {
        assert.equal(memberOf(device), customer);
        assert.equal(isAtDesk(device), false);
        const own = await device.open(memberRoom(memberOf(desk)));
        assert.equal(own.closed, CloseCode.forbidden);
      }
      // Brought back on a customer's device: the others of that customer stay where they are.
      const body = { member: memberOf(desk) };
      const back = await askOffice<InviteResponse>(shop.relay, 'POST', '/invitations', body);
      await redeem(shop.url, fingerprint, shared.identity, back.body.link, 'Tess');
      assert.equal(memberOf(await join(shared.identity)), memberOf(desk));
      assert.equal(memberOf(await join()), customer);

      // By the office's hand they may be one: then nobody else becomes them by signing in.
      const path = `/members/${customer}`;
      await askOffice(shop.relay, 'PATCH', path, { role: Role.helper });
      const late = await join();
      assert.deepEqual(
        [late.welcome?.identity, memberOf(late), isAtDesk(late)],
        ['refused', late.identity.member, false],
      );
    });

    it('that were removed while the brand’s keys were fetched are out', async () => {
      const asked = Promise.withResolvers<ServerResponse>();
      const keys = createServer((_, response) => asked.resolve(response)).listen(0, '127.0.0.1');
      await once(keys, 'listening');
      try {
        const { port } = keys.address() as AddressInfo;
        const identityJwks = `http://127.0.0.1:${port}/jwks.json`;
        await using shop = await startTestRelay({ config: { identityJwks } });
        const { fingerprint } = shop.relay.core.authority;
        const identity = new TestIdentity();
        await redeem(shop.url, fingerprint, identity, await shop.relay.inviteLink(), 'Uma');
        const { privateKey } = await generateKeyPair('ES256');
        const token = await new SignJWT({ sub: 'x' })
          .setProtectedHeader({ alg: 'ES256', kid: 'not known yet' })
          .sign(privateKey);
        const coming = TestDevice.connect(shop.socketUrl, fingerprint, { identity, token });
        const answer = await asked.promise;
        await shop.relay.members.removeDevice(identity.member, identity.key);
        answer.end('{"keys":[]}');
        assert.equal((await coming).closed, CloseCode.removed);
      } finally {
        keys.closeAllConnections();
        keys.close();
      }
    });
  });
});
