/** When a device dials again after its connection was lost. */
import { CloseCode } from '../../../shared/protocol/close-codes.ts';

/** A link that lasts for less counts as a failed attempt, so a relay that closes at once is not rushed. */
const BACKOFF = { stable: 10_000, first: 400, most: 15_000 };
/**
 * The relay let go of this one for others at its address: coming back at once would only push them out in turn. What
 * somebody writes leaves at once all the same.
 */
const CROWDED = { stable: 600_000, first: 60_000, most: 600_000 };

const timesOf = (code: number | null): typeof BACKOFF =>
  code === CloseCode.tooMany ? CROWDED : BACKOFF;

/** How long a link must have lasted for its loss to be the first in a row, in ms. */
export const stableAfter = (code: number | null): number => timesOf(code).stable;

/**
 * How long it waits, in ms.
 * @param code the relay's; null when this side dropped the connection
 * @param failures how often in a row it was lost, this time included
 */
export function redialAfter(code: number | null, failures: number, random = Math.random): number {
  const { first, most } = timesOf(code);
  return Math.min(most, first * 2 ** (failures - 1)) * (0.5 + random() / 2);
}
