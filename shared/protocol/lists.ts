/** Lists on the wire: a count, then the items. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Longer lists are nobody's: empty items would cost memory before anyone counts them. */
const MOST_ITEMS = 1_000;

/** An item by its index on the wire. @throws {RangeError} */
export function oneOf<T>(all: readonly T[], index: number): T {
  const found = all[index];
  if (found === undefined) throw new RangeError(`${index} of ${all.length}`);
  return found;
}

export function writeList<T>(
  encoder: encoding.Encoder,
  items: readonly T[],
  write: (item: T) => void,
): void {
  encoding.writeVarUint(encoder, items.length);
  items.forEach(write);
}

/** Reads item by item, so a length that lies runs into the end of the bytes, not into memory. */
export function readList<T>(decoder: decoding.Decoder, read: () => T): T[] {
  const length = decoding.readVarUint(decoder);
  if (length > MOST_ITEMS) throw new RangeError(`${length} items`);
  const items: T[] = [];
  for (let index = 0; index < length; index++) items.push(read());
  return items;
}
