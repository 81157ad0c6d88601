/** The visitor's conversations as a list: the newest are followed, the others show as last seen. */
import type { ConversationId, MemberId } from '../../../shared/ids.ts';
import type { Role } from '../../../shared/grant/roles.ts';
import type { ConversationSummary } from './summaries.ts';
import type { People } from '../people.ts';
import type { AskedConversation } from '../sync-port.ts';

/** How many conversations are followed. The rest are listed by their stored summary. */
const FOLLOWED = 20;

/**
 * How many conversations that this device never read, such as another device's, are read at once for the
 * list.
 */
const READ_AT_ONCE = 10;

/** A summary as stored in this device's settings, by conversation. */
export type StoredSummary = Omit<ConversationSummary, 'answerers' | 'id'> & {
  readonly answerers: readonly { readonly member: MemberId; readonly role: Role }[];
};

export type StoredSummaries = Readonly<Record<string, StoredSummary>>;

/** Which conversations to follow: those that changed last, and those that this device never read. */
export function followedOf(
  asked: readonly AskedConversation[],
  stored: StoredSummaries,
): readonly ConversationId[] {
  const changedAt = ({ id, askedAt }: AskedConversation): number =>
    Math.max(askedAt, stored[id]?.lastAt ?? 0);
  const sorted = asked.toSorted((a, b) => changedAt(b) - changedAt(a)).map(({ id }) => id);
  const never = sorted.slice(FOLLOWED).filter((id) => !stored[id]);
  return [...sorted.slice(0, FOLLOWED), ...never.slice(0, READ_AT_ONCE)];
}

/** A conversation that is not followed, as last seen; blank if it never was. */
export function storedSummary(
  { id, askedAt }: AskedConversation,
  stored: StoredSummary | undefined,
  people: People,
): ConversationSummary {
  if (!stored) {
    const last = { last: '', lastMine: false, lastAt: askedAt, unread: 0 };
    return { id, title: '', ...last, answerers: [], closed: false, waiting: false, kept: 0 };
  }
  const answerers = stored.answerers.map(({ member, role }) => people.person(member, role));
  return { ...stored, id, answerers };
}
