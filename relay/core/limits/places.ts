/**
 * Places of which an address, its neighbourhood and all together have so many. Whoever comes when all are taken is let
 * in, and one of those where most are is let go: holding all places keeps nobody out.
 */
import { addressNames } from './networks.ts';

/** How many addresses' places a neighbourhood has: an IPv6 site has 65,536 addresses. */
export const ADDRESSES_NEARBY = 10;

/** Who has a place. */
export interface Holder {
  /** Takes it away: they must go. */
  letGo(): void;
}

export interface PlacesOptions<Who extends Holder> {
  /** For one address; for IPv6, the /64. */
  readonly most: number;
  /** For one neighbourhood (IPv4 /24, IPv6 /48). @default ten addresses' */
  readonly mostNearby?: number;
  /** For all together. @default no limit */
  readonly mostOfAll?: number;
  /**
   * Who of an address goes. Given are those who are there, the longest there first; null if they all stay, and the
   * newcomer goes. @default the first
   */
  readonly choose?: (there: ReadonlySet<Who>) => Who | null;
}

interface Neighbourhood<Who> {
  size: number;
  readonly addresses: Map<string, Set<Who>>;
}

export class Places<Who extends Holder = Holder> {
  readonly #options: Required<PlacesOptions<Who>>;
  readonly #neighbourhoods = new Map<string, Neighbourhood<Who>>();
  #size = 0;

  constructor(options: PlacesOptions<Who>) {
    this.#options = {
      mostNearby: options.most * ADDRESSES_NEARBY,
      mostOfAll: Number.POSITIVE_INFINITY,
      choose: ([first]) => first ?? null,
      ...options,
    };
  }

  /** Those that are taken. */
  get size(): number {
    return this.#size;
  }

  /** Takes a place. Returns a function that gives it back; null if there is none. Idempotent. */
  take(address: string, who: Who): (() => void) | null {
    const { narrow, wide } = addressNames(address);
    const full = this.#fullFor(narrow, wide);
    if (full && !this.#makeRoom(full)) return null;
    this.#add(narrow, wide, who);
    return () => this.#remove(narrow, wide, who);
  }

  /** Where somebody must go before one more comes in there; null if there is room. */
  #fullFor(narrow: string, wide: string): readonly [narrow: string, wide: string] | null {
    const { most, mostNearby, mostOfAll } = this.#options;
    const nearby = this.#neighbourhoods.get(wide);
    if ((nearby?.addresses.get(narrow)?.size ?? 0) >= most) return [narrow, wide];
    if (nearby && nearby.size >= mostNearby) return [fullest(nearby.addresses), wide];
    if (this.#size < mostOfAll) return null;
    const fullestNearby = fullest(this.#neighbourhoods);
    const { addresses = new Map() } = this.#neighbourhoods.get(fullestNearby) ?? {};
    return [fullest(addresses), fullestNearby];
  }

  #makeRoom([narrow, wide]: readonly [narrow: string, wide: string]): boolean {
    const there = this.#neighbourhoods.get(wide)?.addresses.get(narrow);
    const one = there && this.#options.choose(there);
    if (!one) return false;
    this.#remove(narrow, wide, one);
    one.letGo();
    return true;
  }

  #add(narrow: string, wide: string, who: Who): void {
    const nearby = this.#neighbourhoods.get(wide) ?? { size: 0, addresses: new Map() };
    const there = nearby.addresses.get(narrow) ?? new Set();
    there.add(who);
    nearby.addresses.set(narrow, there);
    nearby.size++;
    this.#neighbourhoods.set(wide, nearby);
    this.#size++;
  }

  #remove(narrow: string, wide: string, who: Who): void {
    const nearby = this.#neighbourhoods.get(wide);
    const there = nearby?.addresses.get(narrow);
    if (!nearby || !there?.delete(who)) return;
    this.#size--;
    nearby.size--;
    if (there.size === 0) nearby.addresses.delete(narrow);
    if (nearby.size === 0) this.#neighbourhoods.delete(wide);
  }
}

/** The name of the largest. */
function fullest(all: ReadonlyMap<string, { readonly size: number }>): string {
  let [name, most] = ['', 0];
  for (const [each, { size }] of all) if (size > most) [name, most] = [each, size];
  return name;
}
