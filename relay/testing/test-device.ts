/** A device over a real socket: says hello, submits, opens rooms into real Yjs documents. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { bytesToText, concatBytes } from '../../shared/bytes.ts';
import { rowIdOf } from '../../shared/conversation/read-row.ts';
import { ROWS, type Row, decodeRow } from '../../shared/conversation/row.ts';
import { domainPrefix } from '../../shared/domain.ts';
import type { Content } from '../../shared/entry/content.ts';
import { conversationIdOf } from '../../shared/entry/conversation-id.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import { signEntry } from '../../shared/entry/sign-entry.ts';
import { ownMemberOf, textBytes } from '../../shared/hash.ts';
import {
  type ConversationId,
  type DeviceKey,
  type EntryId,
  type Fingerprint,
  parseSpaceId,
} from '../../shared/ids.ts';
import {
  type ChannelMessage,
  ChannelType,
  readChannelMessage,
} from '../../shared/protocol/channel.ts';
import type { Control } from '../../shared/protocol/control.ts';
import {
  type AnyMessage,
  decodeControl,
  encodeControl,
} from '../../shared/protocol/control-codec.ts';
import { type Digest, digestOf } from '../../shared/protocol/digest.ts';
import { type Frame, decodeFrame, encodeFrame } from '../../shared/protocol/frame.ts';
import type { Outcome } from '../../shared/protocol/outcome.ts';
import { type Challenge, makeHello } from './make-hello.ts';

/** A device's key, kept between connections. */
export class TestIdentity {
  readonly #keys = generateKeyPairSync('ed25519');
  readonly key: DeviceKey = this.#keys.publicKey.export({ format: 'jwk' }).x as DeviceKey;
  readonly member = ownMemberOf(this.key);

  sign = (message: Uint8Array): Uint8Array =>
    new Uint8Array(sign(null, message, this.#keys.privateKey));

  entry(
    community: Fingerprint,
    conversation: ConversationId,
    content: Content,
    time = Date.now(),
  ): Promise<Entry> {
    const draft = {
      conversation,
      author: this.key,
      time,
      content,
      nonce: new Uint8Array(randomBytes(8)),
    };
    return signEntry(draft, community, this.sign);
  }

  /** A question, and the conversation it makes. */
  ask(community: Fingerprint, text: string, space = 'demo', time = Date.now()): Promise<Entry> {
    const salt = new Uint8Array(randomBytes(16));
    const content: Content = {
      kind: 'ask',
      salt,
      space: parseSpaceId(space),
      text,
      page: { url: 'https://shop.example/drill', title: 'Drill' },
      lang: 'en',
    };
    return this.entry(community, conversationIdOf(this.key, salt, community), content, time);
  }

  signRedeem(community: Fingerprint, code: string, name: string): string {
    return bytesToText(
      this.sign(concatBytes(domainPrefix('redeem', community), textBytes(`${code}\n${name}`))),
    );
  }
}

/** A room on a channel: the replica and what was told beside it. */
export class TestRoom {
  readonly doc = new Y.Doc();
  readonly told: ChannelMessage[] = [];
  digest: Digest | null = null;
  generation = 0;
  closed: number | null = null;

  get bytes(): Uint8Array[] {
    return this.doc.getArray<Uint8Array>(ROWS).toArray();
  }

  get rows(): Row[] {
    return this.bytes.map(decodeRow);
  }

  digestHeld(community: Fingerprint): Omit<Digest, 'rev'> {
    return digestOf(this.bytes.map((bytes) => rowIdOf(bytes, community)));
  }

  /** Values of a keyed room by key. */
  get records(): Map<string, unknown> {
    const records = new Map<string, unknown>();
    for (const row of this.rows)
      if (row.type === 'record') records.set(row.key, JSON.parse(row.value));
    return records;
  }
}

export interface TestDeviceOptions {
  readonly identity?: TestIdentity;
  readonly token?: string;
  /** Changes the hello before it is sent: how attacks are made. */
  readonly forge?: (hello: Extract<Control, { type: 'hello' }>) => Control;
  /** The host the hello claims to have dialled. */
  readonly host?: string;
  readonly origin?: string;
  /** The address it comes from. */
  readonly from?: string;
  /** Told of its socket, at once. */
  readonly opened?: (socket: WebSocket) => void;
}

export class TestDevice {
  readonly identity: TestIdentity;
  readonly socket: WebSocket;
  readonly controls: AnyMessage[] = [];
  readonly outcomes = new Map<EntryId, Outcome>();
  readonly rooms = new Map<number, TestRoom>();
  community = '' as Fingerprint;
  welcome: Extract<Control, { type: 'welcome' }> | null = null;
  closed: number | null = null;
  #next = 1;
  readonly #options: TestDeviceOptions;
  readonly #waiting = new Set<() => void>();

  private constructor(url: string, community: Fingerprint, options: TestDeviceOptions) {
    this.#options = options;
    this.community = community;
    this.identity = options.identity ?? new TestIdentity();
    const { origin, from } = options;
    this.socket = new WebSocket(url, {
      ...(origin === undefined ? {} : { origin }),
      ...(from === undefined ? {} : { localAddress: from }),
    });
    options.opened?.(this.socket);
    this.socket.on('message', (data) => {
      this.#receive(decodeFrame(new Uint8Array(data as Buffer)), new URL(url).host);
      this.#changed();
    });
    this.socket.on('close', (code) => {
      this.closed = code;
      this.#changed();
    });
    this.socket.on('error', () => {});
  }

  /** Connects and says hello; resolves once welcomed or closed. */
  static async connect(
    url: string,
    community: Fingerprint,
    options: TestDeviceOptions = {},
  ): Promise<TestDevice> {
    const device = new TestDevice(url, community, options);
    await device.until(() => device.welcome !== null || device.closed !== null);
    return device;
  }

  /** Resolves when `holds` does; looked at after everything that arrives. */
  async until(holds: () => boolean, what = 'what was waited for', limitMs = 10_000): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`${what} did not come: ${holds.toString()}`));
      }, limitMs);
      const look = (): void => {
        if (!holds()) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }

  say(message: AnyMessage): void {
    this.frame({ op: 'data', channel: 0, data: encodeControl(message) });
  }

  frame(frame: Frame): void {
    this.socket.send(encodeFrame(frame));
  }

  /** What the relay said of this kind, in order. */
  heard<T extends AnyMessage['type']>(type: T): Extract<AnyMessage, { type: T }>[] {
    return this.controls.filter(
      (one): one is Extract<AnyMessage, { type: T }> => one.type === type,
    );
  }

  /** The next thing the relay says of this kind. */
  async next<T extends AnyMessage['type']>(type: T): Promise<Extract<AnyMessage, { type: T }>> {
    const before = this.heard(type).length;
    await this.until(() => this.heard(type).length > before, type);
    return this.heard(type)[before]!;
  }

  /** Submits entries and waits for their answers. */
  async submit(...entries: readonly Entry[]): Promise<Outcome[]> {
    for (const { id } of entries) this.outcomes.delete(id);
    this.say({ type: 'submit', entries: entries.map(({ bytes }) => bytes) });
    await this.until(() => entries.every(({ id }) => this.outcomes.has(id)), 'answers');
    return entries.map(({ id }) => this.outcomes.get(id)!);
  }

  async ask(text: string): Promise<Entry> {
    const entry = await this.identity.ask(this.community, text);
    await this.submit(entry);
    return entry;
  }

  async write(
    conversation: ConversationId,
    content: Content,
  ): Promise<{ entry: Entry; outcome: Outcome }> {
    const entry = await this.identity.entry(this.community, conversation, content);
    const [outcome] = await this.submit(entry);
    return { entry, outcome: outcome! };
  }

  /** Opens a room; resolves once its digest came, or it was closed. */
  async open(name: string, room = new TestRoom()): Promise<TestRoom> {
    const channel = this.#next++;
    this.rooms.set(channel, room);
    room.digest = null;
    this.frame({ op: 'open', channel, room: name, generation: room.generation });
    await this.until(() => room.digest !== null || room.closed !== null, `room ${name}`);
    return room;
  }

  channelOf(room: TestRoom): number {
    return [...this.rooms].find(([, held]) => held === room)?.[0] ?? 0;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.until(() => this.closed !== null, 'the close');
  }

  #receive(frame: Frame, host: string): void {
    if (frame.channel === 0) {
      if (frame.op === 'data') this.#control(decodeControl(frame.data), host);
      return;
    }
    const room = this.rooms.get(frame.channel);
    if (!room) return;
    switch (frame.op) {
      case 'open':
        room.generation = frame.generation;
        this.#step1(frame.channel, room);
        break;
      case 'close':
        room.closed = frame.code;
        break;
      case 'data':
        this.#roomMessage(room, frame.data);
        break;
    }
  }

  #control(message: AnyMessage | null, host: string): void {
    if (!message) return; // of a later protocol
    this.controls.push(message);
    if (message.type === 'challenge') this.#hello(message, host);
    if (message.type === 'welcome') this.welcome = message;
    if (message.type === 'answer')
      for (const { id, outcome } of message.answers) this.outcomes.set(id, outcome);
  }

  #hello(challenge: Challenge, dialled: string): void {
    const { token = '', host = dialled, forge } = this.#options;
    const hello = makeHello(this.identity, this.community, challenge, { host, token });
    this.say(forge ? forge(hello) : hello);
  }

  #step1(channel: number, room: TestRoom): void {
    const data = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint8Array(encoder, Y.encodeStateVector(room.doc));
    });
    this.frame({ op: 'data', channel, data });
  }

  #roomMessage(room: TestRoom, data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === ChannelType.sync) {
      decoding.readVarUint(decoder);
      Y.applyUpdate(room.doc, decoding.readVarUint8Array(decoder));
      return;
    }
    const message = readChannelMessage(type, decoder);
    if (!message) return;
    room.told.push(message);
    if (message.type === 'digest') room.digest = message.digest;
  }

  #changed(): void {
    for (const look of Array.from(this.#waiting)) look();
  }
}

/** Joins the desk by an invitation. */
export async function redeem(
  url: string,
  community: Fingerprint,
  identity: TestIdentity,
  link: string,
  name: string,
): Promise<Response> {
  const code = new URL(link).hash.slice('#invite='.length);
  return fetch(`${url}/api/invitations/redeem`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      code,
      name,
      device: identity.key,
      signature: identity.signRedeem(community, code, name),
    }),
  });
}
