/** The visitor's conversations as a list: the newest followed, the others as they were last seen. */
import type { ConversationId, MemberId } from '../../../shared/ids.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { TalkSummary } from './summaries.ts';
import type { People } from '../people.ts';
import type { AskedConversation } from '../sync-port.ts';

/** So many conversations are followed; the rest are listed by what was stored of them. */
const FOLLOWED = 20;

/** Of those never read on this device, such as another device's, so many at once are read for the list. */
const READ_AT_ONCE = 10;

/** A summary as kept in this device's settings, by conversation. */
type StoredTalk = Omit<TalkSummary, 'answerers' | 'id'> & {
  readonly answerers: readonly { readonly member: MemberId; readonly role: Role }[];
};

export type StoredTalks = Readonly<Record<string, StoredTalk>>;

/** Which conversations to follow: those that changed last, and those that this device never read. */
export function followedOf(
  asked: readonly AskedConversation[],
  stored: StoredTalks,
): readonly ConversationId[] {
  const changedAt = ({ id, askedAt }: AskedConversation): number =>
    Math.max(askedAt, stored[id]?.lastAt ?? 0);
  const sorted = asked.toSorted((a, b) => changedAt(b) - changedAt(a)).map(({ id }) => id);
  const never = sorted.slice(FOLLOWED).filter((id) => !stored[id]);
  return [...sorted.slice(0, FOLLOWED), ...never.slice(0, READ_AT_ONCE)];
}

/** A conversation that is not followed, as it was last seen; blank if it never was. */
export function storedSummary(
  { id, askedAt }: AskedConversation,
  stored: StoredTalk | undefined,
  people: People,
): TalkSummary {
  if (!stored) {
    const last = { last: '', lastMine: false, lastAt: askedAt, unread: 0 };
    return { id, title: '', ...last, answerers: [], closed: false, waiting: false, kept: 0 };
  }
  const answerers = stored.answerers.map(({ member, role }) => people.person(member, role));
  return { ...stored, id, answerers };
}

export function toStored(talk: TalkSummary): StoredTalk {
  const { title, lastMine, lastAt, unread, closed, waiting, kept } = talk;
  const answerers = talk.answerers.map(({ member, role }) => ({ member, role: Role[role] }));
  return {
    title,
    last: talk.last.slice(0, 200),
    lastMine,
    lastAt,
    unread,
    closed,
    waiting,
    kept,
    answerers,
  };
}
