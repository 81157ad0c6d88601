/** The open conversation: who asks, who has it, what was said, and the answer being written. */
import { type PropertyValues, type TemplateResult, html, nothing, unsafeCSS } from 'lit';
import { property } from 'lit/decorators.js';
import type { EntryId } from '../../../shared/ids.ts';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { ThreadState } from '../../store/conversation/thread-state.ts';
import type { CannedReply } from '../../../shared/protocol/records.ts';
import { avatar } from '../../ui/avatar.ts';
import '../../ui/composer/comptoir-composer.ts';
import type { ComptoirComposer } from '../../ui/composer/comptoir-composer.ts';
import { define } from '../../ui/define.ts';
import type { AppealEvent } from '../../ui/events/appeal-event.ts';
import type { DecisionSeenEvent } from '../../ui/events/decision-seen-event.ts';
import type { DraftEvent } from '../../ui/events/draft-event.ts';
import type { EditEvent } from '../../ui/events/edit-event.ts';
import type { QuoteEvent } from '../../ui/events/quote-event.ts';
import type { ReportEvent, UnreportEvent } from '../../ui/events/report-event.ts';
import type { SendEvent } from '../../ui/events/send-event.ts';
import type { WithdrawEvent } from '../../ui/events/withdraw-event.ts';
import { chevronLeftIcon, messageSquareTextIcon, wifiOffIcon } from '../../ui/icons.ts';
import { checkIcon, handIcon, undo2Icon, zapIcon } from '../../ui/more-icons.ts';
import { presenceLine, presenceText } from '../../ui/presence.ts';
import { quoteBar } from '../../ui/quote/quote-bar.ts';
import { quoteStyles } from '../../ui/quote/quote-styles.ts';
import '../../ui/thread/comptoir-thread.ts';
import { CannedChoice } from '../canned/canned-choice.ts';
import { cannedPicker } from '../canned/canned-picker.ts';
import { cannedQuery } from '../canned/match-canned.ts';
import { DeskElement } from '../desk-element.ts';
import { panelIcon } from '../desk-icons.ts';
import { deskSheets } from '../desk-sheets.ts';
import { pageName } from '../page-name.ts';
import { type ClaimLine, claimLine } from './claim-line.ts';
import css from './conversation.css?inline';

/** @tag comptoir-desk-conversation */
export class ComptoirDeskConversation extends DeskElement {
  static override styles = [...deskSheets, quoteStyles, unsafeCSS(css)];

  /** While an answer is being kept on the device. */
  @property({ attribute: false }) sending = false;
  /** Whether a pane at the side stands open. */
  @property({ attribute: false }) sideOpen = false;

  readonly #canned = new CannedChoice(() => this.requestUpdate());

  /** Puts the focus where an answer is written; on touch, where no keyboard jumps up. */
  focusAnswer(): void {
    const touch = matchMedia('(pointer: coarse)').matches;
    const target = (touch ? null : this.#composer) ?? this.renderRoot.querySelector('h2');
    target?.focus();
  }

  /** Puts a text into the answer: in place of `/…`, else after what stands there. */
  insert(text: string): void {
    const before = this.state?.draft ?? '';
    const composer = this.#composer;
    if (!composer) return;
    composer.insert(this.#canned.withText(before, text));
    this.#canned.put(composer.value, before);
  }

  /** Opens the list of ready replies, over what is written too, and closes it again. */
  toggleCanned(): void {
    const draft = this.state?.draft ?? '';
    const asksBySlash = cannedQuery(draft) !== null;
    if (this.state && this.#offered(this.state)) {
      if (asksBySlash) this.intend({ do: 'draft', text: '' });
      else this.#canned.dismiss(draft);
    } else if (draft === '') this.#composer?.insert('/');
    else this.#canned.ask(draft);
    this.#composer?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    const draft = this.state?.draft ?? '';
    if (before && (before.draft !== draft || before.selected !== this.state?.selected))
      this.#canned.written(draft);
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
                @comptoir-report=${({ report }: ReportEvent) =>
                  this.intend({ do: 'report', report })}
                @comptoir-unreport=${({ messageId }: UnreportEvent) =>
                  this.intend({ do: 'unreport', message: messageId })}
                @comptoir-appeal=${({ reference, text }: AppealEvent) =>
                  this.intend({ do: 'appeal', reference, text })}
                @comptoir-decision-seen=${({ decision }: DecisionSeenEvent) =>
                  this.intend({
                    do: 'decision-seen',
                    references: decision.references,
                    listed: false,
                  })}
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
                ${this.#claimAction(claim, thread, state)}
              </p>`
            : nothing
        }
      </div>`;
  }

  #claimAction(
    { action, label }: ClaimLine,
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
      ${label}
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
              at: this.#canned.at(replies.length),
              words,
              choose: (reply) => this.insert(reply.text),
            })
          : nothing
      }
      <div role="status">${this.#wayBack(state)}</div>
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

  #offered({ draft, canned }: DeskState): readonly CannedReply[] | null {
    return this.#canned.offered(draft, canned);
  }

  /** As long as nothing else was written since. */
  #wayBack({ draft }: DeskState): TemplateResult | typeof nothing {
    if (this.#canned.wayBack(draft) === null) return nothing;
    const { words } = this;
    return html`<p class="put-in">
      <span>${words.canned.inserted}</span>
      <button type="button" class="button small" @click=${() => this.#takeBack()}>
        ${undo2Icon}${words.undo.undo}
      </button>
    </p>`;
  }

  /** Puts back what was written before a text was put in. */
  #takeBack(): void {
    const before = this.#canned.wayBack(this.state?.draft ?? '');
    if (before !== null) this.#composer?.insert(before);
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
        if (event.key === 'Escape' && this.state?.quotes) this.#drop();
        else if (this.#undoes(event)) this.#takeBack();
        else return;
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const canned = this.#canned;
      const reply = replies[canned.at(replies.length)];
      if (event.key === 'Escape') canned.dismiss(this.state?.draft ?? '');
      else if (event.key === 'ArrowDown') canned.move(replies.length, 1);
      else if (event.key === 'ArrowUp') canned.move(replies.length, -1);
      else if (reply && (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)))
        this.insert(reply.text);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };

  /** The browser's own undo knows nothing of a text that was put in. */
  #undoes({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
    const back = this.#canned.wayBack(this.state?.draft ?? '') !== null;
    return back && key.toLowerCase() === 'z' && (ctrlKey || metaKey) && !shiftKey && !altKey;
  }

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
