/** Withdraws and takes back what this member wrote, in the same way in the widget and at the desk. */
import { contentOf } from '../../../shared/entry/entry.ts';
import type { ConversationId, EntryId } from '../../../shared/ids.ts';
import type { Drafts } from '../drafts.ts';
import type { OutboxItem, Sync } from '../sync-port.ts';

const itemOf = (sync: Sync, id: string): OutboxItem | undefined =>
  sync.outbox.get().find(({ entry }) => entry.id === id);

/** Dismisses a message that never left, retracts one that the relay has or may have. */
export async function withdraw(
  sync: Sync,
  messageId: string,
  open: ConversationId | null,
): Promise<void> {
  const item = itemOf(sync, messageId);
  const conversation = item?.entry.conversation ?? open;
  if (item && (await sync.dismiss(item.entry.id))) return;
  const refused = item?.state.type === 'refused' || item?.state.type === 'claimed';
  if (conversation === null || refused) return;
  await sync.write(conversation, [{ kind: 'retract', target: messageId as EntryId }]);
}

/**
 * Takes a message that did not get through back into the composer `keyOf` names, before it leaves the
 * outbox. Returns the item, or null when there is nothing to bring back.
 */
export async function backToDraft(
  sync: Sync,
  messageId: string,
  drafts: Drafts,
  keyOf: (item: OutboxItem, asks: boolean) => string,
): Promise<OutboxItem | null> {
  const item = itemOf(sync, messageId);
  if (!item) return null;
  const content = contentOf(item.entry);
  if (content.kind !== 'say' && content.kind !== 'ask') return null;
  const key = keyOf(item, content.kind === 'ask');
  await drafts.load(key);
  const there = drafts.get(key);
  await drafts.keep(key, there === '' ? content.text : `${content.text}\n${there}`);
  if (await sync.dismiss(item.entry.id)) return item;
  await drafts.keep(key, there); // it left after all: twice would be worse
  return null;
}
