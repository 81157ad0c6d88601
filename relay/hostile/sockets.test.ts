/** Attacks on the sockets: bytes of every kind, floods, silence, readers that do not read. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import type { Control } from '../../shared/protocol/control.ts';
import { decodeControl, encodeControl } from '../../shared/protocol/control-codec.ts';
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame.ts';
import { Limits } from '../../shared/limits.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { TokenBuckets } from '../core/limits/token-buckets.ts';
import { type Challenge, makeHello } from '../testing/make-hello.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { mostSockets, openHalf } from '../testing/open-half.ts';
import { get, neverReading } from '../testing/raw-http.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, TestRoom } from '../testing/test-device.ts';
import { Witness, waitFor } from '../testing/witness.ts';

const HALF_OPEN = 10_000;

interface Stranger {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  readonly challenge: Challenge;
}

const control = (message: Control): Uint8Array =>
  encodeFrame({ op: 'data', channel: 0, data: encodeControl(message) });

describe('hostile sockets', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  let witness: Witness;
  before(async () => {
    test = await startTestRelay({
      clock,
      config: { entriesPerMinute: 100_000, questionsPerHour: 10_000, socketsPerAddress: 5_000 },
    });
    witness = await Witness.enter(test);
  });
  after(async () => {
    try {
      await witness.assertLetGo();
    } finally {
      await witness.leave();
      await test[Symbol.asyncDispose]();
    }
  });

  const connect = (identity = new TestIdentity()): Promise<TestDevice> =>
    TestDevice.connect(test.socketUrl, witness.scene.community, { identity });

  /** A socket that has said no hello. */
  async function stranger(): Promise<Stranger> {
    const socket = new WebSocket(test.socketUrl);
    socket.on('error', () => {});
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const [message] = (await once(socket, 'message')) as [Buffer];
    const frame = decodeFrame(new Uint8Array(message));
    assert.ok(frame.op === 'data');
    const challenge = decodeControl(frame.data);
    assert.ok(challenge);
    assert.ok(challenge.type === 'challenge');
    return { socket, closed, challenge };
  }

  /** Says this, before the hello and after: the code it was closed with, or null if it still serves. */
  async function saying(bytes: Uint8Array): Promise<[before: number, after: number | null]> {
    const { socket, closed } = await stranger();
    socket.send(bytes);
    const before = await closed;
    const device = await connect();
    device.socket.send(bytes);
    device.say({ type: 'tokenWanted', room: 'space/demo' });
    await device.until(() => device.heard('token').length > 0 || device.closed !== null);
    const after = device.closed;
    if (after === null) await device.close();
    return [before, after];
  }

  it('that send frames of every first byte are closed, or are heard as what they say', async () => {
    const closes = new Map<number, [number, number | null]>();
    for (let first = 0; first < 256; first++) closes.set(first, await saying(Uint8Array.of(first)));
    for (const [first, [before, after]] of closes) {
      assert.equal(before, CloseCode.malformed, `${first} before the hello`);
      assert.equal(after, CloseCode.malformed, `${first} after it`);
    }
    await witness.assertUntouched('every first byte');
  });

  it('that send empty, tiny and huge frames are closed, each with its code', async () => {
    const said = (...bytes: readonly number[]): Uint8Array => Uint8Array.of(0, 1, ...bytes);
    const huge = 0xff;
    const cases: Record<string, [Uint8Array, number, number | null]> = {
      'an empty frame': [new Uint8Array(), 4400, 4400],
      'channel 0, no op': [Uint8Array.of(0), 4400, 4400],
      'channel 0 opened': [
        encodeFrame({ op: 'open', channel: 0, room: 'space/demo', generation: 0 }),
        4400,
        4400,
      ],
      'channel 0 closed': [
        encodeFrame({ op: 'close', channel: 0, code: 1, reason: '' }),
        4400,
        4400,
      ],
      'an op to come': [Uint8Array.of(1, 3), 4400, 4400],
      'no control message': [said(), 4400, 4400],
      'a control message to come is passed over': [said(99), 4400, null],
      'so is one that is the relay’s to say': [said(5, 0), 4400, null],
      'and one of a later protocol, whatever it holds': [said(18), 4400, null],
      'a list longer than all there is': [said(3, huge, huge, huge, huge, 15), 4400, 4400],
      'a list of 1,001 empty entries': [
        said(3, 0xe9, 0x07, ...Array<number>(1_001).fill(0)),
        4400,
        4400,
      ],
      'an entry longer than all there is': [said(3, 1, huge, huge, huge, huge, 15), 4400, 4400],
      'a number past what is safe': [
        Uint8Array.of(...Array<number>(8).fill(huge), 0x7f, 1),
        4400,
        4400,
      ],
      'a number without end': [new Uint8Array(5_000).fill(huge), 4400, 4400],
      'zeros, as many as a frame holds': [new Uint8Array(Limits.frameBytes), 4400, 4400],
      'one byte more than a frame holds': [new Uint8Array(Limits.frameBytes + 1), 1009, 1009],
    };
    for (const [title, [bytes, before, after]] of Object.entries(cases)) {
      assert.deepEqual(await saying(bytes), [before, after], title);
    }
    await witness.assertUntouched('empty, tiny and huge frames');
  });

  it('that speak before their welcome are closed', async () => {
    const submit = control({ type: 'submit', entries: [] });
    const opening = encodeFrame({ op: 'open', channel: 1, room: 'space/demo', generation: 0 });
    for (const bytes of [submit, opening]) {
      const { socket, closed } = await stranger();
      socket.send(bytes);
      assert.equal(await closed, CloseCode.malformed);
      // Right behind a hello that is in order, while the member is still being looked up.
      const hasty = await stranger();
      const identity = new TestIdentity();
      const host = new URL(test.url).host;
      const hello = makeHello(identity, witness.scene.community, hasty.challenge, { host });
      hasty.socket.send(control(hello));
      hasty.socket.send(bytes);
      assert.equal(await hasty.closed, CloseCode.malformed);
    }
  });

  it('that never say hello are let go after 10 s', async () => {
    const silent = await Promise.all(Array.from({ length: 50 }, stranger));
    clock.advance(9_900);
    assert.ok(silent.every(({ socket }) => socket.readyState === socket.OPEN));
    clock.advance(200);
    const codes = await Promise.all(silent.map(({ closed }) => closed));
    assert.deepEqual([...new Set(codes)], [CloseCode.helloTimeout]);
    await witness.assertUntouched('silence');
  });

  it('that open 10,000 channels are closed; whoever opens more than may be is told so', async () => {
    const device = await connect();
    const rooms = Array.from({ length: Limits.channels + 10 }, () => new TestRoom());
    for (const [index, room] of rooms.entries()) {
      const { conversation } = await device.ask(`No. ${index}`);
      device.rooms.set(index + 1, room);
      const name = conversationRoom(conversation);
      device.frame({ op: 'open', channel: index + 1, room: name, generation: 0 });
    }
    await device.until(() => rooms.every((room) => room.digest ?? room.closed), 'the answers');
    const refused = rooms.filter(({ closed }) => closed === CloseCode.tooMany);
    assert.equal(refused.length, 10);
    await device.close();

    const flood = await connect();
    for (let channel = 1; channel <= 10_000; channel++)
      flood.frame({ op: 'open', channel, room: 'space/demo', generation: 0 });
    await flood.until(() => flood.closed !== null, 'the end');
    assert.equal(flood.closed, CloseCode.tooMany);
    await witness.remember();
  });

  it('that open one room on many channels have it on a few, and others on the rest', async () => {
    const device = await connect();
    const many = Array.from({ length: 200 }, () => new TestRoom());
    for (const [index, room] of many.entries()) {
      device.rooms.set(index + 1, room);
      device.frame({ op: 'open', channel: index + 1, room: 'space/demo', generation: 0 });
    }
    await device.until(() => many.every((room) => room.digest ?? room.closed), 'the answers');
    const open = many.filter(({ closed }) => closed === null);
    assert.equal(open.length, Limits.channelsPerRoom);
    assert.ok(many.every(({ closed }) => closed === null || closed === CloseCode.tooMany));
    device.frame({ op: 'close', channel: device.channelOf(open[0]!), code: 1000, reason: '' });
    const again = new TestRoom();
    device.rooms.set(1_000, again);
    device.frame({ op: 'open', channel: 1_000, room: 'space/demo', generation: 0 });
    await device.until(() => again.digest !== null, 'the freed place');
    await device.close();
  });

  it('that open and close rooms without end wait for their turn, and so do tokens', async () => {
    const { scene, visitor } = witness;
    const device = await connect(visitor.identity);
    const room = conversationRoom(scene.conversation);
    const openings = (): number => device.heard('token').filter(({ token }) => token !== '').length;
    for (let times = 0; times < 2_500; times++) device.say({ type: 'tokenWanted', room });
    await device.until(() => device.heard('token').length === 2_500, 'the answers');
    assert.equal(openings(), 2_000);
    const late = new TestRoom();
    device.rooms.set(1, late);
    device.frame({ op: 'open', channel: 1, room, generation: 0 });
    device.say({ type: 'tokenWanted', room });
    await device.until(() => device.heard('token').length === 2_501, 'the answer');
    assert.equal(late.digest, null);
    clock.advance(100);
    await device.until(() => late.digest !== null, 'its turn');
    await device.close();
    await witness.remember();
  });

  it('that open a number twice, numbers at the edge, or close what they never opened, harm nobody', async () => {
    const device = await connect();
    const answers: number[] = [];
    for (const channel of [1, 1, 127, 128, 16_384, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      device.frame({
        op: 'open',
        channel,
        room: 'space/demo',
        generation: Number.MAX_SAFE_INTEGER,
      });
      answers.push(channel);
    }
    for (const channel of [5, 2 ** 40, 128, 128])
      device.frame({
        op: 'close',
        channel,
        code: Number.MAX_SAFE_INTEGER,
        reason: 'x'.repeat(9_999),
      });
    device.frame({ op: 'data', channel: 77, data: Uint8Array.of(0, 0, 1, 0) });
    for (const room of [
      '',
      '/',
      'space',
      'space/',
      'space/../x',
      'secret/x',
      `space/${'x'.repeat(9_999)}`,
      'conversation/x',
      'member/__proto__',
      'constructor/x',
    ])
      device.frame({ op: 'open', channel: 900 + room.length, room, generation: 0 });
    const asked = await device.ask('Still served');
    assert.equal(device.outcomes.get(asked.id)?.type, 'durable');
    await device.close();
    await witness.remember();
  });

  it('that open rooms which do not exist leave nothing in memory', async () => {
    const { rooms } = test.relay.core;
    const before = rooms.size;
    const device = await connect();
    for (let number = 0; number < 1_000; number++) {
      const room = `conversation/${Buffer.alloc(16, `${number} `).toString('base64url')}`;
      device.frame({ op: 'open', channel: 1 + (number % 200), room, generation: 0 });
    }
    await device.open('space/demo');
    assert.ok(rooms.size <= before + 1, `${rooms.size - before} more`);
    await device.close();
    await witness.assertUntouched('rooms that do not exist');
  });

  it('that are refused at the door are let go of, even if they do not let go themselves', async () => {
    const before = sockets();
    const held = await Promise.all(
      ['/nowhere', '/sync/space/demo', '/sync/nothing', '/sync%2f'].map(async (path) => {
        const socket = connectTcp({
          port: test.relay.port,
          host: '127.0.0.1',
          allowHalfOpen: true,
        });
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
        );
        const [answer] = (await once(socket, 'data')) as [Buffer];
        assert.match(answer.toString(), /^HTTP\/1.1 40[14]/);
        return socket;
      }),
    );
    // Our own ends stay: the relay's must not.
    try {
      await waitFor(
        () => sockets() <= before + held.length,
        () => `${sockets() - before} sockets for ${held.length} that were refused`,
      );
    } finally {
      for (const socket of held) socket.destroy();
    }
  });

  it('that flood a room’s own path are closed', async () => {
    const { visitor, scene } = witness;
    const room = conversationRoom(scene.conversation);
    const answer = visitor.next('token');
    visitor.say({ type: 'tokenWanted', room });
    const { token } = await answer;
    const socket = new WebSocket(`${test.socketUrl}/${room}`, ['comptoir', token]);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await once(socket, 'open');
    for (let times = 0; times < 10_000; times++) socket.send(Uint8Array.of(0, 0, 1, 0), () => {});
    assert.equal(await closed, CloseCode.tooMany);
    await witness.assertUntouched('a flood at a room’s own path');
  });

  it('from a whole IPv6 site are only so many: those who come push out its own, and nobody else', async () => {
    const config = { socketsPerAddress: 2, trustedProxies: ['127.0.0.1'] };
    await using own = await startTestRelay({ config });
    const closed: string[] = [];
    const from = async (address: string): Promise<void> => {
      const socket = new WebSocket(own.socketUrl, { headers: { 'X-Forwarded-For': address } });
      socket.on('close', (code) => closed.push(`${address} ${code}`));
      await once(socket, 'message');
    };
    await from('2001:db8:5::1');
    for (let line = 10; line < 32; line++) await from(`2001:db8:4:${line}::1`);
    await waitFor(
      () => closed.length === 2,
      () => `${closed.join(', ')} are closed`,
    );
    assert.deepEqual(closed, ['2001:db8:4:10::1 4529', '2001:db8:4:11::1 4529']);
    await from('2001:db8:6::1');
    assert.equal(own.relay.sockets.count, 22);
  });

  it('half open by the thousand keep nobody out', async () => {
    const count = Math.min(HALF_OPEN, mostSockets());
    const before = sockets();
    {
      const share = Math.floor(count / 2);
      const attack = { port: test.relay.port, count: share };
      await using silent = await openHalf({ ...attack, said: '', from: '127.0.1.1' });
      await using half = await openHalf({
        ...attack,
        said: 'GET /sync HTTP/1.1\r\nUpgrade: webs',
        from: '127.0.2.1',
      });
      console.log(`# ${silent.connected + half.connected} half-open sockets`);
      assert.equal(silent.failed + half.failed, 0);
      await waitFor(
        () => sockets() >= before + share,
        () => `${sockets()} sockets`,
      );
      const started = performance.now();
      await witness.assertServed();
      const honest = await connect();
      assert.ok(honest.welcome);
      await honest.close();
      const face = await fetch(`${test.url}/api/spaces/demo/face`);
      assert.equal(face.status, 200);
      console.log(`# an honest client was served in ${Math.round(performance.now() - started)} ms`);
    }
    await waitFor(
      () => sockets() <= before + 10,
      () => `${sockets() - before} sockets are left`,
    );
    await witness.remember();
  });

  it('that send messages which never become whole hold so much and no more, and go where most are', async () => {
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    const { sockets: all } = test.relay;
    const before = all.count;
    const attack = await neverReading(test.relay.port, 90, get('/sync', upgrade), '127.0.3.1');
    try {
      await waitFor(
        () => all.count === before + 90,
        () => `${all.count - before} are there`,
      );
      // A binary frame of 1,000,000 bytes, masked, of which the last 10,000 never come.
      const head = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40, 0, 0, 0, 0]);
      for (const socket of attack) socket.write(Buffer.concat([head, Buffer.alloc(990_000)]));
      await waitFor(
        () => (clock.advance(5), all.count < before + 90),
        () => 'all are still there',
      );
      await waitFor(
        () => (clock.advance(5), all.count <= before + 61),
        () => `${all.count - before} are left`,
      );
      assert.ok(all.count > before + 30);
      await witness.assertServed();
    } finally {
      for (const socket of attack) socket.destroy();
    }
    await witness.remember();
  });

  it('that cut a message into a few hundred fragments are heard, into more are closed', async () => {
    const saying = async (fragments: number): Promise<TestDevice> => {
      const device = await connect();
      const said = control({ type: 'tokenWanted', room: 'space/demo' });
      for (let part = 0; part < fragments - 1; part++)
        device.socket.send(said.subarray(part, part + 1), { fin: false });
      device.socket.send(said.subarray(fragments - 1));
      await device.until(() => device.closed !== null || device.heard('token').length > 0);
      return device;
    };
    const few = await saying(512); // most of them are empty
    assert.equal(few.closed, null);
    await few.close();
    assert.equal((await saying(513)).closed, 1008);
  });

  it('whose message comes byte by byte are cut before its pieces fill the memory', async () => {
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    const [socket] = await neverReading(test.relay.port, 1, get('/sync', upgrade), '127.0.4.1');
    assert.ok(socket);
    socket.setNoDelay(true).resume();
    socket.write(Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40, 0, 0, 0, 0]));
    let pieces = 0;
    for (; !socket.closed && pieces < 50_000; pieces++) {
      socket.write(Buffer.of(0));
      await new Promise((turn) => setImmediate(turn));
    }
    assert.ok(socket.closed, `${pieces} pieces were kept`);
  });

  it('that never read are dropped, and hold no more than is buffered for one', async () => {
    const { scene, visitor } = witness;
    const text = 'x'.repeat(4_000);
    for (let part = 0; part < 2; part++) {
      const entries = await Promise.all(
        Array.from({ length: 40 }, () =>
          visitor.identity.entry(scene.community, scene.conversation, { kind: 'say', text }),
        ),
      );
      await visitor.submit(...entries);
    }
    await witness.remember();
    const slow = await connect(visitor.identity);
    slow.socket.pause();
    const { connections } = test.relay;
    const before = process.memoryUsage().arrayBuffers;
    const room = conversationRoom(scene.conversation);
    slow.frame({ op: 'open', channel: 1, room, generation: 0 });
    let most = 0;
    try {
      for (let round = 0; round < 3 || (round < 300 && connections.pool.lagging === 0); round++) {
        await witness.assertServed(); // and the channel is open by then
        slow.frame({ op: 'data', channel: 1, data: Uint8Array.of(0, 0, 1, 0) });
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
      assert.ok(connections.pool.lagging > 0, 'nothing waits');
      for (let times = 0; times < 6 && connections.size > 3; times++) {
        clock.advance(20_000);
        await witness.assertServed();
      }
      await waitFor(
        () => connections.size === 3,
        () => 'it is not let go',
      );
    } finally {
      slow.socket.resume();
    }
    console.log(`# ${Math.round(most / 1_000_000)} MB held for a reader that does not read`);
    assert.ok(most < 50_000_000, `${most} bytes`);
    await slow.until(() => slow.closed !== null, 'the close');
    await witness.remember();
  });

  it('fill limits with names, and memory stays as it is', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1, most: 1_000 }, clock.now);
    for (let name = 0; name < 50_000; name++) buckets.take(`name ${name}`);
    assert.equal(buckets.size, 1_000);
    const { frames } = test.relay.connections;
    const { submitPath } = test.relay.core;
    for (const held of [frames, submitPath.authors, submitPath.asks])
      assert.ok(held.size <= 20_000);
  });
});

/** TCP sockets of this process. */
const sockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
