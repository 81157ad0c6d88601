/**
 * The bytes of protocol 1, written from PROTOCOL.md alone and frozen: nothing of shared/ is used here,
 * so that a change over there cannot change what clients of version 1 say and read.
 */
import { createHash } from 'node:crypto';

/** Writes the notation of PROTOCOL.md §1. */
export class Writer {
  readonly #parts: Buffer[] = [];

  u8(value: number): this {
    this.#parts.push(Buffer.of(value));
    return this;
  }

  u64be(value: number): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(value));
    return this.bytes(bytes);
  }

  varuint(value: number): this {
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) this.u8(0x80 | (rest % 128));
    return this.u8(rest);
  }

  bytes(value: Uint8Array): this {
    this.#parts.push(Buffer.from(value));
    return this;
  }

  blob(value: Uint8Array): this {
    return this.varuint(value.length).bytes(value);
  }

  text(value: string): this {
    return this.blob(Buffer.from(value, 'utf8'));
  }

  done(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Reads it. Throws a RangeError where the bytes end too soon. */
export class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes);
  }

  u8(): number {
    return this.bytes(1)[0]!;
  }

  varuint(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.u8();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
  }

  bytes(length: number): Buffer {
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    if (part.length < length) throw new RangeError('the bytes have ended');
    this.#at += length;
    return part;
  }

  blob(): Buffer {
    return this.bytes(this.varuint());
  }

  text(): string {
    return this.blob().toString('utf8');
  }

  rest(): Buffer {
    return this.bytes(this.#bytes.length - this.#at);
  }
}

export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
export const fromBase64url = (text: string): Buffer => Buffer.from(text, 'base64url');

/** The first 16 bytes of SHA-256. */
export const shortHash = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest().subarray(0, 16);

/** What is signed begins with it. */
export const domain = (purpose: string, fingerprint: string): Buffer =>
  Buffer.from(`comptoir/1/${purpose}/${fingerprint}\n`);
