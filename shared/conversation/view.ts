/** What every screen shows of a conversation: the result of `fold`. */
import type { ConversationId, EntryId, SpaceId } from '../ids.ts';
import type { Page } from '../entry/schema/field.ts';
import type { NoteName } from '../entry/schema/kind.ts';
import type { Author } from './fact.ts';

interface Item {
  readonly id: EntryId;
  readonly author: Author;
  /** When it happened, as shown, ms: the author's time, or the receive time if the author's was ahead. */
  readonly time: number;
  /** Its number in the room; null until the relay has answered. */
  readonly seq: number | null;
}

/** Something said: the question, or what follows. */
export interface Message extends Item {
  readonly type: 'message';
  readonly text: string;
  /** What it answers; null for nothing. It may be gone, or of somewhere else. */
  readonly quotes: EntryId | null;
}

/** Something done, told in one line between messages. */
export interface Note extends Item {
  readonly type: 'note';
  readonly note: NoteName;
}

/** A message that is hidden, where it was. Its author and its text are not known here. */
export interface Hidden {
  readonly type: 'hidden';
  /** The message. */
  readonly id: EntryId;
  /** Why, as a `HideCause` or a number of a later build. */
  readonly cause: number;
  /** When it was hidden, ms. */
  readonly time: number;
  /** Its number in the room; null while only this device knows that it is hidden. */
  readonly seq: number | null;
}

/** Something from a newer build: "update to see this". */
export interface Unreadable {
  readonly type: 'unreadable';
  readonly id: string;
}

export type TimelineItem = Message | Note | Hidden | Unreadable;

/** Who has the conversation. */
export interface ClaimView {
  readonly id: EntryId;
  readonly author: Author;
  readonly time: number;
  /** Whether the relay has numbered it: if not, "claimed here, not yet known to others". */
  readonly numbered: boolean;
}

/** A conversation as folded from what a device holds. */
export interface ConversationView {
  readonly id: ConversationId;
  /** Null until the `ask` is known. */
  readonly space: SpaceId | null;
  /** Whether everyone in the space may read and answer it. */
  readonly public: boolean;
  readonly asker: Author | null;
  readonly page: Page | null;
  readonly lang: string;
  readonly timeline: readonly TimelineItem[];
  /** Of what its messages quote, what was withdrawn or is hidden. */
  readonly withdrawn: ReadonlySet<EntryId>;
  readonly claim: ClaimView | null;
  /** A claim of this device that waits while somebody else's is numbered: both must see it. */
  readonly contested: ClaimView | null;
  readonly closed: boolean;
  /** People other than the asker who said something, in order of their first message. */
  readonly answerers: readonly Author[];
  /** Entries in the room, for the `full` state. */
  readonly count: number;
  readonly full: boolean;
  /** Highest seq held. */
  readonly lastSeq: number;
}
