/** What messages are made of: their type, lists (a count, then the items), and items by index. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Nobody sends longer lists: empty items would cost memory before anyone counts them. */
const MOST_ITEMS = 1_000;

/** The type of a message. @throws {RangeError} where there are no bytes. */
export function readType(decoder: decoding.Decoder): number {
  if (!decoding.hasContent(decoder)) throw new RangeError('no message');
  return decoding.readUint8(decoder);
}

/**
 * An item by its index on the wire, or `otherwise` for one of a later protocol.
 * @throws {RangeError} if the bytes have ended.
 */
export function oneOf<T>(all: readonly T[], index: number | undefined, otherwise: T): T {
  if (index === undefined) throw new RangeError('the bytes have ended');
  return all[index] ?? otherwise;
}

export function writeList<T>(
  encoder: encoding.Encoder,
  items: readonly T[],
  write: (item: T) => void,
): void {
  encoding.writeVarUint(encoder, items.length);
  items.forEach(write);
}

/** Reads item by item, so a false length hits the end of the bytes and takes no memory. */
export function readList<T>(decoder: decoding.Decoder, read: () => T): T[] {
  const length = decoding.readVarUint(decoder);
  if (length > MOST_ITEMS) throw new RangeError(`${length} items`);
  const items: T[] = [];
  for (let index = 0; index < length; index++) items.push(read());
  return items;
}
