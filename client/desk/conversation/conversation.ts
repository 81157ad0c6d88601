/** The open conversation: who asks, who has it, what was said, and the answer being written. */
import { type PropertyValues, type TemplateResult, html, nothing, unsafeCSS } from 'lit';
import { property, state as reactive } from 'lit/decorators.js';
import type { EntryId } from '../../../shared/ids.ts';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { ThreadState } from '../../store/conversation/thread-state.ts';
import type { CannedReply } from '../../../shared/protocol/records.ts';
import { avatar } from '../../ui/avatar.ts';
import '../../ui/composer/comptoir-composer.ts';
import type { ComptoirComposer } from '../../ui/composer/comptoir-composer.ts';
import { define } from '../../ui/define.ts';
import type { DraftEvent } from '../../ui/events/draft-event.ts';
import type { EditEvent } from '../../ui/events/edit-event.ts';
import type { QuoteEvent } from '../../ui/events/quote-event.ts';
import type { SendEvent } from '../../ui/events/send-event.ts';
import type { WithdrawEvent } from '../../ui/events/withdraw-event.ts';
import { chevronLeftIcon, messageSquareTextIcon, wifiOffIcon } from '../../ui/icons.ts';
import { checkIcon, handIcon, undo2Icon, zapIcon } from '../../ui/more-icons.ts';
import { presenceLine, presenceText } from '../../ui/presence.ts';
import { quoteBar } from '../../ui/quote/quote-bar.ts';
import { quoteStyles } from '../../ui/quote/quote-styles.ts';
import '../../ui/thread/comptoir-thread.ts';
import { cannedPicker } from '../canned/canned-picker.ts';
import { cannedQuery, matchCanned } from '../canned/match-canned.ts';
import { DeskElement } from '../desk-element.ts';
import { panelIcon } from '../desk-icons.ts';
import { deskSheets } from '../desk-sheets.ts';
import { pageName } from '../page-name.ts';
import { claimLine } from './claim-line.ts';
import css from './conversation.css?inline';

/** @tag comptoir-desk-conversation */
export class ComptoirDeskConversation extends DeskElement {
  static override styles = [...deskSheets, quoteStyles, unsafeCSS(css)];

  /** While an answer is being kept on the device. */
  @property({ attribute: false }) sending = false;
  /** Whether a pane at the side stands open. */
  @property({ attribute: false }) sideOpen = false;

  /** Which ready reply is chosen. */
  @reactive() private chosen = 0;
  /** The draft for which the list was sent away. */
  @reactive() private dismissed: string | null = null;

  /** Puts the focus where an answer is written; on touch, where no keyboard jumps up. */
  focusAnswer(): void {
    const touch = matchMedia('(pointer: coarse)').matches;
    const target = (touch ? null : this.#composer) ?? this.renderRoot.querySelector('h2');
    target?.focus();
  }

  /** Puts a ready reply into the answer: in place of `/…`, else after what stands there. */
  insert(text: string): void {
    const draft = this.state?.draft ?? '';
    const before = cannedQuery(draft) === null ? draft : '';
    this.#composer?.insert(before && !/\s$/u.test(before) ? `${before} ${text}` : before + text);
  }

  /** Opens the list of ready replies if nothing is written yet, and closes it again. */
  toggleCanned(): void {
    const { state } = this;
    if (state && this.#offered(state)) this.intend({ do: 'draft', text: '' });
    else if (!state?.draft) this.#composer?.insert('/');
    else this.dismissed = null;
    this.#composer?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    if (before && before.draft !== this.state?.draft) {
      this.chosen = 0;
      if (this.dismissed !== this.state?.draft) this.dismissed = null;
    }
  }

  protected override updated(): void {
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { state, words } = this;
    if (!state) return nothing;
    const { thread } = state;
    if (!thread) {
      return html`<div class="body">
        <div class="blank">
          ${messageSquareTextIcon}
          <h2 tabindex="-1">${words.conversation.pickTitle}</h2>
          <p>${words.conversation.pick}</p>
        </div>
      </div>`;
    }
    return html`
      ${this.#header(thread)}
      <div class="lines">${this.#lines(thread, state)}</div>
      <div class="body">
        ${
          thread.status === 'refused'
            ? html`<div class="blank">
                <h2>${words.conversation.refused}</h2>
                <p>${words.conversation.refusedText}</p>
              </div>`
            : html`<comptoir-thread
                .thread=${thread}
                .ahead=${state.ahead}
                .locale=${this.language}
                .quotable=${thread.status === 'ready' && !thread.closed && !thread.full}
                @comptoir-quote=${this.#quote}
                @comptoir-withdraw=${this.#withdraw}
                @comptoir-edit=${this.#edit}
              ></comptoir-thread>`
        }
      </div>
      ${thread.status === 'refused' || thread.closed ? nothing : this.#footer(thread, state)}
    `;
  }

  #header(thread: ThreadState): TemplateResult {
    const { words } = this;
    const { conversation } = words;
    const mine = thread.claim?.mine === true;
    return html`<div class="top">
      <button
        type="button"
        class="icon-button only-phone"
        aria-label=${conversation.back}
        @click=${() => this.intend({ do: 'select', id: null })}
      >
        ${chevronLeftIcon}
      </button>
      <span class="not-phone">${avatar(thread.asker)}</span>
      <div class="title cut">
        <h2 class="cut said" tabindex="-1">${thread.title || conversation.label}</h2>
        ${this.#presence(thread)}
      </div>
      <span class="push"></span>
      <div class="actions">
        ${
          mine && !thread.closed
            ? html`<button
                type="button"
                class="button small"
                title=${conversation.release}
                @click=${() => this.intend({ do: 'release', id: thread.id })}
              >
                ${undo2Icon}<span class="word">${conversation.release}</span>
              </button>`
            : nothing
        }
        ${
          thread.closed
            ? nothing
            : html`<button
                type="button"
                class="button small"
                title=${conversation.close}
                @click=${() => this.intend({ do: 'close', id: thread.id })}
              >
                ${checkIcon}<span class="word">${conversation.close}</span>
              </button>`
        }
        <button
          type="button"
          class="button small side-button"
          aria-pressed=${this.sideOpen ? 'true' : 'false'}
          @click=${() =>
            this.intend(this.sideOpen ? { do: 'hide-side' } : { do: 'show', side: 'context' })}
        >
          ${panelIcon}<span class="word">${conversation.context}</span>
        </button>
      </div>
    </div>`;
  }

  #presence(thread: ThreadState): TemplateResult {
    const { words, common, state } = this;
    const presence = thread.asker?.presence ?? { type: 'unknown' as const };
    const page = thread.page ? pageName(thread.page) : '';
    const text =
      presence.type === 'unknown'
        ? words.conversation.presenceUnknown
        : presenceText(presence, common, state?.at ?? Date.now());
    const where =
      presence.type === 'here' && page ? `${text}, ${words.conversation.onPage(page)}` : text;
    return presenceLine(presence.type, thread.public ? `${words.inbox.public}, ${where}` : where);
  }

  #lines(thread: ThreadState, state: DeskState): TemplateResult {
    const { words } = this;
    const claim = claimLine(thread, state, words);
    return html`${
        state.network.type === 'offline'
          ? html`<p class="netline">
              ${wifiOffIcon}<span
                ><b>${state.network.browser ? words.network.offline : this.common.away}</b>
                ${words.network.conversationOffline}</span
              >
            </p>`
          : nothing
      }
      <div role="status">
        ${
          claim
            ? html`<p class="netline claim" data-tone=${claim.tone} data-claim=${claim.kind}>
                ${claim.kind === 'closed' ? checkIcon : handIcon}<span
                  ><b>${claim.strong}</b> ${claim.text}</span
                >
                ${this.#claimAction(claim.action, thread, state)}
              </p>`
            : nothing
        }
      </div>`;
  }

  #claimAction(
    action: 'claim' | 'reopen' | 'release' | null,
    thread: ThreadState,
    state: DeskState,
  ): TemplateResult | typeof nothing {
    if (action === null) return nothing;
    const blocked = action === 'claim' && !state.canClaim;
    return html`<button
      type="button"
      class="button small ${blocked ? '' : 'primary'}"
      aria-disabled=${blocked ? 'true' : nothing}
      @click=${() => this.intend({ do: action, id: thread.id })}
    >
      ${this.words.conversation[action]}
    </button>`;
  }

  #footer(thread: ThreadState, state: DeskState): TemplateResult {
    const { words } = this;
    if (thread.full) return html`<footer><p class="full">${words.conversation.full}</p></footer>`;
    const replies = this.#offered(state);
    return html`<footer @keydown=${this.#keys}>
      ${
        replies
          ? cannedPicker({
              replies,
              at: Math.min(this.chosen, Math.max(replies.length - 1, 0)),
              words,
              choose: (reply) => this.insert(reply.text),
            })
          : nothing
      }
      ${quoteBar({
        thread,
        quotes: state.quotes,
        locale: this.language,
        drop: () => this.#drop(),
      })}
      <comptoir-composer
        .value=${state.draft}
        .locale=${this.language}
        .busy=${this.sending}
        .placeholder=${state.network.type === 'offline' ? words.conversation.answerOffline : words.conversation.answer}
        @comptoir-draft=${(event: DraftEvent) => this.intend({ do: 'draft', text: event.text })}
        @comptoir-send=${(event: SendEvent) => this.intend({ do: 'send', text: event.text })}
      >
        <button
          slot="start"
          type="button"
          class="icon-button canned-button"
          aria-label=${words.conversation.canned}
          @click=${() => this.toggleCanned()}
        >
          ${zapIcon}
        </button>
      </comptoir-composer>
    </footer>`;
  }

  /** The ready replies to offer now, or null when none are asked for. */
  #offered(state: DeskState): readonly CannedReply[] | null {
    const query = cannedQuery(state.draft);
    if (query === null || this.dismissed === state.draft) return null;
    return matchCanned(state.canned, query);
  }

  /** Answers no message in particular any more. */
  #drop(): void {
    this.intend({ do: 'quote', message: '' });
    this.#composer?.focus();
  }

  /**
   * Before the composer sees them: while the list is open, Enter chooses and does not send. Escape closes the
   * innermost: the list, then the message that is answered.
   */
  readonly #keys = {
    capture: true,
    handleEvent: (event: KeyboardEvent): void => {
      const replies = this.state ? this.#offered(this.state) : null;
      if (event.isComposing) return;
      if (!replies) {
        if (event.key !== 'Escape' || !this.state?.quotes) return;
        event.preventDefault();
        event.stopPropagation();
        this.#drop();
        return;
      }
      const last = Math.max(replies.length - 1, 0);
      const at = Math.min(this.chosen, last);
      const reply = replies[at];
      if (event.key === 'Escape') this.dismissed = this.state?.draft ?? null;
      else if (event.key === 'ArrowDown') this.chosen = at === last ? 0 : at + 1;
      else if (event.key === 'ArrowUp') this.chosen = at === 0 ? last : at - 1;
      else if (reply && (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)))
        this.insert(reply.text);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };

  get #composer(): ComptoirComposer | null {
    return this.renderRoot.querySelector('comptoir-composer');
  }

  readonly #quote = (event: QuoteEvent): void => {
    this.intend({ do: 'quote', message: event.messageId as EntryId });
    this.#composer?.focus();
  };

  readonly #withdraw = (event: WithdrawEvent): void => {
    this.intend({ do: 'withdraw', message: event.messageId });
  };

  readonly #edit = (event: EditEvent): void => {
    this.intend({ do: 'edit', message: event.messageId });
    this.#composer?.focus();
  };
}

define('comptoir-desk-conversation', ComptoirDeskConversation);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-conversation': ComptoirDeskConversation;
  }
}
