/** What the list and the launcher say of a conversation. */
import type { ConversationId } from '../../../shared/ids.ts';
import type { Person } from '../person.ts';

/** One of the visitor's conversations, in the list. */
export interface ConversationSummary {
  readonly id: ConversationId;
  readonly title: string;
  /** Whether the question is hidden, so that it has no title. */
  readonly hidden?: boolean;
  /** Last message and whose; empty while loading. */
  readonly last: string;
  readonly lastMine: boolean;
  /** The name of whoever said it, if somebody else did and has one. */
  readonly lastBy?: string;
  readonly lastAt: number;
  readonly unread: number;
  readonly answerers: readonly Person[];
  readonly closed: boolean;
  /** The visitor asked, and nobody has answered. */
  readonly waiting: boolean;
  /** Own messages that no relay has. */
  readonly kept: number;
}

/** A message that the visitor has not seen. */
export interface Unread {
  readonly conversation: ConversationId;
  readonly id: string;
  readonly from: Person;
  readonly text: string;
  readonly time: number;
}
