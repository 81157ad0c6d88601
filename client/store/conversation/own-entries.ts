/** Withdraws and takes back what this member wrote, in the same way in the widget and at the desk. */
import { contentOf } from '../../../shared/entry/entry.ts';
import type { ConversationId, EntryId } from '../../../shared/ids.ts';
import { type Drafts, NEW_DRAFT, draftOf, keptDraft } from '../drafts.ts';
import { kept } from '../kept.ts';
import type { OutboxItem, Sync } from '../sync-port.ts';

const itemOf = (sync: Sync, id: string): OutboxItem | undefined =>
  sync.outbox.get().find(({ entry }) => entry.id === id);

/** Dismisses a message that never left, retracts one that the relay has or may have. */
export const withdraw = (
  sync: Sync,
  messageId: string,
  open: ConversationId | null,
): Promise<unknown> => kept(takeAway(sync, messageId, open));

async function takeAway(sync: Sync, messageId: string, open: ConversationId | null): Promise<void> {
  const item = itemOf(sync, messageId);
  const conversation = item?.entry.conversation ?? open;
  if (item && (await sync.dismiss(item.entry.id))) return;
  const refused = item?.state.type === 'refused' || item?.state.type === 'claimed';
  if (conversation === null || refused) return;
  await sync.write(conversation, [{ kind: 'retract', target: messageId as EntryId }]);
}

/**
 * Takes a message that did not get through back into its composer, before it leaves the outbox. Returns the
 * item, or null when there is nothing to bring back.
 */
export async function backToDraft(
  sync: Sync,
  messageId: string,
  drafts: Drafts,
): Promise<OutboxItem | null> {
  const found: (OutboxItem | null)[] = [];
  await kept(bringBack(sync, messageId, drafts).then((item) => found.push(item)));
  return found[0] ?? null;
}

async function bringBack(
  sync: Sync,
  messageId: string,
  drafts: Drafts,
): Promise<OutboxItem | null> {
  const item = itemOf(sync, messageId);
  if (!item) return null;
  const content = contentOf(item.entry);
  if (content.kind !== 'say' && content.kind !== 'ask') return null;
  const key = content.kind === 'ask' ? NEW_DRAFT : item.entry.conversation;
  await drafts.load(key);
  /** Resolves once it is stored. @throws {StorageError} */
  const setDraft = (draft: string): Promise<void> => {
    drafts.set(key, draft);
    return sync.writeDraft(key, draft);
  };
  const there = drafts.get(key);
  const { text, quotes } = draftOf(there);
  const back = {
    text: text === '' ? content.text : `${content.text}\n${text}`,
    quotes: ('quotes' in content && content.quotes) || quotes,
  };
  await setDraft(keptDraft(back));
  if (await sync.dismiss(item.entry.id)) return item;
  await setDraft(there); // it left after all: twice would be worse
  return null;
}
