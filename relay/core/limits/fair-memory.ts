/**
 * What is remembered about strangers, within so many bytes. When there is too much, whoever has most of it
 * loses their oldest, so that nobody loses what is theirs by what another brings: a flood only ever pushes
 * out itself. Sources are paths, such as neighbourhood, address, connection, and fairness holds at every
 * step of them.
 */
import { Memory } from '../memory/memory.ts';
import { addressNames } from './networks.ts';

export interface FairMemoryOptions {
  /** What all may take, of the whole of memory. */
  readonly mostBytes: number;
  /** @default the whole */
  readonly memory?: Memory | undefined;
}

/** Whom something is charged to, wide first. Empty: all is one source, and the longest unused goes first. */
export type SourcePath = readonly string[];

/** The path of whoever connects from an address. */
export function sourcePath({
  address,
  connection,
}: {
  readonly address: string;
  readonly connection: string;
}): SourcePath {
  const { narrow, wide } = addressNames(address);
  return [wide, narrow, connection];
}

/** Of a key in two maps, beside what it stands for. */
const KEY_BYTES = 150;
/** Trimmed to this share at a time, so that it is rare. */
const KEPT = 0.9;

interface Item<Value> {
  readonly value: Value;
  readonly bytes: number;
  readonly source: Source;
}

interface Source {
  readonly name: string;
  readonly above: Source | null;
  bytes: number;
  readonly inside: Map<string, Source>;
  /** The longest unused first. */
  readonly keys: Set<string>;
}

const newSource = (name: string, above: Source | null): Source => ({
  name,
  above,
  bytes: 0,
  inside: new Map(),
  keys: new Set(),
});

export class FairMemory<Value> {
  readonly #mostBytes: number;
  readonly #items = new Map<string, Item<Value>>();
  readonly #all = newSource('', null);

  constructor({ mostBytes, memory = new Memory() }: FairMemoryOptions) {
    this.#mostBytes = memory.share(mostBytes);
  }

  get size(): number {
    return this.#items.size;
  }

  /** What all takes, about. */
  get bytes(): number {
    return this.#all.bytes;
  }

  has(key: string): boolean {
    return this.#items.has(key);
  }

  /** Whoever asks for it uses it: it goes later. */
  get(key: string): Value | undefined {
    const item = this.#items.get(key);
    if (!item) return undefined;
    item.source.keys.delete(key);
    item.source.keys.add(key);
    return item.value;
  }

  /**
   * Remembers it for a source. What is known already stays with the source that brought it: nobody can make
   * it a part of their own flood.
   * @param bytes what the value takes beside the key
   */
  set(key: string, value: Value, path: SourcePath = [], bytes = 0): void {
    const before = this.#items.get(key);
    const source = before?.source ?? this.#sourceAt(path);
    this.delete(key);
    this.#items.set(key, { value, bytes: KEY_BYTES + key.length * 2 + bytes, source });
    this.#join(source, key);
    if (this.#all.bytes > this.#mostBytes) this.#trim(this.#all, this.#mostBytes * KEPT);
  }

  delete(key: string): boolean {
    const item = this.#items.get(key);
    if (!item) return false;
    this.#items.delete(key);
    item.source.keys.delete(key);
    for (let at: Source | null = item.source; at; at = at.above) {
      at.bytes -= item.bytes;
      if (at.bytes === 0) at.above?.inside.delete(at.name);
    }
    return true;
  }

  /** With what is remembered of whoever is not among the others any more. */
  *entries(): IterableIterator<[string, Value]> {
    for (const [key, { value }] of this.#items) yield [key, value];
  }

  #sourceAt(path: SourcePath): Source {
    let at = this.#all;
    for (const name of path) at = at.inside.get(name) ?? newSource(name, at);
    return at;
  }

  /** A source that held nothing had left those above it. */
  #join(source: Source, key: string): void {
    const bytes = this.#items.get(key)?.bytes ?? 0;
    source.keys.add(key);
    for (let at: Source | null = source; at; at = at.above) {
      at.bytes += bytes;
      at.above?.inside.set(at.name, at);
    }
  }

  /** Takes from those who have most until all have no more than one measure, and together what is allowed. */
  #trim(source: Source, allowed: number): void {
    for (const key of source.keys) {
      if (source.bytes <= allowed) return;
      this.delete(key);
    }
    const each = [...source.inside.values()];
    const most = measure(
      each.map(({ bytes }) => bytes),
      allowed,
    );
    for (const inside of each) if (inside.bytes > most) this.#trim(inside, most);
  }
}

/** The largest share at which all shares together are no more than is allowed. */
function measure(shares: readonly number[], allowed: number): number {
  let left = allowed;
  const sorted = shares.toSorted((a, b) => a - b);
  for (const [index, share] of sorted.entries()) {
    const most = left / (sorted.length - index);
    if (share > most) return most;
    left -= share;
  }
  return Number.POSITIVE_INFINITY;
}
