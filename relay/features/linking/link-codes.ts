/**
 * Codes with which a device lets another in. A code is short because people type it: it lives for
 * minutes, once, and a device has few tries. Nothing is counted by address: whoever shares one with a
 * guesser would be kept out. 50 bits are enough for that: of a thousand codes alive, 20,000 tries a second
 * meet one in two years.
 */
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import { cleanLine } from '../../../shared/text/plain-line.ts';
import { FairMemory, sourcePath } from '../../core/limits/fair-memory.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import type { Platform } from '../../core/ports/platform.ts';

/** Who made a code. */
export interface CodeMaker {
  readonly member: MemberId;
  readonly device: DeviceKey;
  readonly label: string;
}

interface Code extends CodeMaker {
  readonly code: string;
  readonly expires: number;
}

/**
 * 32 letters and digits that nobody confuses: no I, L, O, U (Crockford's base 32). O is read as 0, and I
 * and L as 1.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 10;
const CODE_MS = 5 * 60_000;
/** Of the codes alive, and once more of where each is. A flood of them pushes out its own. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Of a code beside its label. */
const CODE_BYTES = 400;
const LABEL_LENGTH = 60;
/** Tries of one device. */
const TRIES = { burst: 10, perSecond: 1 / 30 };
/** Codes made for one device. */
const WANTED = { burst: 20, perSecond: 1 / 10 };

export class LinkCodes {
  readonly #platform: Pick<Platform, 'clock' | 'random'>;
  /** The code that each device has: one at a time. */
  readonly #byDevice: FairMemory<Code>;
  readonly #makers: FairMemory<DeviceKey>;
  readonly #tries: TokenBuckets;
  readonly #wanted: TokenBuckets;

  constructor(platform: Pick<Platform, 'clock' | 'memory' | 'random'>) {
    this.#platform = platform;
    const { clock, memory } = platform;
    this.#byDevice = new FairMemory({ mostBytes: MOST_BYTES, memory });
    this.#makers = new FairMemory({ mostBytes: MOST_BYTES, memory });
    this.#tries = new TokenBuckets(TRIES, clock.steady, memory);
    this.#wanted = new TokenBuckets(WANTED, clock.steady, memory);
  }

  /** Whether a device may have one more. */
  mayMake(device: DeviceKey): boolean {
    return this.#wanted.take(device) === 0;
  }

  /** A new code, in place of the one that the device had. */
  make(maker: CodeMaker, address: string): { readonly code: string; readonly expires: number } {
    const { clock, random } = this.#platform;
    const { device } = maker;
    this.#forget(device);
    const code = Array.from(random(CODE_LENGTH), (byte) => ALPHABET[byte % 32]).join('');
    const expires = clock.now() + CODE_MS;
    const path = sourcePath({ address, connection: device });
    const made = { ...maker, label: shortLabel(maker.label), code, expires };
    this.#byDevice.set(device, made, path, CODE_BYTES + made.label.length * 2);
    this.#makers.set(code, device, path);
    return { code, expires };
  }

  /** Uses a code up: who made it. `later` when there were too many tries. */
  take(typed: string, by: DeviceKey): CodeMaker | 'unknown' | 'later' {
    if (this.#tries.take(by) > 0) return 'later';
    const code = plainCode(typed);
    const held = this.#byDevice.get(this.#makers.get(code) ?? '');
    if (held?.code !== code || !isAlive(held.expires, this.#platform.clock.now())) return 'unknown';
    this.#forget(held.device);
    return held;
  }

  #forget(device: DeviceKey): void {
    const held = this.#byDevice.get(device);
    if (held === undefined) return;
    this.#makers.delete(held.code);
    this.#byDevice.delete(device);
  }
}

/** A code lives no longer because the clock was put back. */
const isAlive = (expires: number, now: number): boolean =>
  expires > now && expires <= now + CODE_MS;

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
