/** What a helper wants, as the desk's elements say it: one bubbling event for all of them. */
import type { DeskTab } from '../store/desk/desk-state.ts';
import type { CardFields } from '../store/desk/card/own-card.ts';
import type { BlockDraft } from '../store/desk/office/blocking.ts';
import type { InboxChoice } from '../store/desk/list/inbox-choice.ts';
import type { Reporting } from '../store/moderation/moderation-state.ts';
import type { ConversationId, DecisionId, EntryId, MemberId } from '../../shared/ids.ts';
import type { CannedReply } from '../../shared/protocol/records.ts';

/** What stands beside the conversation, or alone on a phone. */
export type Side = 'context' | 'canned' | 'unsent' | 'settings' | 'card';

export type DeskIntent =
  | { readonly do: 'select'; readonly id: ConversationId | null }
  | { readonly do: 'search'; readonly text: string }
  | { readonly do: 'choose'; readonly choice: InboxChoice }
  | { readonly do: 'tab'; readonly tab: DeskTab }
  | { readonly do: 'claim' | 'release' | 'close'; readonly id: ConversationId }
  /** `claim`: and take it, because it was mine before it was closed. */
  | { readonly do: 'reopen'; readonly id: ConversationId; readonly claim?: boolean }
  /** Opens a conversation and puts back what was withdrawn, to be sent again. */
  | { readonly do: 'restore'; readonly id: ConversationId; readonly text: string }
  | { readonly do: 'available'; readonly available: boolean }
  | { readonly do: 'draft' | 'send'; readonly text: string }
  /** Empty: no message in particular. */
  | { readonly do: 'quote'; readonly message: EntryId | '' }
  | { readonly do: 'withdraw' | 'edit'; readonly message: string; readonly id?: ConversationId }
  | { readonly do: 'report'; readonly report: Reporting }
  /** Takes a report back that never left. */
  | { readonly do: 'unreport'; readonly message: EntryId }
  | { readonly do: 'appeal'; readonly reference: DecisionId; readonly text: string }
  | {
      readonly do: 'decision-seen';
      readonly references: readonly DecisionId[];
      readonly listed: boolean;
    }
  | { readonly do: 'dismiss-decision'; readonly reference: DecisionId }
  | { readonly do: 'insert'; readonly text: string }
  | { readonly do: 'save-canned'; readonly id: string | null; readonly reply: CannedReply }
  | { readonly do: 'remove-canned'; readonly id: string }
  | { readonly do: 'welcome'; readonly step: number | null }
  | { readonly do: 'retry' }
  | { readonly do: 'show'; readonly side: Side }
  | { readonly do: 'hide-side' }
  | { readonly do: 'help' }
  | { readonly do: 'sound' | 'notify' | 'single-keys'; readonly on: boolean }
  | { readonly do: 'lang'; readonly lang: string | null }
  | { readonly do: 'open-card' | 'save-card' | 'remove-photo' }
  | { readonly do: 'edit-card'; readonly fields: CardFields }
  | { readonly do: 'photo'; readonly file: Blob }
  | { readonly do: 'redeem'; readonly name: string }
  | { readonly do: 'look-again' }
  /** Opens the dialog; its acts. */
  | { readonly do: 'ask-block'; readonly person: MemberId }
  | { readonly do: 'block'; readonly draft: BlockDraft }
  | { readonly do: 'lift'; readonly blocks: readonly string[] }
  | { readonly do: 'erase' }
  | { readonly do: 'reload' };

export class DeskIntentEvent extends Event {
  static readonly type = 'comptoir-desk-intent';
  readonly intent: DeskIntent;

  constructor(intent: DeskIntent) {
    super(DeskIntentEvent.type, { bubbles: true, composed: true });
    this.intent = intent;
  }
}

declare global {
  interface HTMLElementEventMap {
    'comptoir-desk-intent': DeskIntentEvent;
  }
}
