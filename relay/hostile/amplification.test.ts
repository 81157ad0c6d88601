/**
 * What one frame or request makes a relay send and work: every type of message and every route is measured,
 * and has its bound here. A new one does not compile, or has no bound, until it is put in.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { encodeRow } from '../../shared/conversation/row.ts';
import type { Content } from '../../shared/entry/content.ts';
import type { ConversationId, DecisionId, Fingerprint } from '../../shared/ids.ts';
import { Limits } from '../../shared/limits.ts';
import { routes } from '../../shared/api/routes.ts';
import { encodeChannelMessage } from '../../shared/protocol/channel.ts';
import { ControlType } from '../../shared/protocol/control.ts';
import { type AnyMessage, encodeControl } from '../../shared/protocol/control-codec.ts';
import type { SaidByDevice } from '../../shared/protocol/decision-messages.ts';
import { type Frame, encodeFrame } from '../../shared/protocol/frame.ts';
import { conversationRoom, inboxRoom, memberRoom } from '../../shared/protocol/rooms.ts';
import { parseSpaceId } from '../../shared/ids.ts';
import type { RoomMessage } from '../connections/room-message.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { askOffice } from '../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, TestRoom, redeem } from '../testing/test-device.ts';

/** Helpers who follow the conversation, the inbox and their own room. */
const READERS = 10;
const TIMES = 20;
const ROUTE_TIMES = 5;
/** Bytes out for each byte in, of the routes that answer with much. */
const LARGE: Readonly<Record<string, number>> = {
  'GET /api/openapi.json': 2_500,
  'GET /api/office/audit': 500, // a page of 100 lines
  'GET /api/office/audit-export': 2_500, // 500 lines
};
const SETTLED = 'settled';
const NO_DECISION = 'A'.repeat(22) as DecisionId;

interface Bound {
  /** Sends one, and says how many bytes that was. */
  readonly send: () => Promise<number> | number;
  /** Bytes out for each byte in, all readers together. */
  readonly most: number;
}

describe('a relay sends and works no more than so much', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  let community: Fingerprint;
  let asker: TestDevice;
  let conversation: ConversationId;
  let channel: number;
  const helpers: TestDevice[] = [];
  const devices: TestDevice[] = [];
  const figures: { readonly name: string; readonly ratio: number; readonly work: number }[] = [];
  let out = 0;
  /** Whether a keepalive is the answer to what is measured. */
  let pinging = false;

  before(async () => {
    const config = { entriesPerMinute: 100_000, questionsPerHour: 10_000 };
    test = await startTestRelay({ clock, config });
    community = test.relay.core.authority.fingerprint;
    asker = await connect();
    for (let count = 0; count < READERS; count++) {
      const identity = new TestIdentity();
      await redeem(test.url, community, identity, await test.relay.inviteLink(), `H ${count}`);
      helpers.push(await connect(identity));
    }
    await askOffice(test.relay, 'PATCH', '/spaces/demo', { attributes: ['segment'] });
    ({ conversation } = await asker.ask('What does this cost?'));
    const name = conversationRoom(conversation);
    for (let count = 0; count < Limits.channelsPerRoom; count++)
      channel = asker.channelOf(await asker.open(name));
    await asker.open(memberRoom(asker.identity.member));
    for (const helper of helpers) {
      await helper.open(name);
      await helper.open(inboxRoom(parseSpaceId('demo')));
      await helper.open('space/demo');
    }
  });
  after(async () => {
    for (const device of devices) if (device.closed === null) await device.close();
    await test[Symbol.asyncDispose]();
  });

  async function connect(identity = new TestIdentity()): Promise<TestDevice> {
    const device = await TestDevice.connect(test.socketUrl, community, { identity });
    device.socket.on('message', (data: Buffer) => {
      const isKeepalive = data[0] === 0 && data[2] === ControlType.keepalive;
      if (!isKeepalive || pinging) out += data.length;
    });
    devices.push(device);
    return device;
  }

  /** Says what one of something costs, and keeps it for the largest of all. */
  function note(name: string, ratio: number, work: number): void {
    figures.push({ name, ratio, work });
    console.log(`# ${name}: ${ratio.toFixed(1)} bytes a byte, ${work.toFixed(2)} ms, both ends`);
  }

  /** Resolves once everything that was caused has arrived everywhere. */
  async function settle(): Promise<void> {
    await roundTrip(); // the relay has heard it
    await test.relay.core.committer.idle();
    clock.advance(3_000);
    await new Promise((turn) => setImmediate(turn));
    await test.relay.core.committer.idle();
    await roundTrip();
  }

  async function roundTrip(): Promise<void> {
    for (const device of devices) {
      if (device.closed !== null) continue;
      const answers = device.heard('token').length;
      device.say({ type: 'tokenWanted', room: SETTLED });
      await device.until(() => device.heard('token').length > answers, 'an answer');
    }
  }

  /** What settling itself makes the relay send. */
  async function idleBytes(): Promise<number> {
    await settle();
    const before = out;
    await settle();
    return out - before;
  }

  async function measure(name: string, { send, most }: Bound): Promise<void> {
    const idle = await idleBytes();
    const [before, cpu] = [out, process.cpuUsage()];
    let into = 0;
    for (let times = 0; times < TIMES; times++) into += await send();
    await settle();
    const { user, system } = process.cpuUsage(cpu);
    const ratio = Math.max(0, out - before - idle) / into;
    const work = (user + system) / TIMES / 1_000;
    note(name, ratio, work);
    assert.ok(ratio <= most, `${name}: ${ratio} bytes out for each byte in`);
    assert.ok(work < 40, `${name}: ${work} ms`);
  }

  const frame = (frame: Frame): number => {
    asker.frame(frame);
    return encodeFrame(frame).length;
  };
  const sizeOf = (message: AnyMessage): number =>
    encodeFrame({ op: 'data', channel: 0, data: encodeControl(message) }).length;
  const say = (message: AnyMessage): number =>
    frame({ op: 'data', channel: 0, data: encodeControl(message) });
  const onChannel = (data: Uint8Array): number => frame({ op: 'data', channel, data });
  const entry = async (content: Content): Promise<Uint8Array> =>
    (await asker.identity.entry(community, conversation, content)).bytes;

  let count = 0;
  const control: Record<SaidByDevice['type'], Bound> = {
    hello: {
      most: 5,
      async send() {
        const device = await connect();
        for (const heard of device.controls) out += sizeOf(heard);
        await device.close();
        return 250; // with an empty token; the upgrade before it is as long again
      },
    },
    submit: {
      most: 60,
      send: async () => say({ type: 'submit', entries: [await entry({ kind: 'say', text: 'x' })] }),
    },
    offer: {
      most: 60, // without a receipt it is an entry like any other
      async send() {
        const verdict = { member: asker.identity.member, role: 0, mode: 0 } as const;
        const said = await entry({ kind: 'say', text: 'x' });
        const row = { type: 'entry', seq: 9, place: 9, received: 9, verdict } as const;
        const rows = [encodeRow({ ...row, receipt: new Uint8Array(16), entry: said })];
        return say({ type: 'offer', rows });
      },
    },
    available: {
      most: 1,
      send: () => say({ type: 'available', available: ++count % 2 === 0 }),
    },
    put: {
      most: 10,
      send: () =>
        say({ type: 'put', records: [{ key: 'canned/x', value: `${++count}`, time: count }] }),
    },
    tokenWanted: {
      most: 4,
      send: () => say({ type: 'tokenWanted', room: conversationRoom(conversation) }),
    },
    ping: {
      most: 5,
      async send() {
        pinging = true;
        clock.advance(1_000);
        const heard = asker.heard('keepalive').length;
        const size = say({ type: 'ping' });
        await asker.until(() => asker.heard('keepalive').length > heard, 'a sign of life');
        pinging = false;
        return size;
      },
    },
    linkWanted: { most: 10, send: () => say({ type: 'linkWanted', label: '' }) },
    link: { most: 5, send: () => say({ type: 'link', code: 'GUESS', label: '' }) },
    removeDevice: {
      most: 1,
      send: () => say({ type: 'removeDevice', device: new TestIdentity().key }),
    },
    attributes: {
      most: 20,
      send: () => say({ type: 'attributes', json: `{"segment":"${++count}"}` }),
    },
    decisionSeen: {
      most: 1,
      send: () => say({ type: 'decisionSeen', references: [NO_DECISION] }),
    },
    appeal: { most: 5, send: () => say({ type: 'appeal', reference: NO_DECISION, text: '' }) },
  };

  /** Of the kinds, those that make others hear more than the row. */
  const kinds: Partial<Record<Content['kind'], Bound>> = {
    close: {
      most: 60,
      send: async () => say({ type: 'submit', entries: [await entry({ kind: 'close' })] }),
    },
    reopen: {
      most: 60,
      send: async () => say({ type: 'submit', entries: [await entry({ kind: 'reopen' })] }),
    },
    retract: {
      most: 60,
      async send() {
        const said = await asker.identity.entry(community, conversation, {
          kind: 'say',
          text: 'x',
        });
        const taken = await entry({ kind: 'retract', target: said.id });
        return say({ type: 'submit', entries: [said.bytes, taken] });
      },
    },
  };

  const channelMessages: Record<RoomMessage['type'], Bound> = {
    // The whole room, which is paid for as it is read: see `relay/connections/output/`.
    step1: { most: 2_500, send: () => onChannel(Uint8Array.of(0, 0, 1, 0)) },
    typing: {
      most: 15,
      send: () =>
        onChannel(
          encodeChannelMessage({
            type: 'typing',
            member: asker.identity.member,
            typing: ++count % 2 === 0,
          }),
        ),
    },
    read: {
      most: 15,
      send: () => onChannel(encodeChannelMessage({ type: 'read', side: 'asker', seq: ++count })),
    },
    ignored: { most: 0, send: () => onChannel(Uint8Array.of(1, 1, 0)) },
  };

  const ops: Record<Frame['op'], Bound> = {
    open: {
      most: 1_000,
      async send() {
        const room = await asker.open('space/demo', new TestRoom());
        const number = asker.channelOf(room);
        return (
          encodeFrame({ op: 'open', channel: number, room: 'space/demo', generation: 0 }).length +
          frame({ op: 'close', channel: number, code: 1000, reason: '' })
        );
      },
    },
    data: {
      most: 0,
      send: () => frame({ op: 'data', channel: 99_999, data: Uint8Array.of(0, 0, 1, 0) }),
    },
    close: {
      most: 0,
      send: () => frame({ op: 'close', channel: 99_999, code: 1000, reason: '' }),
    },
  };

  for (const [title, table] of Object.entries({ control, kinds, channelMessages, ops }))
    for (const [name, bound] of Object.entries(table))
      it(`for ${title}: ${name}`, () => measure(name, bound));

  it('for every route of the API', async () => {
    const all = Object.values(routes).flatMap((table) => Object.values(table));
    const ids: Readonly<Record<string, string>> = {
      '/api/spaces/:id/face': 'demo',
      '/api/office/spaces/:id': 'demo',
      '/api/office/members/:id': helpers[0]!.identity.member,
    };
    for (const { method, path: pattern, rights } of all) {
      const path = pattern.replace(/:\w+/, ids[pattern] ?? 'x');
      const isOffice = rights === 'office' || rights === 'guard';
      const cpu = process.cpuUsage();
      let bytes = 0;
      for (let times = 0; times < ROUTE_TIMES; times++) {
        const answer = isOffice
          ? await test.relay.office.request(path, { method })
          : await fetch(`${test.url}${path}`, { method });
        bytes = (await answer.arrayBuffer()).byteLength + 200;
      }
      const { user, system } = process.cpuUsage(cpu);
      const work = (user + system) / ROUTE_TIMES / 1_000;
      const name = `${method} ${pattern}`;
      const ratio = bytes / `${method} ${path} HTTP/1.1\r\nHost: x\r\n\r\n`.length;
      note(name, ratio, work);
      assert.ok(ratio < (LARGE[name] ?? 150), `${name}: ${ratio}`);
      assert.ok(work < 40, `${name}: ${work} ms`);
    }
  });

  it('for the largest of all', () => {
    for (const by of ['ratio', 'work'] as const) {
      const largest = figures.toSorted((a, b) => b[by] - a[by]).slice(0, 3);
      console.log(
        `# most ${by}: ${largest.map((one) => `${one.name} ${one[by].toFixed(1)}`).join(', ')}`,
      );
    }
    const routeCount = Object.values(routes).flatMap((table) => Object.values(table)).length;
    assert.ok(figures.length > routeCount, 'frames and routes were measured');
  });
});
