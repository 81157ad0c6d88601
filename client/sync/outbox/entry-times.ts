/**
 * The times of a device's entries only ever grow, whatever its clock does. Waiting entries are sent in
 * order of time, and an answer that sorted before its question would be refused for good.
 */

/**
 * Times for `count` entries made now.
 * @param last the time of this device's latest entry, if there is one.
 */
export function nextTimes(last: number | undefined, now: number, count: number): number[] {
  const first = Math.max(0, Math.round(now), (last ?? -1) + 1);
  return Array.from({ length: count }, (_, index) => first + index);
}
