/** Turns rows and overlay into what screens show, all at once. `ConversationReader` does it in steps. */
import type { Entry } from '../entry/entry.ts';
import type { ConversationId, Fingerprint } from '../ids.ts';
import { ConversationReader, type ReaderContext } from './conversation-reader.ts';
import type { Row } from './row.ts';
import type { ConversationView } from './view.ts';

export interface FoldContext extends ReaderContext {
  readonly conversation: ConversationId;
  readonly community: Fingerprint;
}

/** Folds a room's rows and the overlay into a view. Never throws, whatever the bytes. */
export function fold(
  rows: readonly Row[],
  overlay: readonly Entry[],
  { conversation, community, ...around }: FoldContext,
): ConversationView {
  const reader = new ConversationReader(conversation, community);
  reader.read(rows);
  return reader.view(overlay, around);
}
