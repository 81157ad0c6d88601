/**
 * Whether what is kept beside the rows of a room says what they say: the pages that readers get instead of them,
 * and the state that the relay goes on from.
 */
import { equalBytes } from '../../shared/bytes.ts';
import { ConversationState } from '../../shared/conversation/conversation-state.ts';
import { type Fact, factOfRow, inOrder } from '../../shared/conversation/fact.ts';
import { decodeRow } from '../../shared/conversation/row.ts';
import { decodeState, encodeState } from '../../shared/conversation/state-codec.ts';
import type { Fingerprint } from '../../shared/ids.ts';
import type { RoomName } from '../../shared/protocol/rooms.ts';
import type { Checkpoint } from '../core/ports/checkpoint-storage.ts';
import type { RoomRange } from '../core/ports/room-storage.ts';
import { encodePage } from '../core/rooms/encode-page.ts';
import type { KeptPage } from '../storage/sqlite/sqlite-room-reads.ts';

/** All of a room, of one moment. */
export interface WholeRoom {
  readonly range: RoomRange;
  readonly pages: readonly KeptPage[];
  /** Of this build's reducer. */
  readonly checkpoint: Checkpoint | undefined;
}

/** What is wrong, a line each. */
export function keptProblems(
  name: RoomName,
  { range, pages, checkpoint }: WholeRoom,
  community: Fingerprint,
): string[] {
  const wrong = pages.filter((page) => !isOfRows(name, page, range));
  const problems = wrong.map(
    ({ start, until }) => `the page of rows ${start} to ${until - 1} is not what they are`,
  );
  if (checkpoint && !isStateOf(checkpoint, range, community))
    problems.push('its checkpoint is not what its rows come to');
  return problems;
}

function isOfRows(
  name: RoomName,
  { start, until, read, bytes }: KeptPage,
  { head, rows, erased }: RoomRange,
): boolean {
  const inside = rows.filter(({ seq }) => seq >= start && seq < until);
  try {
    const part = { head, rows: inside, end: until, erased };
    const made = encodePage(name, head.generation, start, part);
    return !made.isLast && made.read === read && equalBytes(made.update, bytes);
  } catch {
    return false; // rows are missing, and their head says so too
  }
}

function isStateOf(
  { rev, next, bytes }: Checkpoint,
  { head, rows }: RoomRange,
  community: Fingerprint,
): boolean {
  // Each row raised `rev` by one since, and nothing was erased.
  if (next > head.next || head.rev - rev !== head.next - next) return false;
  const facts = rows.flatMap((stored) => {
    const row = decodeRow(stored.bytes);
    return row.type === 'entry' && stored.seq < next ? [factOfRow(row, community)] : [];
  });
  const kept = read(bytes);
  return kept !== null && equalBytes(bytesOf(facts), bytesOf([...kept.rows, ...kept.doubles]));
}

function read(bytes: Uint8Array): ConversationState | null {
  try {
    return decodeState(bytes);
  } catch {
    return null;
  }
}

/** The same for the same facts, in whatever order they came. */
function bytesOf(facts: readonly Fact[]): Uint8Array {
  const state = new ConversationState();
  for (const fact of facts.toSorted(inOrder)) state.add(fact);
  return encodeState(state);
}
