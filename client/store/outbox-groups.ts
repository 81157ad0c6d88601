/** The outbox by conversation, with stable references while a conversation's part is the same. */
import type { ConversationId } from '../../shared/ids.ts';
import type { OutboxItem } from './sync-port.ts';

export type OutboxByConversation = ReadonlyMap<ConversationId, readonly OutboxItem[]>;

const NONE: readonly OutboxItem[] = [];

/** A function that groups, and keeps the previous arrays where nothing changed. */
export function createOutboxGroups(): (items: readonly OutboxItem[]) => OutboxByConversation {
  let previous: OutboxByConversation = new Map();
  let last: readonly OutboxItem[] | undefined;
  return (items) => {
    if (items === last) return previous;
    last = items;
    const groups = new Map<ConversationId, readonly OutboxItem[]>();
    for (const [id, group] of Map.groupBy(items, ({ entry }) => entry.conversation)) {
      const before = previous.get(id);
      const same =
        before?.length === group.length && before.every((item, index) => item === group[index]);
      groups.set(id, same ? before : group);
    }
    previous = groups;
    return groups;
  };
}

export const outboxOf = (groups: OutboxByConversation, id: ConversationId): readonly OutboxItem[] =>
  groups.get(id) ?? NONE;
