/** What a mob does, an act at a time, each within the limits: nothing that closes the door to the next one. */
import { randomBytes, randomInt } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { Content } from '../../../shared/entry/content.ts';
import type { Fingerprint } from '../../../shared/ids.ts';
import { conversationRoom, memberRoom } from '../../../shared/protocol/rooms.ts';
import { TestDevice, TestIdentity } from '../../testing/test-device.ts';

export interface Target {
  readonly url: string;
  readonly community: Fingerprint;
}

export type Act = (target: Target) => Promise<void>;

/** Anywhere on a loopback network, so that no address has many. */
const somewhere = (): string => `127.${randomInt(1, 250)}.${randomInt(250)}.${randomInt(1, 250)}`;
const oneOf = <T>(all: readonly T[]): T => all[randomInt(all.length)]!;
const words = (most: number): string => 'mot '.repeat(randomInt(1, most));

/** A device with a key of its own, for as long as `use` takes. */
async function asStranger(
  target: Target,
  use: (device: TestDevice) => Promise<void>,
): Promise<void> {
  const { url, community } = target;
  const socketUrl = `${url.replace('http', 'ws')}/sync`;
  const device = await TestDevice.connect(socketUrl, community, { from: somewhere() });
  try {
    await use(device);
  } finally {
    device.socket.terminate();
  }
}

const talk: Act = (target) =>
  asStranger(target, async (device) => {
    const { conversation } = await device.ask(words(200));
    const room = await device.open(conversationRoom(conversation));
    const told: Content[] = [
      { kind: 'say', text: words(900) },
      { kind: 'close' },
      { kind: 'say', text: words(50) },
    ];
    for (const content of told) {
      const { entry } = await device.write(conversation, content);
      if (content.kind === 'say' && randomInt(2) === 0)
        await device.write(conversation, { kind: 'retract', target: entry.id });
    }
    for (let times = 0; times < 20; times++)
      device.frame({
        op: 'data',
        channel: device.channelOf(room),
        data: Uint8Array.of(0, 0, 1, 0),
      });
    await device.open(memberRoom(device.identity.member));
  });

const wander: Act = (target) =>
  asStranger(target, async (device) => {
    for (let channel = 1_000; channel < 1_030; channel++) {
      const id = randomBytes(16).toString('base64url');
      const room = oneOf([`conversation/${id}`, 'space/demo', `member/${id}`, `Space/${id}`, id]);
      device.frame({ op: 'open', channel, room, generation: randomInt(3) });
      device.frame({ op: 'close', channel, code: 1000, reason: id });
    }
    await device.open('space/demo');
  });

const chatter: Act = (target) =>
  asStranger(target, async (device) => {
    const { conversation } = await device.ask('?');
    const room = await device.open(conversationRoom(conversation));
    const channel = device.channelOf(room);
    for (let times = 0; times < 30; times++) {
      device.frame({ op: 'data', channel, data: Uint8Array.of(101, ...randomBytes(16), 1) });
      device.frame({ op: 'data', channel, data: Uint8Array.of(102, 0, times) });
    }
    device.say({ type: 'available', available: true });
    const attributes = Object.fromEntries([[randomBytes(8).toString('hex'), words(40)]]);
    device.say({ type: 'attributes', json: JSON.stringify(attributes) });
    const key = `setting/${randomBytes(8).toString('hex')}`;
    device.say({ type: 'put', records: [{ key, value: words(500), time: Date.now() }] });
    device.say({ type: 'linkWanted', label: words(30) });
    device.say({ type: 'link', code: randomBytes(5).toString('hex'), label: words(10) });
    device.say({ type: 'tokenWanted', room: conversationRoom(conversation) });
    device.socket.ping(randomBytes(100));
    device.socket.pong(randomBytes(100));
    await device.until(() => device.heard('token').length > 0);
  });

const forge: Act = (target) =>
  asStranger(target, async (device) => {
    const other = new TestIdentity();
    const good = await other.ask(target.community, words(100));
    const bytes = good.bytes.slice();
    bytes[bytes.length - 1]! ^= 1;
    device.say({ type: 'submit', entries: [bytes, randomBytes(300), good.bytes] });
    await device.until(() => device.outcomes.has(good.id));
  });

const garble: Act = (target) =>
  asStranger(target, async (device) => {
    device.socket.send(randomBytes(randomInt(1, 4_000)));
    await device.until(() => device.closed !== null);
  });

/** Opens, asks for everything and reads nothing for a moment. */
const idle: Act = (target) =>
  asStranger(target, async (device) => {
    await device.open('space/demo');
    device.socket.pause();
    for (let times = 0; times < 200; times++)
      device.frame({ op: 'data', channel: 1, data: Uint8Array.of(0, 0, 1, 0) });
    await new Promise((later) => setTimeout(later, 500));
  });

const PATHS = ['/', '/comptoir.js', '/api/community', '/api/openapi.json', '/healthz', '/readyz'];

const fetchOddly: Act = ({ url }) =>
  new Promise((resolve) => {
    const noise = randomBytes(12).toString('hex');
    const path = oneOf([
      ...PATHS,
      `${'/'.repeat(randomInt(1, 60))}comptoir.js`,
      `/assets/${noise}.js`,
      `/comptoir.js?${noise}`,
      `/%2e%2e/${noise}`,
      `/api/spaces/demo/face?${noise}`,
      `/api/spaces/${noise}/face`,
      `/api/photos/${noise}`,
    ]);
    const sent = request(
      `${url}${path}`,
      {
        method: oneOf(['GET', 'HEAD', 'POST', 'OPTIONS']),
        localAddress: somewhere(),
        agent: false,
        headers: {
          Host: oneOf(['localhost', noise, `${noise}.localhost`]),
          Origin: oneOf([`https://${noise}.example`, url]),
          'Accept-Encoding': oneOf(['br', 'gzip', noise]),
          'If-None-Match': `"${noise}"`,
          Range: `bytes=${randomInt(9)}-${randomInt(9_000)}`,
          Cookie: `__Host-comptoir=${noise}.${noise}.${noise}`,
          [`X-${noise}`]: noise,
        },
      },
      (response) => response.resume().once('close', resolve),
    );
    sent.once('error', () => resolve());
    sent.end();
  });

const post: Act = async ({ url }) => {
  const bodies = [
    '[]',
    '{"__proto__":{"a":1}}',
    '{"code":[]}',
    '{"code":"x","code":"y"}',
    '\uFEFF{}',
    '1e999',
  ];
  const route = oneOf(['invitations/look', 'invitations/redeem', 'session/challenge', 'session']);
  const response = await fetch(`${url}/api/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: oneOf(bodies),
  });
  await response.arrayBuffer();
};

/** Half a request, half an upgrade, or nothing; then it is gone. */
const fallSilent: Act = ({ url }) =>
  new Promise((resolve) => {
    const { port } = new URL(url);
    const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress: somewhere() });
    socket.on('error', () => {}).once('close', () => resolve());
    socket.write(
      oneOf([
        ' ',
        'GET /sync HTTP/1.1\r\nUpgrade: websocket\r\n',
        'POST /api/session HTTP/1.1\r\n',
      ]),
    );
    socket.setTimeout(1_000, () => socket.destroy());
  });

export const acts: readonly Act[] = [
  talk,
  talk,
  wander,
  chatter,
  chatter,
  forge,
  garble,
  idle,
  fetchOddly,
  fetchOddly,
  fetchOddly,
  post,
  fallSilent,
];
