/** What the reducer remembers of a row. */
import { decodeUtf8 } from 'lib0/string';
import { cutText } from '../text/cut-text.ts';
import type { Content } from '../entry/content.ts';
import type { Entry } from '../entry/entry.ts';
import { rules } from '../entry/rules.ts';
import type { Effect } from '../entry/schema/effect.ts';
import type { Role } from '../grant/roles.ts';
import { textBytes } from '../hash.ts';
import type { DeviceKey, EntryId, Fingerprint, MemberId } from '../ids.ts';
import type { SpaceMode } from '../space-mode.ts';
import { readEntryRow } from './read-row.ts';
import type { EntryRow } from './row.ts';

/** Who did something. */
export interface Author {
  readonly device: DeviceKey;
  readonly member: MemberId;
  readonly role: Role;
}

export interface Fact {
  readonly id: EntryId;
  readonly seq: number;
  readonly place: number;
  readonly received: number;
  /** When it happened, as shown, ms: the author's time, or the receive time if the author's was ahead. */
  readonly time: number;
  readonly author: Author;
  /** The space's mode when it was judged. */
  readonly mode: SpaceMode;
  /** What its entry takes. */
  readonly bytes: number;
  /** Null if this build cannot read it. Texts are cut to the length that records show. */
  readonly effect: Effect | null;
}

/** The longest part of a message that any record shows. */
const PREVIEW = 200;

/** The order of a conversation: by place, then by number. */
export const inOrder = (a: Fact, b: Fact): number =>
  a.place - b.place || a.seq - b.seq || (a.id < b.id ? -1 : Number(a.id > b.id));

/** The fact of a row whose entry has been read; `content` is null for a kind of a newer build. */
export function factOf(
  row: Pick<EntryRow, 'seq' | 'place' | 'received' | 'verdict' | 'entry'>,
  { id, author: device, time }: Pick<Entry, 'id' | 'author' | 'time'>,
  content: Content | null,
): Fact {
  const { seq, place, received, verdict } = row;
  return {
    id,
    seq,
    place,
    received,
    time: Math.min(time, received),
    author: { device, member: verdict.member, role: verdict.role },
    mode: verdict.mode,
    bytes: row.entry.length,
    effect: content && shortened(rules.effectOf(content)),
  };
}

/** The fact of a row. Never throws. */
export function factOfRow(row: EntryRow, community: Fingerprint): Fact {
  const { id, read } = readEntryRow(row, community);
  const entry = read?.entry ?? { author: '' as DeviceKey, time: row.received };
  return factOf(row, { ...entry, id }, read && read.content);
}

function shortened(effect: Effect): Effect {
  const { says } = effect;
  if (says === undefined || says.length <= PREVIEW) return effect;
  // Encoded and decoded: otherwise the short text would keep the long one in memory.
  return { ...effect, says: decodeUtf8(textBytes(cutText(says, PREVIEW))) };
}
