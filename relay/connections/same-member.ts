/** Who somebody is to their devices: what a change of ends the line of each, so that it comes back with a new grant. */
import type { Member } from '../core/ports/people.ts';

export const isSameMember = (one: Member, other: Member): boolean =>
  one.id === other.id &&
  one.role === other.role &&
  one.name === other.name &&
  one.spaces.length === other.spaces.length &&
  one.spaces.every((space, index) => space === other.spaces[index]);
