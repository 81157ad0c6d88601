/** Bytes written by lib0's encoder, into a buffer that is used again: most messages are small and many. */
import * as encoding from 'lib0/encoding';

const START_BYTES = 4 * 1024;
const spare: encoding.Encoder[] = [];

/** What `write` writes, in an array of its own. It may be called within itself. */
export function encode(write: (encoder: encoding.Encoder) => void): Uint8Array<ArrayBuffer> {
  const encoder = spare.pop() ?? fresh();
  write(encoder); // what throws here loses its encoder
  const isSmall = encoder.bufs.length === 0;
  const bytes = isSmall
    ? new Uint8Array(encoder.cbuf.subarray(0, encoder.cpos))
    : encoding.toUint8Array(encoder);
  if (isSmall) {
    encoder.cpos = 0;
    spare.push(encoder);
  }
  return bytes;
}

function fresh(): encoding.Encoder {
  const encoder = encoding.createEncoder();
  encoder.cbuf = new Uint8Array(START_BYTES);
  return encoder;
}
