/** An open space on the first screen: the invitation to help, and what others ask. */
import { type TemplateResult, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { OpenSpaceWords } from '../../locales/open-space-fr.ts';
import { openSpaceWords } from '../../locales/open-space-words.ts';
import type { OpenQuestion } from '../../store/chat/open-space.ts';
import { handHelpingIcon } from '../../ui/more-icons.ts';
import { chevronRightIcon, xIcon } from '../../ui/icons.ts';
import { unbroken } from '../../ui/unbroken.ts';
import { iconButton } from '../screen/bar.ts';
import type { PanelContext } from '../screen/panel-context.ts';

/** Questions in sight before the others are asked for. */
const FIRST = 3;

export function openSection(context: PanelContext): TemplateResult | typeof nothing {
  const { state, common } = context;
  const { open, network } = state;
  if (!open) return nothing;
  const words = openSpaceWords(common.lang);
  const listed = open.questions.filter(({ id }) => id !== open.invitation?.id);
  const first = listed.slice(0, FIRST);
  const others = listed.slice(FIRST);
  // The live region is there before there is an invitation: otherwise nobody would hear it come.
  return html`<div role="status">${invitationCard(open.invitation, words, context)}</div>
    <div class="section">
      <h3 class="section-title">${words.questions}</h3>
      ${network.type === 'offline' ? html`<p class="fine start">${words.beforeCut}</p>` : nothing}
      ${
        listed.length === 0
          ? html`<p class="fine start">${words.noQuestions}</p>`
          : list(first, words, context)
      }
      ${
        others.length === 0
          ? nothing
          : html`<details class="others">
              <summary>${words.moreQuestions(others.length)}</summary>
              ${list(others, words, context)}
            </details>`
      }
    </div>`;
}

function invitationCard(
  question: OpenQuestion | null,
  words: OpenSpaceWords,
  context: PanelContext,
): TemplateResult | typeof nothing {
  if (!question) return nothing;
  return html`<div class="invitation">
    ${handHelpingIcon}
    <button type="button" class="body" @click=${() => show(question, context)}>
      <b>${words.invitation}</b>
      <span class="said cut-2">${unbroken(question.text)}</span>
    </button>
    ${iconButton(words.putAway, xIcon, () => context.dismissInvitation())}
  </div>`;
}

const list = (
  questions: readonly OpenQuestion[],
  words: OpenSpaceWords,
  context: PanelContext,
): TemplateResult =>
  html`<ul class="rows card">
    ${repeat(
      questions,
      ({ id }) => id,
      (question) =>
        html`<li>
          <button type="button" class="row" @click=${() => show(question, context)}>
            <span
              ><span class="said cut-2">${unbroken(question.text)}</span
              ><span class="small"
                >${context.common.asked(question.askedAt, context.now)},
                ${words.answerersCount(question.answerers)}</span
              ></span
            >
            ${chevronRightIcon}
          </button>
        </li>`,
    )}
  </ul>`;

const show = ({ id }: OpenQuestion, context: PanelContext): void =>
  context.show({ type: 'thread', id });
