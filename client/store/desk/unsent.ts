/** What this helper wrote that waits to leave, or was refused. */
import { contentOf } from '../../../shared/entry/entry.ts';
import { type KindName, kindName } from '../../../shared/entry/kinds.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import type { LostClaim, Unsent } from './desk-state.ts';
import type { People } from '../people.ts';
import type { OutboxItem } from '../sync-port.ts';

/** What leaves by itself once there is a link: every screen counts these, so that none says another number. */
export const leavingOf = (unsent: readonly Unsent[]): readonly Unsent[] =>
  unsent.filter(({ state: { type } }) => type === 'waiting' || type === 'later');

/** What the relay held or refused. */
export const stoppedOf = (unsent: readonly Unsent[]): readonly Unsent[] =>
  unsent.filter(({ state: { type } }) => type !== 'waiting' && type !== 'later');

const named = new Set<KindName | undefined>([
  'say',
  'claim',
  'release',
  'close',
  'reopen',
  'retract',
  'report',
]);

export function unsentOf(
  outbox: readonly OutboxItem[],
  titleOf: (id: ConversationId) => string,
): readonly Unsent[] {
  return outbox.flatMap(({ entry, state }): Unsent[] => {
    const kind = kindName(entry.kind);
    // What somebody else did first is told by itself, and does not leave.
    if (state.type === 'claimed') return [];
    // A join only accompanies what it proves.
    if (kind === 'join' && state.type !== 'refused') return [];
    const content = contentOf(entry);
    return [
      {
        id: entry.id,
        conversation: entry.conversation,
        title: titleOf(entry.conversation),
        text: content.kind === 'say' || content.kind === 'ask' ? content.text : '',
        what: named.has(kind) ? (kind as Unsent['what']) : 'other',
        time: entry.time,
        state,
      },
    ];
  });
}

/** The oldest claim of this helper's that came second, until they are told. */
export function lostClaimOf(
  outbox: readonly OutboxItem[],
  titleOf: (id: ConversationId) => string,
  people: People,
): LostClaim | null {
  for (const { entry, state } of outbox) {
    if (state.type !== 'claimed') continue;
    const { id, conversation } = entry;
    return { id, conversation, title: titleOf(conversation), by: people.person(state.by) };
  }
  return null;
}
