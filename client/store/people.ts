/** Who people are on this screen: cards and roster of the space, roles from what the relay judged. */
import { hueOf, initialsOf } from '../../shared/identity.ts';
import { Role, answersAtDesk, roleName } from '../../shared/grant/roles.ts';
import type { SignedGrant } from '../../shared/grant/grant.ts';
import type { MemberId } from '../../shared/ids.ts';
import type { Author } from '../../shared/conversation/view.ts';
import type { CardRecord, RosterRecord, SpaceRecord } from '../../shared/protocol/records.ts';
import type { Row } from '../../shared/conversation/row.ts';
import { recordsOf } from './room-records.ts';
import type { Person, Presence } from './thread-state.ts';

/** What a space's room says of its people. */
export interface SpacePeople {
  readonly space: SpaceRecord | undefined;
  readonly cards: ReadonlyMap<MemberId, CardRecord>;
  readonly roster: RosterRecord | undefined;
}

export function spacePeople(rows: readonly Row[]): SpacePeople {
  const cards = new Map<MemberId, CardRecord>();
  let space: SpaceRecord | undefined;
  let roster: RosterRecord | undefined;
  for (const [key, value] of recordsOf(rows)) {
    if (key === 'space') space = value as SpaceRecord;
    else if (key === 'roster') roster = value as RosterRecord;
    else if (key.startsWith('card/')) {
      const card = value as CardRecord;
      cards.set(card.member, card);
    }
  }
  return { space, cards, roster };
}

/** Turns members into persons; made anew when the space's room, the link or this device changes. */
export interface People {
  of(author: Pick<Author, 'member' | 'role'>): Person;
  /** The desk: who is here, then who was seen lately. */
  readonly desk: readonly Person[];
  /** How many are here; null when cut. */
  readonly here: number | null;
}

export function createPeople(
  known: SpacePeople,
  grant: SignedGrant | null,
  online: boolean,
): People {
  const persons = new Map<string, Person>();
  const here = new Set(known.roster?.here ?? []);
  const seen = new Map((known.roster?.seen ?? []).map(({ member, at }) => [member, at]));

  function presence(member: MemberId): Presence {
    if (!online || !known.roster) return { type: 'unknown' };
    if (here.has(member)) return { type: 'here' };
    const at = seen.get(member);
    return at === undefined ? { type: 'unknown' } : { type: 'seen', at };
  }

  function of({ member, role }: Pick<Author, 'member' | 'role'>): Person {
    const key = `${member}/${role}`;
    let person = persons.get(key);
    if (!person) {
      const card = known.cards.get(member);
      // A name comes with a grant or a card that the relay wrote, never from what a person sends.
      const name = card?.name ?? (grant?.member === member ? grant.name : '');
      person = {
        member,
        name: answersAtDesk(role) ? name : '',
        role: roleName(role) ?? 'visitor',
        hue: answersAtDesk(role) ? hueOf(member) : null,
        initials: answersAtDesk(role) ? initialsOf(name) : '',
        topics: card?.topics ?? [],
        presence: presence(member),
      };
      persons.set(key, person);
    }
    return person;
  }

  const cards = Array.from(known.cards.values());
  const order = (card: CardRecord): number =>
    here.has(card.member) ? Infinity : (seen.get(card.member) ?? -1);
  const desk = cards
    .filter((card) => here.has(card.member) || seen.has(card.member))
    .toSorted((a, b) => order(b) - order(a) || a.since - b.since || (a.member < b.member ? -1 : 1))
    .map((card) => of({ member: card.member, role: card.role }));
  return { of, desk, here: online && known.roster ? here.size : null };
}
