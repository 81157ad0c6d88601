/**
 * The wires of servers that keep Yjs documents: y-websocket's, and Hocuspocus', which puts the document's
 * name before each message. An entry is an item of the array `rows`, as in Comptoir's rooms. Updates are
 * written by hand, after the item that the line saw last, as a document would write them: a generator with
 * thousands of documents would measure itself.
 */
import { randomInt } from 'node:crypto';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { ROWS } from '../../../../shared/conversation/row.ts';
import { dial, opened, orClosed } from './dial.ts';
import type { JoinOptions, Line, Signed, Wire } from './wire.ts';

const Message = { sync: 0, auth: 2, syncReply: 4 } as const;
const Step = { vector: 0, diff: 1, update: 2 } as const;
const BINARY = 3;
const HAS_ORIGIN = 0x80;
const NOTHING = new Uint8Array([0, 0]);
const NO_VECTOR = new Uint8Array([0]);

interface Item {
  readonly client: number;
  readonly clock: number;
}

/** The update that puts an entry into the array. */
const insertion = ({ client, clock }: Item, after: Item | undefined, entry: Uint8Array) =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeUint8(encoder, after ? BINARY | HAS_ORIGIN : BINARY);
    if (after) {
      encoding.writeVarUint(encoder, after.client);
      encoding.writeVarUint(encoder, after.clock);
    } else {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, ROWS);
    }
    encoding.writeVarUint8Array(encoder, entry);
    encoding.writeVarUint(encoder, 0);
  });

/** The last item of the first writer in an update. */
function lastOf(update: Uint8Array): Item | undefined {
  const decoder = decoding.createDecoder(update);
  if (decoding.readVarUint(decoder) === 0) return undefined;
  const items = decoding.readVarUint(decoder);
  const client = decoding.readVarUint(decoder);
  return { client, clock: decoding.readVarUint(decoder) + items - 1 };
}

/** A document on a socket. */
class YjsDocument {
  held: Uint8Array = NO_VECTOR;
  readonly synced = Promise.withResolvers<void>();
  readonly #client = randomInt(2 ** 32);
  readonly #send: (type: number, step: number, data: Uint8Array) => void;
  #clock = 0;
  #last: Item | undefined;

  constructor(send: (type: number, step: number, data: Uint8Array) => void) {
    this.#send = send;
  }

  ask(held: Uint8Array): void {
    this.#send(Message.sync, Step.vector, held);
  }

  add(entry: Uint8Array): void {
    const item = { client: this.#client, clock: this.#clock++ };
    this.#send(Message.sync, Step.update, insertion(item, this.#last, entry));
    this.#last = item;
  }

  receive(decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder);
    const data = decoding.readVarUint8Array(decoder);
    if (step === Step.vector) return this.#send(Message.sync, Step.diff, NOTHING);
    this.#last = lastOf(data) ?? this.#last;
    if (step !== Step.diff) return;
    this.held = Y.encodeStateVectorFromUpdate(data);
    this.synced.resolve();
  }
}

/** One socket with documents on it. */
class YjsSocket {
  readonly socket: WebSocket;
  readonly documents: readonly YjsDocument[];
  readonly #byName: ReadonlyMap<string, YjsDocument>;
  readonly #isNamed: boolean;
  readonly #heard: (bytes: Buffer) => void;
  #held: Uint8Array = NO_VECTOR;

  constructor(
    url: string,
    names: readonly string[],
    isNamed: boolean,
    heard: (bytes: Buffer) => void,
  ) {
    this.#isNamed = isNamed;
    this.#heard = heard;
    this.socket = dial(url, (bytes) => this.#receive(bytes));
    this.documents = names.map(
      (name) => new YjsDocument((type, step, data) => this.#send(name, type, step, data)),
    );
    this.#byName = new Map(names.map((name, index) => [name, this.documents[index]!]));
  }

  async start(held: Uint8Array = NO_VECTOR): Promise<void> {
    this.#held = held;
    await opened(this.socket);
    for (const [name, document] of this.#byName) {
      if (this.#isNamed) this.socket.send(authentication(name));
      else document.ask(held);
    }
    const all = this.documents.map(({ synced }) => synced.promise);
    await orClosed(this.socket, Promise.all(all));
  }

  #receive(bytes: Buffer): void {
    const decoder = decoding.createDecoder(bytes);
    const name = this.#isNamed ? decoding.readVarString(decoder) : undefined;
    const document = name === undefined ? this.documents[0] : this.#byName.get(name);
    const type = decoding.readVarUint(decoder);
    if (type === Message.auth) document?.ask(this.#held);
    if (type !== Message.sync && type !== Message.syncReply) return;
    this.#heard(bytes);
    document?.receive(decoder);
  }

  #send(name: string, type: number, step: number, data: Uint8Array): void {
    const message = encoding.encode((encoder) => {
      if (this.#isNamed) encoding.writeVarString(encoder, name);
      encoding.writeVarUint(encoder, type);
      encoding.writeVarUint(encoder, step);
      encoding.writeVarUint8Array(encoder, data);
    });
    this.socket.send(message);
  }
}

const authentication = (name: string): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarString(encoder, name);
    encoding.writeVarUint(encoder, Message.auth);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, '');
  });

class YjsLine implements Line {
  readonly refused = 0;
  readonly #sockets: readonly YjsSocket[];
  readonly #documents: readonly YjsDocument[];

  constructor(sockets: readonly YjsSocket[]) {
    this.#sockets = sockets;
    this.#documents = sockets.flatMap(({ documents }) => documents);
  }

  get held(): Uint8Array {
    return this.#documents[0]?.held ?? NO_VECTOR;
  }

  send(entries: readonly Signed[], room = 0): void {
    for (const { bytes } of entries) this.#documents[room]?.add(bytes);
  }

  async answered(): Promise<void> {}

  close(): void {
    for (const { socket } of this.#sockets) socket.terminate();
  }
}

export class YjsWire implements Wire {
  readonly #url: string;
  readonly #manyOnOne: boolean;

  /** @param manyOnOne whether one socket carries many documents, each message with its name. */
  constructor(url: string, manyOnOne: boolean) {
    this.#url = url;
    this.#manyOnOne = manyOnOne;
  }

  async join({ rooms, heard, held }: JoinOptions): Promise<Line> {
    const names = rooms.length > 0 ? rooms.map(({ name }) => name) : ['lobby'];
    const sockets = this.#manyOnOne
      ? [new YjsSocket(this.#url, names, true, heard)]
      : names.map((name) => new YjsSocket(`${this.#url}/${name}`, [name], false, heard));
    await Promise.all(sockets.map((socket) => socket.start(held as Uint8Array | undefined)));
    return new YjsLine(sockets);
  }
}
