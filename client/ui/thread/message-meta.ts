/** The line under a group of messages: when, and where one's own message is. */
import { type TemplateResult, html, nothing } from 'lit';
import type { MessageWords } from '../../locales/thread-words.ts';
import type { ThreadMessage } from '../../store/conversation/thread-state.ts';
import {
  banIcon,
  checkCheckIcon,
  checkIcon,
  clockIcon,
  hourglassIcon,
  smartphoneIcon,
} from '../more-icons.ts';

export interface MetaActions {
  edit(messageId: string): void;
  withdraw(messageId: string): void;
}

type Shown = TemplateResult | typeof nothing;

/** Not announced: only messages are. */
export function messageMeta(
  message: ThreadMessage,
  words: MessageWords,
  actions: MetaActions,
  now: number,
): Shown {
  const time = html`<time datetime=${new Date(message.time).toISOString()}
    >${words.time(message.time)}</time
  >`;
  const state = deliveryOf(message, words, now);
  const type = message.delivery?.type;
  const alone = type === 'held' || type === 'refused' || type === 'later';
  if (alone && state === nothing) return nothing;
  return html`<p class="meta" part="meta" aria-live="off">
    ${alone ? nothing : time}${
      alone || state === nothing ? nothing : html`<span aria-hidden="true">·</span>`
    }
    ${state}
    ${
      type === 'refused' && !message.decision
        ? html`<button type="button" @click=${() => actions.edit(message.id)}>${words.edit}</button>
            <button type="button" @click=${() => actions.withdraw(message.id)}>
              ${words.withdraw}
            </button>`
        : nothing
    }
  </p>`;
}

function deliveryOf(
  { delivery, decision }: ThreadMessage,
  words: MessageWords,
  now: number,
): Shown {
  switch (delivery?.type) {
    case undefined:
      return nothing;
    case 'kept':
      return html`<span class="state">${smartphoneIcon}${words.kept}</span>`;
    case 'received':
      return html`<span class="state">${checkIcon}${words.received}</span>`;
    case 'read':
      return html`<span class="state read">${checkCheckIcon}<span>${words.read}</span></span>`;
    case 'later':
      return html`<span class="state"
        >${clockIcon}<span>${words.later(delivery.retryAt - now, delivery.why)}</span></span
      >`;
    case 'held':
      return html`<span class="state">${hourglassIcon}<span>${words.held}</span></span>`;
    case 'refused':
      // What was decided says more, below.
      if (decision) return nothing;
      return html`<span class="state"
        >${banIcon}<span>${words.refused[delivery.code] ?? words.refusedElse}</span></span
      >`;
  }
}
