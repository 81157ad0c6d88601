/** Attacks by what a connection is allowed to say: other people's names, rooms, devices and limits. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as encoding from 'lib0/encoding';
import { WebSocket, WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { bytesToText, textToBytes } from '../../shared/bytes.ts';
import { ROWS } from '../../shared/conversation/row.ts';
import {
  type ChannelMessage,
  EMPTY_AWARENESS,
  encodeChannelMessage,
} from '../../shared/protocol/channel.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import type { Control, LinkOutcome } from '../../shared/protocol/control.ts';
import { decodeControl, encodeControl } from '../../shared/protocol/control-codec.ts';
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame.ts';
import { Limits } from '../../shared/limits.ts';
import { conversationRoom, inboxRoom, memberRoom } from '../../shared/protocol/rooms.ts';
import { ownMemberOf } from '../../shared/hash.ts';
import { type DeviceKey, parseSpaceId } from '../../shared/ids.ts';
import { makeEntry } from '../../shared/testing/hostile-entries.ts';
import { smallOrderKeys } from '../../shared/testing/small-order-keys.ts';
import { type Challenge, type Hello, makeHello } from '../testing/make-hello.ts';
import type { Linking } from '../features/linking/linking.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { askOffice } from '../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity } from '../testing/test-device.ts';
import { Witness } from '../testing/witness.ts';

const ENTRIES_PER_MINUTE = 60;

/** What the relay may remember of people who came and went: presence, sightings, linking codes, members. */
const MEMORIES = (8 + 16 + 2 * 4 + 8) * 1024 * 1024;

describe('hostile people', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  let witness: Witness;
  before(async () => {
    test = await startTestRelay({
      clock,
      config: { entriesPerMinute: ENTRIES_PER_MINUTE, socketsPerAddress: 5_000 },
    });
    witness = await Witness.enter(test);
  });
  after(async () => {
    try {
      await witness.assertLetGo(MEMORIES);
    } finally {
      await witness.leave();
      await test[Symbol.asyncDispose]();
    }
  });
  beforeEach(() => {
    clock.advance(10 * 60_000); // limits refill
    witness.closeOthers();
  });

  const connect = (identity = new TestIdentity()): Promise<TestDevice> =>
    TestDevice.connect(test.socketUrl, witness.scene.community, { identity });

  describe('who pass a hello on', () => {
    const host = 'evil.example';
    interface Captured {
      readonly challenge: Challenge;
      readonly hello: Hello;
    }

    /** The code that a hello is closed with; null when it was welcomed. */
    async function answerTo(
      url: string,
      helloTo: (challenge: Challenge) => Control,
    ): Promise<number | null> {
      const socket = new WebSocket(url);
      socket.on('error', () => {});
      return new Promise((resolve) => {
        socket.on('close', (code) => resolve(code));
        socket.on('message', (data) => {
          const frame = decodeFrame(new Uint8Array(data as Buffer));
          const said = frame.op === 'data' ? decodeControl(frame.data) : null;
          if (said?.type === 'welcome') resolve(null);
          if (said?.type === 'welcome') socket.close();
          if (said?.type !== 'challenge') return;
          const bytes = encodeControl(helloTo(said));
          socket.send(encodeFrame({ op: 'data', channel: 0, data: bytes }));
        });
      });
    }

    /** What a device sends to somebody in the middle, who shows it the relay's own challenge. */
    async function inTheMiddle(identity: TestIdentity): Promise<Captured> {
      const captured: { challenge?: Challenge; hello?: Hello } = {};
      const server = new WebSocketServer({ port: 0 });
      await once(server, 'listening');
      server.on('connection', (client) => {
        const relay = new WebSocket(test.socketUrl);
        relay.on('message', (data) => {
          const frame = decodeFrame(new Uint8Array(data as Buffer));
          const said = frame.op === 'data' ? decodeControl(frame.data) : null;
          if (said?.type === 'challenge') captured.challenge = said;
          client.send(data as Buffer);
        });
        relay.on('close', (code) => client.close(code));
        client.on('close', () => relay.terminate());
        client.on('message', (data) => {
          const frame = decodeFrame(new Uint8Array(data as Buffer));
          const said = frame.op === 'data' ? decodeControl(frame.data) : null;
          if (said?.type === 'hello') captured.hello = said;
          relay.send(data as Buffer);
        });
      });
      const { port } = server.address() as { readonly port: number };
      const device = await TestDevice.connect(
        `ws://127.0.0.1:${port}/sync`,
        witness.scene.community,
        { identity, host },
      );
      assert.deepEqual([device.closed, device.welcome], [CloseCode.unproved, null]);
      server.close();
      assert.ok(captured.challenge && captured.hello);
      return { challenge: captured.challenge, hello: captured.hello };
    }

    it('from a device that dialled them are refused; so is the hello with anything in it swapped', async () => {
      const { identity } = witness.helper;
      const { hello, challenge } = await inTheMiddle(identity);
      const own = new URL(test.url).host;
      const swaps: Record<string, Partial<Hello>> = {
        'nothing swapped': {},
        'the host swapped': { host: own },
        'another nonce': { nonce: challenge.nonce },
        'another device': { device: new TestIdentity().key },
        'a token put in': { host: own, token: 'a.b.c' },
      };
      for (const [title, swap] of Object.entries(swaps)) {
        const code = await answerTo(test.socketUrl, () => ({ ...hello, ...swap }));
        assert.equal(code, CloseCode.unproved, title);
      }
    });

    it('again, or to another relay of the same community, are refused: its nonce is another', async () => {
      const { community } = witness.scene;
      const identity = new TestIdentity();
      const own = new URL(test.url).host;
      let first: Hello | undefined;
      const honest = await answerTo(test.socketUrl, (challenge) => {
        first = makeHello(identity, community, challenge, { host: own });
        return first;
      });
      assert.equal(honest, null);
      assert.ok(first);
      const replayed = first;
      assert.equal(await answerTo(test.socketUrl, () => replayed), CloseCode.unproved);
      await using other = await startTestRelay();
      assert.equal(await answerTo(other.socketUrl, () => replayed), CloseCode.unproved);
      // A relay that shows another's key and nonce as its own gets a hello that is good for neither.
      const swapped = await answerTo(other.socketUrl, (challenge) =>
        makeHello(
          identity,
          community,
          { ...challenge, relayKey: textToBytes(witness.scene.communityKey, 32) },
          { host: own },
        ),
      );
      assert.equal(swapped, CloseCode.unproved);
    });

    it('with a key that verifies anything are refused, every one of them', async () => {
      const nobodys = new Uint8Array(64).fill(1, 0, 1);
      for (const key of smallOrderKeys) {
        for (const signature of [nobodys, new Uint8Array(64)]) {
          const code = await answerTo(test.socketUrl, (challenge) => {
            const host = new URL(test.url).host;
            const identity = { key, sign: () => signature };
            return makeHello(identity, witness.scene.community, challenge, { host });
          });
          assert.equal(code, CloseCode.unproved);
        }
      }
      await witness.assertUntouched('keys of small order');
    });
  });

  it('who send Yjs updates as if they could write change nothing', async () => {
    const { scene, visitor } = witness;
    const room = await visitor.open(conversationRoom(scene.conversation));
    const channel = visitor.channelOf(room);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(room.doc));
    const rows = copy.getArray<Uint8Array>(ROWS);
    copy.transact(() => {
      rows.delete(0, rows.length);
      rows.push([Uint8Array.of(1, 2, 3)]);
    });
    const updates = [
      Y.encodeStateAsUpdate(copy),
      Y.encodeStateAsUpdate(copy, Y.encodeStateVector(room.doc)),
      new Uint8Array(9).fill(255),
    ];
    const strangers = await connect();
    for (const device of [visitor, strangers]) {
      for (const step of [1, 2]) {
        for (const update of updates) {
          const data = encoding.encode((encoder) => {
            encoding.writeVarUint(encoder, 0);
            encoding.writeVarUint(encoder, step);
            encoding.writeVarUint8Array(encoder, update);
          });
          device.frame({ op: 'data', channel, data });
        }
      }
    }
    const again = await visitor.open(conversationRoom(scene.conversation));
    assert.equal(again.rows.length, room.rows.length);
    await strangers.close();
    await witness.assertUntouched('updates');
  });

  it('who spoof awareness, typing or reading are not passed on, or under their own name only', async () => {
    const { scene, visitor, helper } = witness;
    const room = await visitor.open(conversationRoom(scene.conversation));
    const channel = visitor.channelOf(room);
    const seen = await helper.open(conversationRoom(scene.conversation));
    const awareness = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint8Array(
        encoder,
        encoding.encode((inner) => {
          encoding.writeVarUint(inner, 1);
          encoding.writeVarUint(inner, 42);
          encoding.writeVarUint(inner, 1);
          encoding.writeVarString(inner, '{"name":"Ana"}');
        }),
      );
    });
    const before = seen.told.length;
    for (const data of [
      awareness,
      EMPTY_AWARENESS,
      Uint8Array.of(3),
      encodeChannelMessage({ type: 'asker', here: false, seen: 1 }),
      encodeChannelMessage({ type: 'attributes', json: '{"segment":"VIP"}' }),
      encodeChannelMessage({
        type: 'digest',
        digest: { rev: 9, count: 0, xor: new Uint8Array(16) },
      }),
      encodeChannelMessage({ type: 'read', side: 'desk', seq: Number.MAX_SAFE_INTEGER }),
      encodeChannelMessage({ type: 'typing', member: helper.identity.member, typing: true }),
    ])
      visitor.frame({ op: 'data', channel, data });
    const told = (): ChannelMessage[] =>
      seen.told.slice(before).filter(({ type }) => type !== 'digest');
    await helper.until(() => told().length >= 2, 'what is passed on');
    await witness.assertServed();
    assert.deepEqual(
      told().toSorted((a, b) => (a.type < b.type ? -1 : 1)),
      [
        { type: 'read', side: 'asker', seq: 2 },
        { type: 'typing', member: visitor.identity.member, typing: true },
      ],
    );
    await witness.remember();
  });

  it('who type without end are told of now and then', async () => {
    const { scene, visitor, helper } = witness;
    const room = await visitor.open(conversationRoom(scene.conversation));
    const channel = visitor.channelOf(room);
    const seen = await helper.open(conversationRoom(scene.conversation));
    const before = seen.told.length;
    const type = (typing: boolean): void =>
      visitor.frame({
        op: 'data',
        channel,
        data: encodeChannelMessage({ type: 'typing', member: visitor.identity.member, typing }),
      });
    for (let times = 0; times < 500; times++) type(times % 2 === 0);
    await witness.assertServed();
    await helper.open('space/demo');
    const told = seen.told.slice(before).filter(({ type }) => type === 'typing');
    assert.ok(told.length >= 1 && told.length <= 4, `${told.length} times`);
    clock.advance(3_000);
    type(true);
    await helper.until(() => seen.told.length > before + told.length, 'it goes on');
    await witness.remember();
  });

  it('who open other people’s rooms are told that they may not', async () => {
    const { scene, visitor } = witness;
    const stranger = await connect();
    const rooms = {
      [conversationRoom(scene.conversation)]: CloseCode.forbidden,
      [inboxRoom(parseSpaceId('demo'))]: CloseCode.forbidden,
      [memberRoom(visitor.identity.member)]: CloseCode.forbidden,
      'inbox/nowhere': CloseCode.unknownRoom,
      'space/nowhere': CloseCode.unknownRoom,
      'conversation/AAAAAAAAAAAAAAAAAAAAAA': CloseCode.unknownRoom,
    };
    for (const [name, code] of Object.entries(rooms)) {
      assert.equal((await stranger.open(name)).closed, code, name);
      const answer = stranger.next('token');
      stranger.say({ type: 'tokenWanted', room: name });
      assert.equal((await answer).token, '', name);
    }
    await stranger.close();
  });

  it('who send junk in somebody’s name do not use up what that person may write', async () => {
    const { scene, visitor } = witness;
    const carriers = await Promise.all(Array.from({ length: 4 }, () => connect()));
    const forged = Array.from({ length: 50 }, () =>
      makeEntry(
        scene,
        scene.stranger,
        { kind: 'say', text: 'Junk' },
        { author: visitor.identity.key },
      ),
    );
    for (const carrier of carriers) {
      for (let times = 0; times < 4; times++) carrier.say({ type: 'submit', entries: forged });
      await carrier.until(() => carrier.heard('answer').length === 4, 'the answers');
      for (const { answers } of carrier.heard('answer'))
        for (const { outcome } of answers)
          assert.ok(outcome.type === 'later' || outcome.type === 'refused');
    }
    await witness.assertUntouched('junk in her name');
    const { conversation } = scene;
    for (let part = 0; part < 2; part++) {
      const words = await Promise.all(
        Array.from({ length: ENTRIES_PER_MINUTE / 2 }, () =>
          visitor.identity.entry(scene.community, conversation, { kind: 'say', text: 'Word' }),
        ),
      );
      for (const outcome of await visitor.submit(...words)) assert.equal(outcome.type, 'durable');
    }
    const [over] = await visitor.submit(
      await visitor.identity.entry(scene.community, conversation, { kind: 'say', text: 'Word' }),
    );
    assert.equal(over?.type, 'later', 'her full rate, and no more');
    await witness.remember();
    for (const carrier of carriers) await carrier.close();
  });

  describe('at the codes that link devices', () => {
    const link = async (device: TestDevice, code: string): Promise<LinkOutcome> => {
      const answer = device.next('linked');
      device.say({ type: 'link', code, label: '' });
      return (await answer).outcome;
    };

    it('who guess are put off, and nobody else of their address is', async () => {
      const guessers = await Promise.all(Array.from({ length: 4 }, () => connect()));
      for (const guesser of guessers) {
        const outcomes: LinkOutcome[] = [];
        for (let tries = 0; tries < 20; tries++)
          outcomes.push(await link(guesser, `GUESS${tries}`));
        assert.deepEqual([...new Set(outcomes.slice(0, 10))], ['unknown']);
        assert.deepEqual([...new Set(outcomes.slice(10))], ['later']);
      }
      const [laptop, phone] = [await connect(), await connect()];
      const made = laptop.next('linkCode');
      laptop.say({ type: 'linkWanted', label: '' });
      assert.equal(await link(phone, (await made).code), 'linked');
      for (const each of [...guessers, laptop, phone]) await each.close();
      await witness.assertUntouched('guessing');
    });

    it('who guess one of 10 characters need two years of 20,000 tries a second', async () => {
      const device = await connect();
      const made = device.next('linkCode');
      device.say({ type: 'linkWanted', label: '' });
      const { code } = await made;
      assert.match(code, /^[0-9A-HJKMNP-TV-Z]{10}$/);
      const [alive, perSecond, year] = [1_000, 20_000, 31_536_000];
      assert.ok(32 ** code.length / 2 / alive / perSecond / year > 0.8, 'every second time');
      await device.close();
    });

    it('who guess from very many addresses keep nobody else from linking', async () => {
      const { linking } = test.relay;
      for (let tries = 0; tries < 2_000; tries++)
        await guessAt(linking, `2001:db8:${tries % 40}:${tries.toString(16)}::1`);
      assert.equal(await guessAt(linking, '192.0.2.9'), 'unknown', 'not put off by the others');
      assert.equal(witness.helper.closed, null);
    });

    for (const [title, addressOf] of [
      ['one address', () => '192.0.2.7'],
      ['a whole IPv6 site', (turn: number) => `2001:db8:3:${turn.toString(16)}::1`],
    ] as const) {
      it(`who want codes without end from ${title} push out their own`, async () => {
        const { linking } = test.relay;
        const wanted = async (address: string): Promise<string> => {
          const device = bytesToText(new Uint8Array(randomBytes(32))) as DeviceKey;
          const member = ownMemberOf(device);
          const { code } = await linking.code({ member, device, label: 'x'.repeat(60) }, address);
          assert.notEqual(code, '');
          return code;
        };
        const [hers, first] = [await wanted('203.0.113.7'), await wanted(addressOf(0))];
        for (let turn = 0; turn < 12_000; turn += 100) {
          const together = Array.from({ length: 100 }, (_, index) => addressOf(turn + index));
          await Promise.all(together.map(wanted));
        }
        const [one, other] = [await connect(), await connect()];
        assert.equal(await link(one, first), 'unknown', 'pushed out by those that came later');
        assert.equal(await linkedBy(linking, hers), true);
        for (const each of [one, other]) await each.close();
      });
    }
  });

  it('who remove other people’s devices, or devices that are none, remove nothing', async () => {
    const { visitor, helper, colleague } = witness;
    const attacker = await connect();
    for (const { identity } of [visitor, helper, colleague])
      attacker.say({ type: 'removeDevice', device: identity.key });
    attacker.say({ type: 'removeDevice', device: smallOrderKeys[0]! });
    visitor.say({ type: 'removeDevice', device: helper.identity.key });
    await attacker.ask('What comes next on this socket');
    await visitor.open('space/demo');
    assert.deepEqual(
      [visitor, helper, colleague].map(({ closed }) => closed),
      [null, null, null],
    );
    await attacker.close();
    await witness.remember();
  });

  it('who put records under the relay’s keys, or under none, put nothing', async () => {
    const { visitor, scene } = witness;
    const own = await visitor.open(memberRoom(visitor.identity.member));
    const time = clock.now();
    const value = '{"space":"demo","at":1}';
    const hostile = [
      'talk/AAAAAAAAAAAAAAAAAAAAAA',
      `talk/${scene.conversation}`,
      `device/${visitor.identity.key}`,
      'device/x',
      '',
      '/',
      'x',
      'Setting/x',
      '__proto__/x',
      'setting/../talk/x',
      'setting/a b',
      `setting/${'x'.repeat(81)}`,
      'setting/x\n',
    ].map((key) => ({ key, value, time }));
    const long = { key: 'setting/long', value: 'x'.repeat(Limits.recordLength + 1), time };
    visitor.say({ type: 'put', records: [...hostile, long] });
    await witness.assertUntouched('records under the relay’s keys');
    visitor.say({
      type: 'put',
      records: [{ key: 'setting/mine', value: '1', time: Number.MAX_SAFE_INTEGER }],
    });
    await visitor.until(() => own.records.has('setting/mine'), 'a record of their own');
    const kept = own.records.get('setting/mine') as { readonly time: number };
    assert.ok(kept.time <= clock.now() + 60_000, 'a time to come does not win for ever');
    visitor.say({
      type: 'put',
      records: [{ key: 'setting/mine', value: '', time: kept.time + 1 }],
    });
    await test.relay.core.committer.idle();
    await witness.remember();
  });

  it('who put records without end are closed, and fill no disk', async () => {
    const flooder = await connect();
    const value = 'x'.repeat(Limits.recordLength);
    const records = Array.from({ length: 50 }, (_, index) => ({
      key: `setting/${index}`,
      value,
      time: clock.now(),
    }));
    for (let times = 0; times < 60 && flooder.closed === null; times++)
      flooder.say({
        type: 'put',
        records: records.map((record) => ({ ...record, time: record.time + times })),
      });
    await flooder.until(() => flooder.closed !== null, 'the end');
    assert.equal(flooder.closed, CloseCode.tooMany);
    await test.relay.core.committer.idle();
    const { storage } = test.relay.core;
    const { next } = await storage.head(memberRoom(flooder.identity.member));
    assert.ok(next <= 1_000, `${next} rows`);
    await witness.assertServed();
    await witness.remember();
  });

  it('who put more records in one message than it may have are closed', async () => {
    const device = await connect();
    const record = { key: 'setting/x', value: 'x', time: clock.now() };
    const records = Array.from({ length: Limits.submitEntries + 1 }, () => record);
    device.say({ type: 'put', records });
    await device.until(() => device.closed !== null, 'the end');
    assert.equal(device.closed, CloseCode.malformed);
    await witness.remember();
  });

  it('who put records without end do so by their own share: who shares their address goes on', async () => {
    const { core } = test.relay;
    const heavy = (turn: number) =>
      Array.from({ length: 40 }, (_, index) => ({
        key: `setting/${turn}.${index}`,
        value: 'é'.repeat(Limits.recordLength),
        time: clock.now(),
      }));
    const recordsOf = async (device: TestDevice) => {
      await core.committer.idle();
      return (await core.rooms.keyed(memberRoom(device.identity.member))).records;
    };
    let flooders = 0;
    for (let dropped = false; !dropped && flooders < 20; flooders++) {
      const flooder = await connect();
      for (let turn = 0; turn < 10; turn++) flooder.say({ type: 'put', records: heavy(turn) });
      const answer = flooder.next('token');
      flooder.say({ type: 'tokenWanted', room: 'space/demo' });
      await Promise.race([answer, flooder.until(() => flooder.closed !== null)]);
      const records = await recordsOf(flooder);
      let length = 0;
      for (const { value } of records.values()) length += value.length;
      assert.ok(length < Limits.memberLength, `${length} in one member's room`);
      dropped = records.size < 40;
      flooder.socket.terminate();
    }
    assert.ok(flooders > 4 && flooders < 20, `${flooders} use up what their address has`);
    const honest = await connect();
    honest.say({ type: 'put', records: [{ key: 'canned/1', value: 'Hello', time: clock.now() }] });
    honest.say({ type: 'tokenWanted', room: 'space/demo' });
    await honest.until(() => honest.heard('token').length > 0, 'an answer');
    assert.ok((await recordsOf(honest)).has('canned/1'));
    assert.equal(honest.closed, null);
    await honest.close();
    await witness.assertServed();
    await witness.remember();
  });

  it('who tell attributes of any size or shape, or of others, tell the desk what the space lets through', async () => {
    const { scene, visitor, helper } = witness;
    await askOffice(test.relay, 'PATCH', '/spaces/demo', { attributes: ['segment'] });
    const seen = await helper.open(conversationRoom(scene.conversation));
    const attacker = await connect();
    const hostile = [
      `{"segment":"${'x'.repeat(Limits.attributesLength)}"}`,
      `{"segment":"${'x'.repeat(1_000_000)}"}`,
      '['.repeat(1_900),
      '[]',
      'null',
      '"segment"',
      'segment',
      '{',
      '{"constructor":{"prototype":{"role":"5"}}}',
    ];
    for (const json of hostile) {
      attacker.say({ type: 'attributes', json });
      visitor.say({ type: 'attributes', json });
    }
    attacker.say({ type: 'attributes', json: '{"segment":"not of the asker"}' });
    await attacker.ask('What comes next on this socket');
    visitor.say({
      type: 'attributes',
      json: '{"segment":"gold","secret":"no","__proto__":"x","more":1}',
    });
    const told = (): string[] =>
      seen.told.flatMap((message) => (message.type === 'attributes' ? [message.json] : []));
    await helper.until(() => told().some((json) => json.includes('gold')), 'the attributes');
    for (const json of told()) {
      assert.ok(json.length < 300);
      assert.doesNotMatch(json, /secret|not of the asker|more|xxx/);
    }
    await attacker.close();
    await witness.remember();
  });

  it('who tell attributes without end are passed over after some', async () => {
    const { scene, visitor, helper } = witness;
    await askOffice(test.relay, 'PATCH', '/spaces/demo', { attributes: ['segment'] });
    clock.advance(120_000);
    const seen = await helper.open(conversationRoom(scene.conversation));
    const told = (): string[] =>
      seen.told.flatMap((message) => (message.type === 'attributes' ? [message.json] : []));
    const tell = (segment: string): void =>
      visitor.say({ type: 'attributes', json: JSON.stringify({ segment }) });
    for (let times = 0; times < 1_000; times++) tell(`no. ${times}`);
    await witness.assertServed();
    await helper.open('space/demo');
    assert.ok(told().length > 10 && told().length <= 61, `${told().length} times`);
    clock.advance(3_000);
    tell('gold');
    await helper.until(() => told().at(-1) === '{"segment":"gold"}', 'it goes on');
    await witness.remember();
  });
});

/** What comes of a code that nobody made. */
async function guessAt(linking: Linking, address: string): Promise<LinkOutcome> {
  let told: LinkOutcome | undefined;
  const { key: device } = new TestIdentity();
  await linking.link({ code: 'GUESS', device, label: '', address }, (outcome) => {
    told = outcome;
  });
  assert.ok(told);
  return told;
}

/** Whether a code still lets a device in. */
async function linkedBy(linking: Linking, code: string): Promise<boolean> {
  const { key: device } = new TestIdentity();
  let told: LinkOutcome | undefined;
  await linking.link({ code, device, label: '', address: '198.51.100.1' }, (outcome) => {
    told = outcome;
  });
  return told === 'linked';
}
