/**
 * A set of ids that may say yes wrongly and never no (Bloom, 1970): two bytes an id, however many there
 * are. What makes more ids of it makes a layer of twice the size, so nothing is ever counted again.
 */

interface Layer {
  readonly bits: Uint32Array;
  /** Ids that it takes. */
  left: number;
}

const FIRST_IDS = 8_192;
const BITS_AN_ID = 16;
/** Bits looked at for each id: a wrong yes comes about once in 400. */
const PLACES = 4;

export class IdFilter {
  readonly #layers: Layer[] = [];

  add(id: string): void {
    const hash = hashOf(id);
    if (this.#layers.some((layer) => hasAll(layer.bits, hash))) return;
    const { bits } = this.#open();
    for (let turn = 0; turn < PLACES; turn++) {
      const place = placeOf(bits, hash, turn);
      bits[place >>> 5]! |= 1 << (place & 31);
    }
  }

  /** False if the id was never added. */
  mayHave(id: string): boolean {
    const hash = hashOf(id);
    return this.#layers.some((layer) => hasAll(layer.bits, hash));
  }

  /** The layer that takes the next id. */
  #open(): Layer {
    let last = this.#layers.at(-1);
    if (!last || last.left === 0) {
      const ids = FIRST_IDS * 2 ** this.#layers.length;
      last = { bits: new Uint32Array((ids * BITS_AN_ID) / 32), left: ids };
      this.#layers.push(last);
    }
    last.left--;
    return last;
  }
}

interface Hash {
  readonly first: number;
  /** Odd, so that steps of it visit every bit. */
  readonly step: number;
}

/** FNV-1a, and what its states add up to. */
function hashOf(id: string): Hash {
  let first = 0x811c9dc5;
  let step = 0;
  for (let index = 0; index < id.length; index++) {
    first = Math.imul(first ^ id.charCodeAt(index), 0x01000193);
    step = (Math.imul(step, 31) + first) | 0;
  }
  return { first, step: step | 1 };
}

function placeOf(bits: Uint32Array, { first, step }: Hash, turn: number): number {
  const mask = bits.length * 32 - 1; // a power of two less one
  return (first + Math.imul(turn, step)) & mask;
}

function hasAll(bits: Uint32Array, hash: Hash): boolean {
  for (let turn = 0; turn < PLACES; turn++) {
    const place = placeOf(bits, hash, turn);
    if ((bits[place >>> 5]! & (1 << (place & 31))) === 0) return false;
  }
  return true;
}
