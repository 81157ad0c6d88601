/**
 * Codes with which a device lets another in. A code is short because people type it: it lives for
 * minutes, once, and tries are counted.
 */
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import { cleanLine } from '../../../shared/text/plain-line.ts';
import { addressNames } from '../../core/limits/networks.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import type { Platform } from '../../core/ports/platform.ts';

/** Who made a code. */
export interface CodeMaker {
  readonly member: MemberId;
  readonly device: DeviceKey;
  readonly label: string;
}

interface Code extends CodeMaker {
  readonly expires: number;
}

/**
 * 32 letters and digits that nobody confuses: no I, L, O, U (Crockford's base 32). O is read as 0, and I
 * and L as 1.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 8;
const CODE_MS = 5 * 60_000;
/** At once, for everybody: with labels of 60 characters some 4 MB. Beyond it nobody gets one. */
const MOST_CODES = 10_000;
const LABEL_LENGTH = 60;
/**
 * Tries from one address, its neighbourhood (an IPv6 site has 65,536 addresses), and everywhere: nobody
 * can guess 40 bits.
 */
const TRIES = { burst: 10, perSecond: 1 / 30 };
const NEARBY_TRIES = { burst: 100, perSecond: 1 / 3 };
const ALL_TRIES = { burst: 300, perSecond: 5 };
/** Codes made for one address. `MOST_CODES` bounds those alive at once, for everybody together. */
const WANTED = { burst: 100, perSecond: 1 / 3 };
const NEARBY_WANTED = { burst: 1_000, perSecond: 10 / 3 };

export class LinkCodes {
  readonly #platform: Pick<Platform, 'clock' | 'random'>;
  readonly #codes = new Map<string, Code>();
  /** The code that each device has: one at a time. */
  readonly #byDevice = new Map<DeviceKey, string>();
  readonly #tries: TokenBuckets;
  readonly #nearbyTries: TokenBuckets;
  readonly #allTries: TokenBuckets;
  readonly #wanted: TokenBuckets;
  readonly #nearbyWanted: TokenBuckets;

  constructor(platform: Pick<Platform, 'clock' | 'random'>) {
    this.#platform = platform;
    const { now } = platform.clock;
    this.#tries = new TokenBuckets(TRIES, now);
    this.#nearbyTries = new TokenBuckets(NEARBY_TRIES, now);
    this.#allTries = new TokenBuckets(ALL_TRIES, now);
    this.#wanted = new TokenBuckets(WANTED, now);
    this.#nearbyWanted = new TokenBuckets(NEARBY_WANTED, now);
  }

  /** Whether one more may be made for that address. */
  mayMake(address: string): boolean {
    const { narrow, wide } = addressNames(address);
    return this.#wanted.take(narrow) === 0 && this.#nearbyWanted.take(wide) === 0;
  }

  /** A new code, in place of the one that the device had; undefined when there are too many. */
  make(maker: CodeMaker): { readonly code: string; readonly expires: number } | undefined {
    const { clock, random } = this.#platform;
    const now = clock.now();
    this.#forget(maker.device);
    // All live equally long: the first made is the first to go.
    for (const held of this.#codes.values()) {
      if (held.expires > now) break;
      this.#forget(held.device);
    }
    if (this.#codes.size >= MOST_CODES) return undefined;
    const code = Array.from(random(CODE_LENGTH), (byte) => ALPHABET[byte % 32]).join('');
    const expires = now + CODE_MS;
    this.#codes.set(code, { ...maker, label: shortLabel(maker.label), expires });
    this.#byDevice.set(maker.device, code);
    return { code, expires };
  }

  /** Uses a code up: who made it. `later` when there were too many tries. */
  take(typed: string, address: string): CodeMaker | 'unknown' | 'later' {
    const { narrow, wide } = addressNames(address);
    const isLater =
      this.#tries.take(narrow) > 0 ||
      this.#nearbyTries.take(wide) > 0 ||
      this.#allTries.take('') > 0;
    if (isLater) return 'later';
    const held = this.#codes.get(plainCode(typed));
    if (!held || held.expires <= this.#platform.clock.now()) return 'unknown';
    this.#forget(held.device);
    return held;
  }

  #forget(device: DeviceKey): void {
    const code = this.#byDevice.get(device);
    if (code === undefined) return;
    this.#codes.delete(code);
    this.#byDevice.delete(device);
  }
}

/** As people type it: lower case, gaps, and letters that look like the digits they are. */
const plainCode = (typed: string): string =>
  typed
    .slice(0, 40)
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

/** What a device calls itself, fit to be shown. */
export const shortLabel = (label: string): string => cleanLine(label, LABEL_LENGTH);
