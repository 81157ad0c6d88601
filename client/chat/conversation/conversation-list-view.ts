/** The visitor's conversations. */
import { type TemplateResult, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { TalkSummary } from '../../store/chat/summaries.ts';
import { avatar } from '../../ui/avatar.ts';
import { checkIcon, clockIcon, markIcon, plusIcon, smartphoneIcon } from '../../ui/more-icons.ts';
import { bar } from '../screen/bar.ts';
import { type ConversationContext, withConversationWords } from './conversation-context.ts';
import type { PanelContext } from '../screen/panel-context.ts';

export function conversationListView(given: PanelContext): TemplateResult {
  const context = withConversationWords(given);
  const { state, words } = context;
  const welcome = (): void => context.show({ type: 'welcome' });
  return html`${bar(context, {
      title: words.talks,
      below: html`<p class="presence">${words.talksHow}</p>`,
      back: welcome,
    })}
    <div class="scroll">
      ${
        state.talks.length === 0
          ? html`<div class="empty">
              ${markIcon}
              <h3>${words.talksEmpty}</h3>
              <p>${words.talksEmptyHow}</p>
            </div>`
          : html`<ul class="talks">
              ${repeat(
                state.talks,
                ({ id }) => id,
                (talk) => html`<li>${talkRow(talk, context)}</li>`,
              )}
            </ul>`
      }
    </div>
    <div class="foot">
      <button type="button" class="button primary wide" @click=${welcome}>
        ${plusIcon}${words.newQuestion}
      </button>
    </div>`;
}

function talkRow(talk: TalkSummary, context: ConversationContext): TemplateResult {
  const { words, common, now } = context;
  const { id, title, last, lastMine, lastAt, unread, answerers } = talk;
  const open = (): void => context.show({ type: 'thread', id });
  return html`<button
    type="button"
    class="talk ${unread > 0 ? 'fresh' : ''}"
    part="talk"
    @click=${open}
  >
    ${avatar(answerers.at(-1) ?? null, 'm', answerers.length > 0)}
    <span class="text">
      <span class="line"
        ><b class="cut said">${title || common.loading}</b>${
          lastAt > 0
            ? html`<time datetime=${new Date(lastAt).toISOString()}
                >${common.shortDate(lastAt, now)}</time
              >`
            : nothing
        }</span
      >
      <span class="line"
        ><span class="last cut said">${lastMine ? words.mine(last) : last}</span>${
          unread > 0
            ? html`<span class="count"
                ><span aria-hidden="true">${unread}</span
                ><span class="sr">${words.unread(unread)}</span></span
              >`
            : nothing
        }</span
      >
      ${talkBadge(talk, context)}
    </span>
  </button>`;
}

function talkBadge(
  { kept, closed, waiting }: TalkSummary,
  { words }: ConversationContext,
): TemplateResult | typeof nothing {
  if (kept > 0)
    return html`<span class="badge" data-tone="warn">${smartphoneIcon}${words.toSend}</span>`;
  if (closed) return html`<span class="badge">${checkIcon}${words.done}</span>`;
  if (waiting) return html`<span class="badge">${clockIcon}${words.waiting}</span>`;
  return nothing;
}
