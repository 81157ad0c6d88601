/** The visitor's conversations. */
import { type TemplateResult, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ConversationSummary } from '../../store/chat/summaries.ts';
import { moderationWords } from '../../locales/moderation-words.ts';
import { avatar } from '../../ui/avatar.ts';
import { checkIcon, clockIcon, markIcon, plusIcon, smartphoneIcon } from '../../ui/more-icons.ts';
import { bar } from '../screen/bar.ts';
import { type ConversationContext, withConversationWords } from './conversation-context.ts';
import { noticeList } from './notice-list.ts';
import type { PanelContext } from '../screen/panel-context.ts';

export function conversationListView(given: PanelContext): TemplateResult {
  const context = withConversationWords(given);
  const { state, words } = context;
  return html`${bar(context, {
      title: words.conversations,
      below: html`<p class="presence">${words.conversationsHow}</p>`,
      back: context.back,
    })}
    <div class="scroll">
      ${noticeList(context)}
      ${
        state.conversations.length === 0
          ? html`<div class="empty">
              ${markIcon}
              <h3>${words.conversationsEmpty}</h3>
              <p>${words.conversationsEmptyHow}</p>
            </div>`
          : html`<ul class="conversations">
              ${repeat(
                state.conversations,
                ({ id }) => id,
                (one) => html`<li>${summaryRow(one, context)}</li>`,
              )}
            </ul>`
      }
    </div>
    <div class="foot">
      <button
        type="button"
        class="button primary wide"
        @click=${() => context.show({ type: 'welcome' })}
      >
        ${plusIcon}${words.newQuestion}
      </button>
    </div>`;
}

function summaryRow(summary: ConversationSummary, context: ConversationContext): TemplateResult {
  const { words, common, now } = context;
  const { id, title, last, lastMine, lastBy, lastAt, unread, answerers } = summary;
  const said = lastMine ? words.mine(last) : lastBy ? words.theirs(lastBy, last) : last;
  const open = (): void => context.show({ type: 'thread', id });
  return html`<button
    type="button"
    class="conversation ${unread > 0 ? 'fresh' : ''}"
    part="conversation"
    @click=${open}
  >
    ${avatar(answerers.at(-1) ?? null, 'm', answerers.length > 0)}
    <span class="text">
      <span class="line"
        ><b class="cut said"
          >${title || (summary.hidden ? moderationWords(common.lang).hidden : common.loading)}</b
        >${
          lastAt > 0
            ? html`<time datetime=${new Date(lastAt).toISOString()}
                >${common.shortDate(lastAt, now)}</time
              >`
            : nothing
        }</span
      >
      <span class="line"
        ><span class="last cut said">${said}</span>${
          unread > 0
            ? html`<span class="count"
                ><span aria-hidden="true">${unread}</span
                ><span class="sr">${words.unread(unread)}</span></span
              >`
            : nothing
        }</span
      >
      ${summaryBadge(summary, context)}
    </span>
  </button>`;
}

function summaryBadge(
  { kept, closed, waiting }: ConversationSummary,
  { words }: ConversationContext,
): TemplateResult | typeof nothing {
  if (kept > 0)
    return html`<span class="badge" data-tone="warn">${smartphoneIcon}${words.toSend}</span>`;
  if (closed) return html`<span class="badge">${checkIcon}${words.done}</span>`;
  if (waiting) return html`<span class="badge">${clockIcon}${words.waiting}</span>`;
  return nothing;
}
