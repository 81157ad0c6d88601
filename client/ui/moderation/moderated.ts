/** What a thread shows of moderation: a hidden message's line, and what was decided about an own message. */
import { type TemplateResult, html, nothing } from 'lit';
import type { CommonWords } from '../../locales/common-fr.ts';
import { moderationWords } from '../../locales/moderation-words.ts';
import type { ThreadWords } from '../../locales/thread-fr.ts';
import type { ThreadHidden, ThreadMessage } from '../../store/conversation/thread-state.ts';
import { eyeOffIcon } from '../more-icons.ts';
import './comptoir-decision.ts';

export interface DecisionActions {
  readonly words: CommonWords & ThreadWords;
  edit(messageId: string): void;
  withdraw(messageId: string): void;
  copy(text: string): void;
  takeBack(messageId: string): void;
  /** Passes on what a decision's element tells. */
  pass(event: Event): void;
}

/** One calm line in the message's place, and for its author what was decided. */
export function hiddenLine(item: ThreadHidden, context: DecisionActions): TemplateResult {
  const words = moderationWords(context.words.lang);
  return html`<span class="hidden-line"
      >${eyeOffIcon}<span>${item.here ? words.hiddenHere : words.hidden}</span></span
    >
    ${
      item.undoable
        ? html`<button type="button" class="undo-hide" @click=${() => context.takeBack(item.id)}>
            ${words.hiddenUndo}
          </button>`
        : nothing
    }
    ${
      item.decision
        ? html`<comptoir-decision
            ?bare=${item.decision.what === 'hidden'}
            .decision=${item.decision}
            .locale=${context.words.lang}
            @comptoir-appeal=${context.pass}
            @comptoir-decision-seen=${context.pass}
          ></comptoir-decision>`
        : nothing
    }`;
}

/** Under an own message: what was decided, and what its author can do. */
export function ownDecision(
  { id, text, decision, delivery }: ThreadMessage,
  context: DecisionActions,
): TemplateResult | typeof nothing {
  if (!decision) return nothing;
  const words = moderationWords(context.words.lang);
  const isRefused = delivery?.type === 'refused';
  const act = (label: string, run: () => void): TemplateResult =>
    html`<button type="button" @click=${run}>${label}</button>`;
  return html`<comptoir-decision
    ?bare=${decision.what === 'held' && delivery?.type === 'held'}
    .decision=${decision}
    .locale=${context.words.lang}
    @comptoir-appeal=${context.pass}
    @comptoir-decision-seen=${context.pass}
  >
    ${
      isRefused
        ? html`${act(decision.what === 'change-asked' ? words.edit : context.words.edit, () =>
            context.edit(id),
          )}
          ${act(words.copy, () => context.copy(text))}
          ${act(context.words.withdraw, () => context.withdraw(id))}`
        : nothing
    }
  </comptoir-decision>`;
}
