/**
 * Who is let in where many share one address: a shop, an office, a phone carrier. At the door stand those who have not
 * proved a key; inside are the others. When all places are taken somebody goes for each newcomer, and it is who has
 * done least: a stranger who comes again and again pushes out what they brought themselves.
 */
import type { DeviceKey } from '../../../shared/ids.ts';
import { FairMemory, sourcePath } from '../../core/limits/fair-memory.ts';
import { type Holder, Places } from '../../core/limits/places.ts';
import type { Platform } from '../../core/ports/platform.ts';

/** A device inside. */
export interface Inside extends Holder {
  readonly device: DeviceKey;
  /** Whether it is of the desk, as far as is known. */
  isOfDesk(): boolean;
}

export interface EntranceOptions {
  /** Places of one address at the door, and as many inside. */
  readonly mostFromAddress: number;
  readonly platform: Pick<Platform, 'memory'> & {
    readonly clock: Pick<Platform['clock'], 'steady'>;
  };
}

/** A browser has one line; a few more may not have ended yet. What it has beyond is not needed. */
const LINES_OF_A_DEVICE = 4;
/** Those who have not written lose their places first, but for this share of all: somebody new may have a question. */
const KEPT_FOR_READERS = 0.25;
/** Some 8,000 devices. */
const MEMORY_BYTES = 2 * 1024 * 1024;

interface Line extends Inside {
  readonly since: number;
}

export class Entrance {
  readonly #door: Places;
  readonly #inside: Places<Line>;
  readonly #clock: Pick<Platform['clock'], 'steady'>;
  /** When devices last wrote something that was numbered. */
  readonly #wrote: FairMemory<number>;

  constructor({ mostFromAddress: most, platform }: EntranceOptions) {
    const { clock, memory } = platform;
    this.#clock = clock;
    this.#wrote = new FairMemory({ mostBytes: MEMORY_BYTES, memory });
    this.#door = new Places({ most });
    this.#inside = new Places({ most, choose: (there) => this.#choose(there) });
  }

  /** Somebody is at the door. Returns a function that gives their place back. */
  knock(address: string, letGo: () => void): () => void {
    return this.#door.take(address, { letGo }) ?? ((): void => {});
  }

  /** A device has proved its key: the same; null if all inside are of the desk, and it must go itself. */
  enter(address: string, who: Inside): (() => void) | null {
    return this.#inside.take(address, { ...who, since: this.#clock.steady() });
  }

  /** A device brought an entry that was numbered: it is the last to go. */
  wrote(device: DeviceKey, address: string): void {
    this.#wrote.set(device, this.#clock.steady(), sourcePath({ address, connection: device }));
  }

  #choose(there: ReadonlySet<Line>): Line | null {
    const spare = spareIn(there);
    if (spare) return spare;
    const visitors = [...there].filter((line) => !line.isOfDesk());
    const readers = visitors.filter(({ device }) => !this.#wrote.has(device));
    const [reader] = readers;
    if (reader && readers.length > there.size * KEPT_FOR_READERS) return reader;
    return this.#stillest(visitors) ?? null;
  }

  /** Of those who wrote whoever has been silent for longest; without any, whoever was here first. */
  #stillest(visitors: readonly Line[]): Line | undefined {
    const writers = visitors.flatMap((line) => {
      const at = this.#wrote.get(line.device);
      return at === undefined ? [] : [{ line, at: Math.max(at, line.since) }];
    });
    return writers.toSorted((a, b) => a.at - b.at)[0]?.line ?? visitors[0];
  }
}

/** The oldest line of the device that has most, if it has more than it can need. */
function spareIn(there: ReadonlySet<Line>): Line | undefined {
  const byDevice = Map.groupBy(there, ({ device }) => device);
  const [most] = [...byDevice.values()].toSorted((a, b) => b.length - a.length);
  return most && most.length > LINES_OF_A_DEVICE ? most[0] : undefined;
}
