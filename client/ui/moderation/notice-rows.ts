/** Decisions in a list, for the widget and the desk: each can be sent away. */
import { type TemplateResult, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { moderationWords } from '../../locales/moderation-words.ts';
import type { DecisionView, ModerationActs } from '../../store/moderation/moderation-state.ts';
import './comptoir-decision.ts';

export function noticeRows(
  notices: readonly DecisionView[],
  lang: string,
  acts: Pick<ModerationActs, 'appeal' | 'seen' | 'dismiss'>,
): unknown {
  const words = moderationWords(lang);
  return repeat(
    notices,
    ({ reference }) => reference,
    (decision): TemplateResult =>
      html`<comptoir-decision
        class="notice"
        .decision=${decision}
        .locale=${lang}
        @comptoir-appeal=${({ reference, text }: GlobalEventHandlersEventMap['comptoir-appeal']) =>
          void acts.appeal(reference, text)}
        @comptoir-decision-seen=${() => acts.seen(decision.references, true)}
      >
        <button type="button" @click=${() => acts.dismiss(decision.reference)}>
          ${words.dismiss}
        </button>
      </comptoir-decision>`,
  );
}
