/**
 * Room for what waits its turn, within so many bytes. Nobody may have more than half of what is free just
 * now: the fuller it is, the less whoever has much gets, and there always is some left for one who
 * comes with little (dynamic thresholds; Choudhury and Hahne, 1998).
 */
import type { SourcePath } from './fair-memory.ts';

const SHARE = 1 / 2;

/** What waits of somebody, and of those among them. */
interface Holder {
  readonly name: string;
  bytes: number;
  readonly inside: Map<string, Holder>;
}

const newHolder = (name: string): Holder => ({ name, bytes: 0, inside: new Map() });

export class FairShare {
  readonly #mostBytes: number;
  readonly #all = newHolder('');

  constructor({ mostBytes }: { readonly mostBytes: number }) {
    this.#mostBytes = mostBytes;
  }

  /** What waits, in bytes. */
  get bytes(): number {
    return this.#all.bytes;
  }

  /** Neighbourhoods of which something waits. */
  get sources(): number {
    return this.#all.inside.size;
  }

  /** Takes room: returns a function that gives it back, once; undefined where there is none. */
  take(path: SourcePath, bytes: number): (() => void) | undefined {
    const holders = [this.#all];
    for (const name of path) holders.push(holders.at(-1)?.inside.get(name) ?? newHolder(name));
    let most = this.#mostBytes;
    for (const holder of holders) {
      if (holder.bytes + bytes > most) return undefined;
      most = (most - holder.bytes) * SHARE;
    }
    holders.forEach((holder, depth) => {
      holder.bytes += bytes;
      if (depth > 0) holders[depth - 1]?.inside.set(holder.name, holder);
    });
    return () => {
      const own = holders.splice(0);
      own.forEach((holder, depth) => {
        holder.bytes -= bytes;
        if (depth > 0 && holder.bytes === 0) own[depth - 1]?.inside.delete(holder.name);
      });
    };
  }
}
