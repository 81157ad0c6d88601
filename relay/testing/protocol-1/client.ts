/**
 * A client of protocol 1, as somebody could write it from PROTOCOL.md: hello, invitation, entries,
 * rooms. Frozen: when it stops working, the relay broke clients that are out there.
 */
import { type KeyObject, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { Reader, Writer, base64url, domain, fromBase64url, shortHash } from './wire.ts';

const Kind = { ask: 2, say: 3, claim: 4, retract: 6, close: 7 } as const;

/** An entry row as §4 has it. */
export interface FixtureRow {
  readonly seq: number;
  readonly role: number;
  readonly kind: number;
  readonly id: string;
  /** Of an `ask` or a `say`. */
  readonly text: string;
}

interface Room {
  readonly channel: number;
  readonly doc: Y.Doc;
  rows(): FixtureRow[];
  /** Record rows: the value of a key. */
  record(key: string): string | undefined;
  isWhole(): boolean;
}

const publicBytes = (key: KeyObject): Buffer =>
  fromBase64url(String(key.export({ format: 'jwk' }).x));

export class FixtureClient {
  readonly #keys = generateKeyPairSync('ed25519');
  readonly device = publicBytes(this.#keys.publicKey);
  /** Outcome type and fields by entry id. */
  readonly outcomes = new Map<string, { readonly type: number; readonly fields: Buffer }>();
  readonly #url: string;
  readonly #fingerprint: string;
  readonly #rooms = new Map<number, { doc: Y.Doc; digest: Buffer | null; name: string }>();
  readonly #waiting = new Set<() => void>();
  #socket: WebSocket | undefined;
  #grant: Buffer | undefined;
  #lastTime = 0;

  constructor(url: string, fingerprint: string) {
    this.#url = url;
    this.#fingerprint = fingerprint;
  }

  /** Whether the relay gave it a role. */
  get hasGrant(): boolean {
    return (this.#grant?.length ?? 0) > 0;
  }

  /** §8: takes up an invitation by its code. */
  async redeem(code: string, name: string): Promise<void> {
    const said = Buffer.concat([
      domain('redeem', this.#fingerprint),
      Buffer.from(`${code}\n${name}`),
    ]);
    const body = {
      code,
      name,
      device: base64url(this.device),
      signature: base64url(sign(null, said, this.#keys.privateKey)),
    };
    const response = await fetch(`${this.#url}/api/invitations/redeem`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  }

  /** §5: dials and proves both ends. */
  async hello(): Promise<void> {
    const host = new URL(this.#url).host;
    const socket = new WebSocket(`ws://${host}/sync`);
    this.#socket = socket;
    const nonce = randomBytes(32);
    let relayKey = Buffer.alloc(0);
    let relayNonce = Buffer.alloc(0);
    socket.on('message', (data: Buffer) => {
      const frame = new Reader(data);
      const channel = frame.varuint();
      const op = frame.u8();
      if (channel !== 0) return this.#room(channel, op, frame);
      const type = frame.u8();
      if (type === 0) {
        frame.varuint();
        frame.varuint();
        relayKey = Buffer.from(frame.bytes(32));
        relayNonce = Buffer.from(frame.bytes(32));
        if (base64url(shortHash(relayKey)) !== this.#fingerprint) throw new Error('another relay');
        const signed = [relayNonce, nonce, relayKey, Buffer.from(`${host}\n`)];
        const signature = this.#sign('hello', ...signed);
        const hello = new Writer().u8(1).varuint(1).bytes(this.device).bytes(nonce).text(host);
        this.#control(hello.text('').bytes(signature));
      } else if (type === 2) {
        const member = frame.bytes(16);
        this.#grant = Buffer.from(frame.blob());
        const time = frame.varuint();
        const signature = frame.bytes(64);
        const said = [relayNonce, nonce, this.device, Buffer.from(`${base64url(member)}\n${time}`)];
        const message = Buffer.concat([domain('welcome', this.#fingerprint), ...said]);
        const key = { key: { kty: 'OKP', crv: 'Ed25519', x: base64url(relayKey) }, format: 'jwk' };
        if (!verify(null, message, key as never, signature)) throw new Error('not its word');
      } else if (type === 4) {
        for (let left = frame.varuint(); left > 0; left--) {
          const id = base64url(frame.bytes(16));
          this.outcomes.set(id, { type: frame.u8(), fields: Buffer.from(frame.blob()) });
        }
      }
      this.#changed();
    });
    await once(socket, 'open');
    await this.until(() => this.#grant !== undefined);
  }

  /** §2: asks a question; the conversation's id. */
  ask(space: string, text: string): { readonly conversation: Buffer; readonly id: string } {
    const salt = randomBytes(16);
    const inDomain = domain('entry', this.#fingerprint);
    const conversation = shortHash(inDomain, Buffer.from('conversation'), this.device, salt);
    const body = new Writer().bytes(salt).text(space).text(text);
    body.text('https://shop.example/page').text('A page').text('fr');
    return { conversation, id: this.#submit(conversation, Kind.ask, body.done()) };
  }

  say(conversation: Buffer, text: string): string {
    return this.#submit(conversation, Kind.say, new Writer().text(text).done());
  }

  claim(conversation: Buffer): string {
    return this.#submit(conversation, Kind.claim, Buffer.alloc(0));
  }

  closeIt(conversation: Buffer): string {
    return this.#submit(conversation, Kind.close, Buffer.alloc(0));
  }

  retract(conversation: Buffer, id: string): string {
    return this.#submit(conversation, Kind.retract, fromBase64url(id));
  }

  /** The type of the answer for an entry. */
  async answer(id: string): Promise<number> {
    await this.until(() => this.outcomes.has(id));
    return this.outcomes.get(id)!.type;
  }

  /** §6: opens a room and reads it. */
  open(name: string): Room {
    const channel = this.#rooms.size + 1;
    const held = { doc: new Y.Doc(), digest: null, name };
    this.#rooms.set(channel, held);
    this.#frame(new Writer().varuint(channel).u8(0).text(name).varuint(0));
    const items = (): Uint8Array[] => held.doc.getArray<Uint8Array>('rows').toArray();
    return {
      channel,
      doc: held.doc,
      rows: () => items().flatMap((row) => this.#entryRow(row) ?? []),
      record: (key) =>
        items()
          .map(recordRow)
          .find((record) => record?.key === key)?.value,
      isWhole: () => this.#agrees(channel),
    };
  }

  /** Resolves once it holds; the test's own time limit ends the wait. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async hangUp(): Promise<void> {
    const closed = once(this.#socket!, 'close');
    this.#socket!.close();
    await closed;
  }

  #submit(conversation: Buffer, kind: number, body: Buffer): string {
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1);
    const header = new Writer().u8(1).u8(kind).bytes(conversation).bytes(this.device);
    const unsigned = header.u64be(this.#lastTime).bytes(randomBytes(8)).bytes(body).done();
    const entry = Buffer.concat([unsigned, this.#sign('entry', unsigned)]);
    this.#control(new Writer().u8(3).varuint(1).blob(entry));
    return this.#idOf(entry);
  }

  #idOf(entry: Buffer): string {
    return base64url(shortHash(domain('entry', this.#fingerprint), entry.subarray(0, -64)));
  }

  #sign(purpose: string, ...parts: readonly Uint8Array[]): Buffer {
    const message = Buffer.concat([domain(purpose, this.#fingerprint), ...parts]);
    return sign(null, message, this.#keys.privateKey);
  }

  #control(message: Writer): void {
    this.#frame(new Writer().varuint(0).u8(1).bytes(message.done()));
  }

  #frame(frame: Writer): void {
    this.#socket!.send(frame.done());
  }

  #room(channel: number, op: number, frame: Reader): void {
    const room = this.#rooms.get(channel);
    if (!room) return;
    if (op === 0) {
      const step1 = new Writer().varuint(0).varuint(0).blob(Y.encodeStateVector(room.doc));
      this.#frame(new Writer().varuint(channel).u8(1).bytes(step1.done()));
    } else if (op === 1) {
      const type = frame.varuint();
      if (type === 0 && frame.varuint() > 0) Y.applyUpdate(room.doc, frame.blob());
      else if (type === 100) room.digest = Buffer.from(frame.rest());
    } else {
      throw new Error(`${room.name} closed with ${frame.varuint()}`);
    }
    this.#changed();
  }

  /** Whether the room holds what its digest says: the count, and the XOR of the rows' ids. */
  #agrees(channel: number): boolean {
    const { doc, digest } = this.#rooms.get(channel)!;
    if (!digest) return false;
    const rows = doc.getArray<Uint8Array>('rows').toArray();
    const xor = Buffer.alloc(16);
    for (const row of rows) {
      const id = row[0] === 1 ? fromBase64url(this.#entryRow(row)!.id) : shortHash(row);
      for (let at = 0; at < 16; at++) xor[at]! ^= id[at]!;
    }
    const said = new Reader(digest);
    said.varuint();
    return said.varuint() === rows.length && said.bytes(16).equals(xor);
  }

  #entryRow(bytes: Uint8Array): FixtureRow | null {
    const row = new Reader(bytes);
    if (row.u8() !== 1) return null;
    const seq = row.varuint();
    row.varuint();
    row.varuint();
    row.bytes(16);
    const role = row.u8();
    row.u8();
    row.bytes(16);
    const entry = row.rest();
    const kind = entry[1]!;
    const body = new Reader(entry.subarray(2 + 16 + 32 + 8 + 8, -64));
    let text = '';
    if (kind === Kind.say) text = body.text();
    if (kind === Kind.ask) {
      body.bytes(16);
      body.text();
      text = body.text();
    }
    return { seq, role, kind, id: this.#idOf(entry), text };
  }

  #changed(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}

function recordRow(bytes: Uint8Array): { readonly key: string; readonly value: string } | null {
  const row = new Reader(bytes);
  if (row.u8() !== 2) return null;
  row.varuint();
  row.varuint();
  return { key: row.text(), value: row.text() };
}
