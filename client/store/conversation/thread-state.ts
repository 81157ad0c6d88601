/** What a screen shows of one conversation: shared by the widget and the desk. */
import type { ConversationId } from '../../../shared/ids.ts';
import type { LaterWhy, RefusalCode } from '../../../shared/protocol/outcome.ts';
import type { Page } from '../../../shared/entry/schema/field.ts';
import type { DecisionView, ReportView } from '../moderation/moderation-state.ts';
import type { Person } from '../person.ts';

/** Where an own message is: kept on this device → the relay has it → the other side has read it. */
export type Delivery =
  | { readonly type: 'kept' }
  | { readonly type: 'received' }
  | { readonly type: 'read' }
  | { readonly type: 'later'; readonly retryAt: number; readonly why?: LaterWhy }
  | { readonly type: 'held' }
  | { readonly type: 'refused'; readonly code: RefusalCode };

/**
 * What a message answers. Of what was withdrawn or hidden, or is not in this conversation, nothing is shown.
 */
export type Quoted =
  | {
      readonly type: 'message';
      readonly id: string;
      readonly mine: boolean;
      readonly from: Person;
      /** Its first words, on one line. */
      readonly text: string;
    }
  | { readonly type: 'withdrawn' | 'hidden' | 'absent' };

export interface ThreadMessage {
  readonly type: 'message';
  readonly id: string;
  readonly mine: boolean;
  readonly from: Person;
  readonly text: string;
  readonly quoted: Quoted | null;
  /** ms since the epoch. */
  readonly time: number;
  /** Own messages only. */
  readonly delivery: Delivery | null;
  /** Whether the reader may withdraw it. */
  readonly retractable: boolean;
  /** What was decided about it; own messages only. */
  readonly decision?: DecisionView;
  /** Whether the reader may report it. */
  readonly reportable?: boolean;
}

/** A message that is hidden, in its place. */
export interface ThreadHidden {
  readonly type: 'hidden';
  /** The message's. */
  readonly id: string;
  /** Whether only this device hides it so far. */
  readonly here: boolean;
  /** Whether the report that hides it can be taken back. */
  readonly undoable?: boolean;
  /** What was decided about it, if it is the reader's own. */
  readonly decision?: DecisionView;
}

export interface ThreadNote {
  readonly type: 'note';
  readonly id: string;
  readonly note:
    'claimed' | 'released' | 'lapsed' | 'closed' | 'reopened' | 'retracted' | 'contested';
  readonly mine: boolean;
  readonly from: Person;
  readonly time: number;
  /** For `claimed`: false while only this device knows it. */
  readonly numbered: boolean;
}

/** From a newer build: "update to see this". */
export interface ThreadUnreadable {
  readonly type: 'unreadable';
  readonly id: string;
}

export type ThreadItem = ThreadMessage | ThreadNote | ThreadHidden | ThreadUnreadable;

export interface ThreadState {
  /** `loading` while this device's replica is read; `ready` as soon as something can be shown. */
  readonly status: 'loading' | 'ready' | 'refused';
  readonly id: ConversationId;
  /** The question's first words. */
  readonly title: string;
  readonly page: Page | null;
  /** Everyone here may read and answer it. */
  readonly public: boolean;
  /** The reader is a passer-by: neither the asker nor at the desk. They may write only while it is public. */
  readonly guest: boolean;
  readonly items: readonly ThreadItem[];
  /** Id of the first message that was unread when the reader came. The line stays until they come again. */
  readonly unreadFrom: string | null;
  /** Messages of others not read yet. */
  readonly unread: number;
  readonly typing: readonly Person[];
  /** Whether phone numbers and addresses of e-mail are links. */
  readonly contacts: boolean;
  /** Who has it. `mine`: this member. `numbered`: false while only this device knows. */
  readonly claim: {
    readonly by: Person;
    readonly mine: boolean;
    readonly numbered: boolean;
    readonly time: number;
  } | null;
  /** Others who answered, then who claimed. */
  readonly answerers: readonly Person[];
  /** The asker as the desk sees them; for the widget, the visitor themselves. */
  readonly asker: Person | null;
  readonly closed: boolean;
  /** The conversation is full: offer the text as a new question. */
  readonly full: boolean;
  /** Own messages that no relay has. */
  readonly kept: number;
  /** Whether the reader's reports hide at once, and where those about this conversation are, by message. */
  readonly reporting?: {
    readonly hides: boolean;
    readonly reports: Readonly<Record<string, ReportView>>;
  };
}
