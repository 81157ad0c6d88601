/** Who people are: joins helper cards, the roster and grants into what screens show. */
import type { Row } from '../../shared/conversation/row.ts';
import type { SignedGrant } from '../../shared/grant/grant.ts';
import { Role, answersAtDesk, roleName } from '../../shared/grant/roles.ts';
import { hueOf, initialsOf } from '../../shared/identity.ts';
import type { DeviceKey, MemberId } from '../../shared/ids.ts';
import type { CardRecord, RosterRecord } from '../../shared/protocol/records.ts';
import { recordOf, recordValue } from './space.ts';
import type { Person, Presence } from './person.ts';

const MOST_SHOWN = 8;
const UNKNOWN: Presence = { type: 'unknown' };

/** The people of a space at one moment; the same person is the same reference. */
export interface People {
  /** `role`: as judged where they acted; without it, their card's. */
  person(member: MemberId, role?: Role): Person;
  /** Helpers to show: first those here, then those seen recently, then the others; at most 8. */
  readonly shown: readonly Person[];
  /** How many are here; null if unknown. */
  readonly here: number | null;
}

/**
 * @param relay the relay's address, with its path if it has one; empty for the page's own origin
 * @param nameless what to call a visitor who gave no name; nothing by default
 */
export function peopleOf(
  rows: readonly Row[],
  grants: ReadonlyMap<DeviceKey, SignedGrant>,
  online: boolean,
  relay: string,
  nameless?: (member: MemberId) => string,
): People {
  const cards = cardsOf(rows);
  const names = new Map([...grants.values()].map(({ member, name }) => [member, name]));
  const roster = recordOf(rows, 'roster');
  const presences = presencesOf(roster);
  const known = new Map<string, Person>();

  const person = (member: MemberId, role?: Role): Person => {
    const key = `${member}${role ?? ''}`;
    let there = known.get(key);
    if (!there) {
      there = makePerson(member, role);
      known.set(key, there);
    }
    return there;
  };
  const makePerson = (member: MemberId, role?: Role): Person => {
    const card = cards.get(member);
    const given = card?.name ?? names.get(member) ?? '';
    const judged = role ?? card?.role ?? Role.visitor;
    const isNameless = given === '' && !answersAtDesk(judged);
    const name = isNameless ? (nameless?.(member) ?? '') : given;
    return {
      member,
      name,
      role: roleName(judged) ?? 'visitor',
      hue: name === '' && !answersAtDesk(judged) ? null : hueOf(member),
      // Initials of a name that we made up would say nothing.
      initials: initialsOf(given),
      topics: card?.topics ?? [],
      photo: card?.photo ? `${relay}/api/photos/${card.photo}` : '',
      card,
      presence: online ? (presences.get(member) ?? UNKNOWN) : UNKNOWN,
    };
  };

  const rank = (member: MemberId): number => {
    const presence = presences.get(member);
    if (presence?.type === 'here') return Infinity;
    return presence?.type === 'seen' ? presence.at : 0;
  };
  const shown = [...cards.keys()]
    .toSorted((a, b) => compare(rank(b), rank(a)) || (a < b ? -1 : 1))
    .slice(0, MOST_SHOWN)
    .map((member) => person(member));
  return { person, shown, here: online && roster ? roster.here.length : null };
}

/** Infinities are equal here, where subtracting them is not a number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

function cardsOf(rows: readonly Row[]): Map<MemberId, CardRecord> {
  const cards = new Map<MemberId, CardRecord>();
  for (const row of rows) {
    if (row.type !== 'record' || !row.key.startsWith('card/')) continue;
    const card = recordValue(row) as CardRecord | null;
    if (card) cards.set(card.member, card);
  }
  return cards;
}

function presencesOf(roster: RosterRecord | null): Map<MemberId, Presence> {
  const presences = new Map<MemberId, Presence>();
  for (const { member, at } of roster?.seen ?? []) presences.set(member, { type: 'seen', at });
  for (const member of roster?.here ?? []) presences.set(member, { type: 'here' });
  return presences;
}
