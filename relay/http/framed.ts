/**
 * A small message as it goes out on a WebSocket (RFC 6455 §5.2): one whole binary frame, in one buffer with
 * its header. Readers of a room get the same bytes one after the other, so theirs is made once.
 */

const BINARY = 0x82; // and no part of it follows
/** In place of a length that takes two more bytes. */
const TWO_BYTES = 126;

let last: { readonly bytes: Uint8Array; readonly frame: Buffer } | undefined;

/** @param bytes fewer than 64 KiB, which nobody changes any more. */
export function framed(bytes: Uint8Array): Buffer {
  if (last?.bytes === bytes) return last.frame;
  const { length } = bytes;
  const header = length < TWO_BYTES ? 2 : 4;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = BINARY;
  if (length < TWO_BYTES) frame[1] = length;
  else frame.writeUInt16BE(length, frame.writeUInt8(TWO_BYTES, 1));
  frame.set(bytes, header);
  last = { bytes, frame };
  return frame;
}
