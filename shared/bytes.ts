/**
 * Small helpers for byte arrays that every side needs. Text forms are base64url without padding (RFC 4648
 * §5), so ids fit unchanged into URLs, room names and IndexedDB keys.
 */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Two letters for each 12 bits. */
const PAIRS = Array.from({ length: 4096 }, (_, bits) => LETTERS[bits >> 6]! + LETTERS[bits & 63]!);
/** What each letter's code stands for; -1 for all others. */
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value++) VALUES[LETTERS.charCodeAt(value)] = value;

/** One array holding all `parts`, in order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether two arrays hold the same bytes. Not constant-time: never for secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** XORs `other` into `target`, in place. Both have the same length. */
export function xorInto(target: Uint8Array, other: Uint8Array): void {
  for (let index = 0; index < target.length; index++) {
    target[index] = (target[index] ?? 0) ^ (other[index] ?? 0);
  }
}

/*
 * By hand: ids are written and read with every entry, and lib0 takes three times as long, as it goes by
 * padded base64.
 */

/** Bytes as base64url text without padding. */
export function bytesToText(bytes: Uint8Array): string {
  const { length } = bytes;
  let text = '';
  let index = 0;
  for (; index + 2 < length; index += 3) {
    const bits = (bytes[index]! << 16) | (bytes[index + 1]! << 8) | bytes[index + 2]!;
    text += PAIRS[bits >> 12]! + PAIRS[bits & 4095]!;
  }
  if (index === length) return text;
  const last = (bytes[index]! << 8) | (bytes[index + 1] ?? 0);
  text += PAIRS[last >> 4]!;
  return index + 1 < length ? text + LETTERS[(last & 15) << 2]! : text;
}

/**
 * Base64url text as `length` bytes.
 * @throws {RangeError} when the text is not the canonical form of exactly that many bytes.
 */
export function textToBytes(text: string, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const isWhole = text.length === Math.ceil((length * 4) / 3);
  let held = 0;
  let bits = 0;
  let filled = 0;
  /** Negative from the first character on that is no letter. */
  let known = 0;
  for (let index = 0; isWhole && index < text.length; index++) {
    const code = text.charCodeAt(index);
    const value = code < 128 ? VALUES[code]! : -1;
    known |= value;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[filled++] = held >> bits;
    }
  }
  // What the last letter says beyond the last byte must be zero.
  if (!isWhole || known < 0 || (held & ((1 << bits) - 1)) !== 0)
    throw new RangeError(`expected ${length} bytes as base64url text`);
  return bytes;
}
