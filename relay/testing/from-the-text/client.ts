/**
 * A client written from the text of PROTOCOL.md alone: it imports nothing of ours, so what it does can be
 * done by whoever has only read that page.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import * as Y from 'yjs';
import {
  Reader,
  base64url,
  blob,
  domain,
  fromBase64url,
  isSigned,
  joined,
  list,
  shortHash,
  signed,
  text,
  u64be,
  u8,
  utf8,
  varuint,
} from './bytes.ts';

/** §1: a device's key, and who it is before it joins anybody. */
export class Device {
  readonly #keys = generateKeyPairSync('ed25519');
  readonly key = fromBase64url(String(this.#keys.publicKey.export({ format: 'jwk' }).x));
  readonly member = shortHash(joined(utf8('comptoir member'), this.key));
  sign(...parts: readonly Uint8Array[]): Uint8Array {
    return signed(this.#keys.privateKey, joined(...parts));
  }
}

export interface Outcome {
  readonly type: number;
  readonly fields: Reader;
}
export interface Row {
  readonly seq: number;
  /** §4: an entry row's verdict and entry, or a record row's key and value. */
  readonly member?: Uint8Array;
  readonly role?: number;
  readonly entry?: Uint8Array;
  readonly key?: string;
  readonly value?: string;
}
export interface Room {
  readonly generation: number;
  readonly rows: () => Row[];
}
interface Welcome {
  readonly member: Uint8Array;
  readonly grant: Uint8Array;
  readonly identity: number;
}

/** §2: an entry, signed. */
export function entryOf(
  device: Device,
  fingerprint: string,
  kind: number,
  conversation: Uint8Array,
  body: Uint8Array,
  time: number,
): Uint8Array {
  const unsigned = joined(
    u8(1),
    u8(kind),
    conversation,
    device.key,
    u64be(time),
    randomBytes(8),
    body,
  );
  return joined(unsigned, device.sign(domain('entry', fingerprint), unsigned));
}
export const entryId = (entry: Uint8Array, fingerprint: string): string =>
  base64url(shortHash(joined(domain('entry', fingerprint), entry.slice(0, -64))));

/** §8: takes an invitation up. */
export async function redeem(
  base: string,
  fingerprint: string,
  device: Device,
  link: string,
  name: string,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const code = link.split('/desk/#invite=')[1] ?? '';
  const signature = device.sign(domain('redeem', fingerprint), utf8(`${code}\n${name}`));
  const answer = await fetch(`${base}/api/invitations/redeem`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      code,
      name,
      device: base64url(device.key),
      signature: base64url(signature),
    }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

export class Client {
  readonly #socket: WebSocket;
  readonly #fingerprint: string;
  readonly #waiting: ((message: Uint8Array) => boolean)[] = [];
  readonly #early: Uint8Array[] = [];
  readonly #docs = new Map<number, Y.Doc>();
  readonly device: Device;
  welcome: Welcome | undefined;
  /** Digests that came. */
  digests = 0;
  /** The relay's time less ours. */
  #ahead = 0;
  #channels = 0;
  readonly closed: Promise<number>;

  /** §5. Ready once the relay has proved itself. */
  static async dial(
    base: string,
    fingerprint: string,
    device: Device,
    protocol = 1,
  ): Promise<Client> {
    const client = new Client(base, fingerprint, device);
    await client.#hello(new URL(base).host, protocol);
    return client;
  }

  constructor(base: string, fingerprint: string, device: Device) {
    this.device = device;
    this.#fingerprint = fingerprint;
    this.#socket = new WebSocket(`${base.replace(/^http/, 'ws')}/sync`);
    this.#socket.binaryType = 'arraybuffer';
    this.closed = new Promise((resolve) =>
      this.#socket.addEventListener('close', ({ code }) => resolve(code)),
    );
    this.#socket.addEventListener('message', ({ data }) =>
      this.#take(new Uint8Array(data as ArrayBuffer)),
    );
  }

  end(): Promise<number> {
    this.#socket.close();
    return this.closed;
  }

  /** §5: what the relay answers to each entry, by id. */
  async submit(...entries: readonly Uint8Array[]): Promise<Map<string, Outcome>> {
    const wanted = entries.map((entry) => entryId(entry, this.#fingerprint));
    const answered = this.#control(4, (reader) => {
      const answers = reader.list(() => {
        const id = base64url(reader.bytes(16));
        return [id, { type: reader.u8(), fields: new Reader(reader.blob()) }] as const;
      });
      return answers.some(([id]) => wanted.includes(id)) ? new Map(answers) : undefined;
    });
    this.#say(u8(3), list(entries.map(blob)));
    return answered;
  }

  async ask(space: string, words: string): Promise<{ id: Uint8Array; outcome: Outcome }> {
    const salt = randomBytes(16);
    const id = shortHash(
      joined(domain('entry', this.#fingerprint), utf8('conversation'), this.device.key, salt),
    );
    const page = joined(text('https://brand.example/a'), text('A page'));
    const body = joined(salt, text(space), text(words), page, text('en'));
    return { id, outcome: await this.write(2, id, body) };
  }
  say(conversation: Uint8Array, words: string): Promise<Outcome> {
    return this.write(3, conversation, text(words));
  }
  claim(conversation: Uint8Array): Promise<Outcome> {
    return this.write(4, conversation, new Uint8Array());
  }
  async write(kind: number, conversation: Uint8Array, body: Uint8Array): Promise<Outcome> {
    const time = Date.now() + this.#ahead;
    const entry = entryOf(this.device, this.#fingerprint, kind, conversation, body, time);
    return (await this.submit(entry)).get(entryId(entry, this.#fingerprint))!;
  }

  /** §6: opens a room and holds it from its first digest on, which agrees. A number: the close code. */
  async open(name: string, { tooEarly = false } = {}): Promise<Room | number> {
    const channel = ++this.#channels;
    const opened = this.#next((message) => {
      const reader = new Reader(message);
      if (reader.varuint() !== channel) return undefined;
      const op = reader.u8();
      if (op === 2) return { code: reader.varuint() };
      return op === 0 && reader.text() === name ? { generation: reader.varuint() } : undefined;
    });
    this.#send(varuint(channel), u8(0), text(name), varuint(0));
    if (tooEarly) this.#send(varuint(channel), u8(1), NOTHING_HELD);
    const answer = await opened;
    if (answer.code !== undefined) return answer.code;
    const doc = new Y.Doc();
    this.#docs.set(channel, doc);
    const digest = this.#next((message) => {
      const reader = new Reader(message);
      if (reader.varuint() !== channel || reader.u8() !== 1 || reader.varuint() !== 100)
        return undefined;
      reader.varuint();
      return { count: reader.varuint(), xor: reader.bytes(16) };
    });
    this.#send(varuint(channel), u8(1), NOTHING_HELD);
    const { count, xor } = await digest;
    const rows = (): Row[] => rowsOf(doc).map(rowOf);
    const own = rowsOf(doc).map((bytes) => this.#rowId(bytes));
    const sum = own.reduce((a, b) => a.map((byte, at) => byte ^ b[at]!), new Uint8Array(16));
    if (own.length !== count || base64url(sum) !== base64url(xor))
      throw new Error(`${name} does not agree with its digest`);
    return { generation: answer.generation, rows };
  }

  /** The next live update on any room. */
  changed(): Promise<true> {
    return this.#next((message) => {
      const reader = new Reader(message);
      return reader.varuint() > 0 &&
        reader.u8() === 1 &&
        reader.varuint() === 0 &&
        reader.varuint() === 2
        ? true
        : undefined;
    });
  }

  #rowId(bytes: Uint8Array): Uint8Array {
    const { entry } = rowOf(bytes);
    return entry ? fromBase64url(entryId(entry, this.#fingerprint)) : shortHash(bytes);
  }

  async #hello(host: string, protocol: number): Promise<void> {
    const { device } = this;
    const challenge = await this.#control(0, (reader) => ({
      protocol: reader.varuint(),
      oldest: reader.varuint(),
      key: reader.bytes(32),
      nonce: reader.bytes(32),
      time: reader.varuint(),
    }));
    if (base64url(shortHash(challenge.key)) !== this.#fingerprint)
      throw new Error('not this relay');
    if (challenge.oldest > 1) throw new Error('too old a client');
    const nonce = new Uint8Array(randomBytes(32));
    const signature = device.sign(
      domain('hello', this.#fingerprint),
      challenge.nonce,
      nonce,
      challenge.key,
      utf8(`${host}\n`),
    );
    const welcomed = this.#control(2, (reader) => ({
      member: reader.bytes(16),
      grant: reader.blob(),
      time: reader.varuint(),
      signature: reader.bytes(64),
      blocked: reader.varuint(),
      identity: reader.u8(),
    }));
    this.#say(u8(1), varuint(protocol), device.key, nonce, text(host), text(''), signature);
    const welcome = await Promise.race([welcomed, this.closed]);
    if (typeof welcome === 'number') throw new Error(`closed with ${welcome}`);
    const { member, time } = welcome;
    const proof = joined(
      domain('welcome', this.#fingerprint),
      challenge.nonce,
      nonce,
      device.key,
      utf8(`${base64url(member)}\n${time}`),
    );
    if (!isSigned(challenge.key, proof, welcome.signature)) throw new Error('not this relay');
    this.#ahead = time - Date.now();
    this.welcome = welcome;
  }

  #say(...parts: readonly Uint8Array[]): void {
    this.#send(varuint(0), u8(1), ...parts);
  }
  #send(...parts: readonly Uint8Array[]): void {
    this.#socket.send(new Uint8Array(joined(...parts)));
  }

  #control<T>(type: number, read: (reader: Reader) => T | undefined): Promise<T> {
    return this.#next((message) => {
      const reader = new Reader(message);
      const isIt = reader.varuint() === 0 && reader.u8() === 1 && reader.u8() === type;
      return isIt ? read(reader) : undefined;
    });
  }

  /** The first message that `read` takes: of those that nobody took, or to come. */
  #next<T>(read: (message: Uint8Array) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const take = (message: Uint8Array): boolean => {
        const value = read(message);
        if (value !== undefined) resolve(value);
        return value !== undefined;
      };
      const at = this.#early.findIndex(take);
      if (at >= 0) this.#early.splice(at, 1);
      else this.#waiting.push(take);
    });
  }

  #take(message: Uint8Array): void {
    this.#replicate(message);
    const at = this.#waiting.findIndex((take) => take(message));
    if (at >= 0) this.#waiting.splice(at, 1);
    else if (message[0] === 0) this.#early.push(message);
  }

  /** §6: steps 2 and updates go into the room's document. */
  #replicate(message: Uint8Array): void {
    const reader = new Reader(message);
    const doc = this.#docs.get(reader.varuint());
    if (!doc || reader.u8() !== 1) return;
    const type = reader.varuint();
    if (type === 100) this.digests++;
    if (type === 0 && reader.varuint() > 0) Y.applyUpdate(doc, reader.blob());
  }
}

/** Sync step 1 with an empty state vector. */
const NOTHING_HELD = joined(varuint(0), varuint(0), blob(varuint(0)));

const rowsOf = (doc: Y.Doc): Uint8Array[] => doc.getArray<Uint8Array>('rows').toArray();

/** §4. */
function rowOf(bytes: Uint8Array): Row {
  const reader = new Reader(bytes);
  const type = reader.u8();
  const seq = reader.varuint();
  reader.varuint();
  if (type === 2) return { seq, key: reader.text(), value: reader.text() };
  reader.varuint();
  const [member, role] = [reader.bytes(16), reader.u8()];
  reader.u8();
  reader.bytes(16);
  return { seq, member, role, entry: reader.rest() };
}
