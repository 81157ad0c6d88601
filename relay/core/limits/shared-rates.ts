/**
 * What people at one address bring, who share it: a shop, a school, a phone carrier. Each device has its own rate.
 * What a device brings within a small part of it is charged apart from what goes beyond: a few who bring as much
 * as they may use up what they share with each other, and not what somebody needs who comes with a question.
 */
import { addressNames } from './networks.ts';
import { Memory } from '../memory/memory.ts';
import { type BucketOptions, TokenBuckets } from './token-buckets.ts';

/** How many devices' worth comes from one place. */
export interface Shares {
  readonly device: number;
  readonly address: number;
  readonly neighbourhood: number;
}

export interface SharedRatesOptions {
  /** Of one device. */
  readonly rate: BucketOptions;
  readonly shares: Shares;
  /** What is little, of one device. */
  readonly little: BucketOptions;
  /** How many devices' worth of little things comes from one place. */
  readonly littleShares: Omit<Shares, 'device'>;
}

/** Too much, of the device itself or of the place where it is: ms until there may be more. */
export interface TooMuch {
  readonly of: 'device' | 'place';
  readonly waitMs: number;
}

/** Who brings something, and from where. */
export interface Bringer {
  readonly connection: string;
  readonly address: string;
}

interface Places {
  readonly addresses: TokenBuckets;
  readonly neighbourhoods: TokenBuckets;
}

export class SharedRates {
  readonly #devices: TokenBuckets;
  readonly #modest: TokenBuckets;
  readonly #little: Places;
  readonly #much: Places;

  constructor(
    { rate, shares, little, littleShares }: SharedRatesOptions,
    now: () => number,
    memory = new Memory(),
  ) {
    const buckets = ({ burst, perSecond }: BucketOptions, times: number): TokenBuckets =>
      new TokenBuckets({ burst: burst * times, perSecond: perSecond * times }, now, memory);
    const places = (
      of: BucketOptions,
      { address, neighbourhood }: Omit<Shares, 'device'>,
    ): Places => ({
      addresses: buckets(of, address),
      neighbourhoods: buckets(of, neighbourhood),
    });
    this.#devices = buckets(rate, shares.device);
    this.#modest = buckets(little, 1);
    this.#little = places(little, littleShares);
    this.#much = places(rate, shares);
  }

  /**
   * Charges what somebody brings; null if there may be as much.
   * @param isOwn whether it is the device's own: what it carries for others is never little
   */
  take({ connection, address }: Bringer, cost: number, isOwn = true): TooMuch | null {
    const { narrow, wide } = addressNames(address);
    // From the inside out: whoever has used up their own share takes nothing of what others share.
    const ownMs = this.#devices.take(connection, cost);
    if (ownMs > 0) return { of: 'device', waitMs: ownMs };
    const from = ({ addresses, neighbourhoods }: Places): number =>
      addresses.take(narrow, cost) || neighbourhoods.take(wide, cost);
    if (isOwn && this.#modest.take(connection, cost) === 0 && from(this.#little) === 0) return null;
    const waitMs = from(this.#much);
    return waitMs > 0 ? { of: 'place', waitMs } : null;
  }
}
