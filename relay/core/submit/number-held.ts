/** Judges anew an entry that waited, by what its author may do now, and numbers it if it may be. */
import { contentOf, decodeEntry } from '../../../shared/entry/entry.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import type { Batch } from '../rooms/batch.ts';
import type { ConversationRoom } from '../rooms/room.ts';
import { judge } from './judge.ts';
import { numberEntry } from './number-entry.ts';
import type { SubmitContext } from './submit-context.ts';

/** Its author must be known: `members.load`. */
export function numberHeld(
  path: Pick<SubmitContext, 'options' | 'members' | 'policies'>,
  batch: Batch,
  room: ConversationRoom,
  { bytes }: { readonly bytes: Uint8Array },
): Outcome {
  const { authority, modeOf } = path.options;
  const community = authority.fingerprint;
  const entry = decodeEntry(bytes, community);
  const content = contentOf(entry);
  const author = path.members.get(entry.author);
  if (!author || author === 'removed') return { type: 'refused', code: 'removed' };
  const { id: member, role } = author;
  const actor = { member, device: entry.author, address: '', role };
  for (const policy of path.policies) {
    const code = policy.admit?.(actor) ?? null;
    if (code !== null) return { type: 'refused', code };
  }
  const judged = judge(entry, content, {
    community,
    room,
    author,
    fateOf: (id) => room.fates.get(id) ?? null,
    question: undefined,
    heldMark: () => undefined,
    modeOf,
  });
  if (judged.type !== 'accepted') return judged;
  const numbered = { entry, content, kept: undefined };
  const seq = numberEntry(path.options, batch, room, numbered, judged.verdict);
  return { type: 'durable', seq };
}
