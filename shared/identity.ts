/** How a person looks without a picture: a hue and initials, derived from their key and name. */
import { textToBytes } from './bytes.ts';
import type { MemberId } from './ids.ts';

/** One of twelve hues, 0 to 11, the same on every screen. */
export const hueOf = (member: MemberId): number => (textToBytes(member, 16)[0] ?? 0) % 12;

/** Two letters of a name: first letters of its first two words, else its first two letters. */
export function initialsOf(name: string): string {
  const [first, second] = name
    .trim()
    .split(/[\s-]+/)
    // oxlint-disable-next-line typescript/no-misused-spread -- by code points
    .map((word) => [...word]);
  const letters = second?.[0] === undefined ? first?.slice(0, 2) : [first?.[0] ?? '', second[0]];
  return (letters ?? []).join('').toLocaleUpperCase();
}
