/** PROTOCOL.md §1: what everything else is written in. */
import { createHash, sign, verify, createPublicKey, type KeyObject } from 'node:crypto';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts));
export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
export const fromBase64url = (text: string): Uint8Array =>
  new Uint8Array(Buffer.from(text, 'base64url'));

export const u8 = (value: number): Uint8Array => new Uint8Array([value]);
export function u64be(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
export function varuint(value: number): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  while (left > 127) {
    bytes.push((left % 128) | 128);
    left = Math.floor(left / 128);
  }
  return new Uint8Array([...bytes, left]);
}
export const blob = (bytes: Uint8Array): Uint8Array => joined(varuint(bytes.length), bytes);
export const text = (value: string): Uint8Array => blob(utf8(value));
export const list = (items: readonly Uint8Array[]): Uint8Array =>
  joined(varuint(items.length), ...items);

/** Reads one after the other. */
export class Reader {
  #at = 0;
  readonly #bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  bytes(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError('the bytes have ended');
    const read = this.#bytes.slice(this.#at, end);
    this.#at = end;
    return read;
  }
  rest(): Uint8Array {
    return this.bytes(this.#bytes.length - this.#at);
  }
  u8(): number {
    return this.bytes(1)[0]!;
  }
  varuint(): number {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = this.u8();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  }
  blob(): Uint8Array {
    return this.bytes(this.varuint());
  }
  text(): string {
    return new TextDecoder('utf-8', { fatal: true }).decode(this.blob());
  }
  list<T>(read: () => T): T[] {
    return Array.from({ length: this.varuint() }, read);
  }
}

export const shortHash = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest()).slice(0, 16);
export const domain = (purpose: string, fingerprint: string): Uint8Array =>
  utf8(`comptoir/1/${purpose}/${fingerprint}\n`);
export const signed = (key: KeyObject, message: Uint8Array): Uint8Array =>
  new Uint8Array(sign(null, message, key));
export function isSigned(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: base64url(key) };
  return verify(null, message, createPublicKey({ format: 'jwk', key: jwk }), signature);
}
