/** Which entries a helper's acts consist of. */
import { readEntryRow } from '../../../shared/conversation/read-row.ts';
import type { Row } from '../../../shared/conversation/row.ts';
import type { ConversationView } from '../../../shared/conversation/view.ts';
import { equalBytes } from '../../../shared/bytes.ts';
import type { Content, ContentOf } from '../../../shared/entry/content.ts';
import { contentOf } from '../../../shared/entry/entry.ts';
import type { Fingerprint } from '../../../shared/ids.ts';
import type { Me, OutboxItem } from '../sync-port.ts';

export interface ActContext {
  readonly community: Fingerprint;
  readonly me: Me;
  readonly view: ConversationView;
  readonly rows: readonly Row[];
  /** This conversation's part of the outbox. */
  readonly outbox: readonly OutboxItem[];
  /** Whether the inbox says that somebody has it. */
  readonly claimed: boolean;
}

/** The grant that lets others check the author offline: once for each conversation and grant. */
function joinOf({ community, me, rows, outbox }: ActContext): Content[] {
  const { grant } = me;
  if (!grant) return [];
  const proves = (content: Content | undefined): boolean =>
    content?.kind === 'join' && equalBytes(content.grant, grant.bytes);
  const joined =
    rows.some(
      (row) => row.type === 'entry' && proves(readEntryRow(row, community).read?.content),
    ) || outbox.some(({ entry, state }) => state.type !== 'refused' && proves(contentOf(entry)));
  return joined ? [] : [{ kind: 'join', grant: grant.bytes }];
}

/** Nobody has it, as far as this device knows. */
const isFree = ({ view, outbox, claimed }: ActContext): boolean =>
  view.claim === null &&
  !claimed &&
  !view.closed &&
  !outbox.some(({ state }) => state.type === 'claimed');

/** Claims a conversation; empty if somebody has it. */
export const claimEntries = (context: ActContext): readonly Content[] =>
  isFree(context) ? [...joinOf(context), { kind: 'claim' }] : [];

/**
 * An answer. The first answer to a conversation that nobody has also claims it, so that two helpers never
 * answer without knowing of each other.
 */
export const sayEntries = (context: ActContext, say: ContentOf<'say'>): readonly Content[] => [
  ...joinOf(context),
  ...(isFree(context) ? [{ kind: 'claim' } as const] : []),
  say,
];
