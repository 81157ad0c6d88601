/** Comptoir's wire: hello, a channel for each room, submits. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { WebSocket } from 'ws';
import { makeHello } from '../../../../relay/testing/make-hello.ts';
import type { TestIdentity } from '../../../../relay/testing/test-device.ts';
import { type EntryId, type Fingerprint, parseSpaceId } from '../../../../shared/ids.ts';
import { Limits } from '../../../../shared/limits.ts';
import { ChannelType } from '../../../../shared/protocol/channel.ts';
import { type Control, ControlType } from '../../../../shared/protocol/control.ts';
import {
  type AnyMessage,
  decodeControl,
  encodeControl,
} from '../../../../shared/protocol/control-codec.ts';
import { CloseCode } from '../../../../shared/protocol/close-codes.ts';
import { readDigest } from '../../../../shared/protocol/digest.ts';
import { decodeFrame, encodeFrame } from '../../../../shared/protocol/frame.ts';
import {
  type RoomName,
  inboxRoom,
  memberRoom,
  spaceRoom,
  writerOf,
} from '../../../../shared/protocol/rooms.ts';
import { dial, orClosed } from './dial.ts';
import type { JoinOptions, Line, Signed, Wire } from './wire.ts';

const SPACE = parseSpaceId('demo');
const DATA = 1;
/** Control messages that a generator reads. */
const READ: readonly number[] = [ControlType.challenge, ControlType.welcome, ControlType.answer];

interface HeldRoom {
  readonly generation: number;
  readonly rows: number;
}

const stateVector = (room: RoomName, held: HeldRoom | undefined): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, held ? 1 : 0);
    if (!held) return;
    encoding.writeVarUint(encoder, writerOf(room, held.generation));
    encoding.writeVarUint(encoder, held.rows);
  });

const step1 = (vector: Uint8Array): Uint8Array<ArrayBuffer> =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, ChannelType.sync);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint8Array(encoder, vector);
  });

interface Channel {
  readonly room: RoomName;
  readonly synced: (held: HeldRoom) => void;
  readonly held: HeldRoom | undefined;
  generation: number;
}

class ComptoirLine implements Line {
  held: HeldRoom | undefined;
  refused = 0;
  readonly #socket: WebSocket;
  readonly #who: TestIdentity;
  readonly #community: Fingerprint;
  readonly #heard: (bytes: Buffer) => void;
  readonly #channels = new Map<number, Channel>();
  readonly #welcomed = Promise.withResolvers<void>();
  readonly #host: string;
  #isClosed = false;
  readonly #unanswered = new Map<EntryId, Signed>();
  #allAnswered = (): void => {};

  constructor(url: string, community: Fingerprint, { who, heard }: JoinOptions) {
    this.#who = who;
    this.#community = community;
    this.#heard = heard;
    this.#host = new URL(url).host;
    this.#socket = dial(`${url}/sync`, (bytes) => this.#receive(bytes));
    this.#socket.once('close', (code) => {
      if (!this.#isClosed) throw new Error(`the relay closed a socket with ${code}`);
    });
  }

  async start({ rooms, who, held, screen, asks = false }: JoinOptions): Promise<void> {
    await orClosed(this.#socket, this.#welcomed.promise);
    if (asks) {
      this.send(rooms.map(({ ask }) => ask));
      await orClosed(this.#socket, this.answered());
    }
    const beside: RoomName[] = [];
    if (screen) beside.push(spaceRoom(SPACE), memberRoom(who.member));
    if (screen === 'desk') beside.push(inboxRoom(SPACE));
    const names = [...rooms.map(({ name }) => name as RoomName), ...beside];
    const opening = names.map((name, index) =>
      this.#open(index + 1, name, index === 0 ? (held as HeldRoom | undefined) : undefined),
    );
    const [first] = await orClosed(this.#socket, Promise.all(opening));
    this.held = first;
  }

  send(entries: readonly Signed[]): void {
    for (let from = 0; from < entries.length; from += Limits.submitEntries) {
      const some = entries.slice(from, from + Limits.submitEntries);
      for (const entry of some) this.#unanswered.set(entry.id, entry);
      this.#say({ type: 'submit', entries: some.map(({ bytes }) => bytes) });
    }
  }

  answered(): Promise<void> {
    if (this.#unanswered.size === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#allAnswered = resolve));
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.terminate();
  }

  #open(channel: number, room: RoomName, held: HeldRoom | undefined): Promise<HeldRoom> {
    return new Promise((synced) => {
      this.#channels.set(channel, { room, held, synced, generation: 0 });
      const generation = held?.generation ?? 0;
      this.#socket.send(encodeFrame({ op: 'open', channel, room, generation }));
    });
  }

  #receive(bytes: Buffer): void {
    const [channel = 0, op, type = 0] = bytes;
    if (channel === 0) {
      if (READ.includes(type)) this.#control(decodeControl(bytes.subarray(2)));
    } else if (op !== DATA) {
      this.#opened(bytes);
    } else if (type === ChannelType.sync) {
      this.#heard(bytes);
    } else if (type === ChannelType.digest) {
      const open = this.#channels.get(channel);
      const { count } = readDigest(decoding.createDecoder(bytes.subarray(3)));
      open?.synced({ generation: open.generation, rows: count });
    }
  }

  #opened(bytes: Buffer): void {
    const frame = decodeFrame(bytes);
    const open = this.#channels.get(frame.channel);
    if (frame.op === 'close' && frame.code === CloseCode.unknownRoom)
      return open?.synced({ generation: 0, rows: 0 }); // nothing was ever written in it
    if (frame.op !== 'open' || !open) throw new Error(`${open?.room}: ${JSON.stringify(frame)}`);
    open.generation = frame.generation;
    const data = step1(stateVector(open.room, open.held));
    this.#socket.send(encodeFrame({ op: 'data', channel: frame.channel, data }));
  }

  #control(message: AnyMessage | null): void {
    if (message?.type === 'challenge')
      this.#say(makeHello(this.#who, this.#community, message, { host: this.#host }));
    if (message?.type === 'welcome') this.#welcomed.resolve();
    if (message?.type === 'answer') this.#answer(message.answers);
  }

  #answer(answers: Extract<Control, { type: 'answer' }>['answers']): void {
    const late: Signed[] = [];
    let lateMs = 0;
    for (const { id, outcome } of answers) {
      const entry = this.#unanswered.get(id);
      if (outcome.type === 'later' && entry) {
        late.push(entry);
        lateMs = outcome.afterMs;
        continue;
      }
      this.#unanswered.delete(id);
      if (outcome.type !== 'durable' && outcome.type !== 'duplicate') this.refused++;
    }
    if (late.length > 0) setTimeout(() => this.send(late), lateMs);
    else if (this.#unanswered.size === 0) this.#allAnswered();
  }

  #say(message: Control): void {
    this.#socket.send(encodeFrame({ op: 'data', channel: 0, data: encodeControl(message) }));
  }
}

export class ComptoirWire implements Wire {
  readonly #url: string;
  readonly #community: Fingerprint;

  constructor(url: string, community: Fingerprint) {
    this.#url = url;
    this.#community = community;
  }

  async join(options: JoinOptions): Promise<Line> {
    const line = new ComptoirLine(this.#url, this.#community, options);
    await line.start(options);
    return line;
  }
}
