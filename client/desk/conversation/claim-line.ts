/** Who has the conversation, told whenever two could answer unknowingly. */
import type { DeskWords } from '../../locales/desk-words.ts';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { ThreadState } from '../../store/conversation/thread-state.ts';

export interface ClaimLine {
  readonly kind: 'closed' | 'kept' | 'other' | 'none' | 'lost';
  readonly tone: 'warn' | 'calm';
  readonly strong: string;
  readonly text: string;
  readonly action: 'claim' | 'reopen' | null;
  /** What the button of it says. */
  readonly label: string;
}

/** Null when there is nothing to say: it is mine, and the others know. */
export function claimLine(
  thread: ThreadState,
  state: Pick<DeskState, 'canClaim' | 'limit'>,
  words: DeskWords,
): ClaimLine | null {
  const { conversation, visitor } = words;
  if (thread.closed) {
    return {
      kind: 'closed',
      tone: 'calm',
      strong: conversation.closed,
      text: conversation.closedText,
      action: 'reopen',
      label: conversation.reopen,
    };
  }
  if (thread.claim === null) {
    const answered = thread.items.some((item) => item.type === 'message' && item.mine);
    const text = answered ? conversation.claimLostText : conversation.claimNoneText;
    return {
      kind: answered ? 'lost' : 'none',
      tone: 'calm',
      strong: answered ? conversation.claimLost : conversation.claimNone,
      text: state.canClaim ? text : words.inbox.limit(state.limit),
      action: 'claim',
      label: answered ? conversation.claimAgain : conversation.claim,
    };
  }
  if (!thread.claim.mine) {
    return {
      kind: 'other',
      tone: 'warn',
      strong: conversation.claimOther(thread.claim.by.name || visitor),
      text: conversation.claimOtherText,
      action: null,
      label: '',
    };
  }
  if (thread.claim.numbered) return null;
  return {
    kind: 'kept',
    tone: 'warn',
    strong: conversation.claimMineKept,
    text: conversation.claimMineKeptText,
    action: null,
    label: '',
  };
}
