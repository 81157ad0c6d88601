/** The inbox: who waits, what is mine, what is closed. */
import { type TemplateResult, html, nothing, unsafeCSS } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AskSummary, DeskState, DeskTab } from '../../store/desk/desk-state.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import { define } from '../../ui/define.ts';
import { markIcon } from '../../ui/more-icons.ts';
import { DeskElement } from '../desk-element.ts';
import { deskSheets } from '../desk-sheets.ts';
import { deskLines } from '../desk-lines.ts';
import { askItem } from './ask-item.ts';
import css from './inbox.css?inline';

const TABS: readonly DeskTab[] = ['waiting', 'mine', 'closed'];

/** @tag comptoir-desk-inbox */
export class ComptoirDeskInbox extends DeskElement {
  static override styles = [...deskSheets, unsafeCSS(css)];

  /** The conversation whose line has the focus. */
  get focusedAsk(): ConversationId | null {
    const line = this.shadowRoot?.activeElement?.closest<HTMLElement>('.ask');
    return (line?.dataset['id'] as ConversationId | undefined) ?? null;
  }

  /** Moves the focus along the lines; from elsewhere to the open one, else to the first. */
  move(step: 1 | -1): void {
    const lines = this.#lines();
    const from = this.focusedAsk ?? this.state?.selected ?? null;
    const at = lines.findIndex((line) => line.dataset['id'] === from);
    const to = this.focusedAsk === null ? Math.max(at, 0) : at + step;
    this.#open(lines[Math.min(Math.max(to, 0), lines.length - 1)])?.focus();
  }

  /** Puts the focus on the open conversation's line, else on the chosen tab. */
  focusList(): void {
    const lines = this.#lines();
    const line = lines.find(({ dataset }) => dataset['id'] === this.state?.selected);
    (this.#open(line) ?? this.#tab(this.state?.tab ?? 'waiting'))?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { state, words } = this;
    if (!state) return nothing;
    return html`
      <div class="top">
        <h1>${words.inbox.title}</h1>
        <button
          type="button"
          class="switch push"
          role="switch"
          aria-checked=${state.available ? 'true' : 'false'}
          aria-label=${words.available.label}
          @click=${() => this.intend({ do: 'available', available: !state.available })}
        >
          ${state.available ? words.available.on : words.available.off}<i></i>
        </button>
      </div>
      <div class="lines">
        ${deskLines(state, words, this.common, (intent) => this.intend(intent))}
      </div>
      <div class="scroll">
        <div
          class="tabs"
          role="tablist"
          aria-label=${words.inbox.tabsLabel}
          @keydown=${this.#tabKey}
        >
          ${TABS.map(
            (tab) =>
              html`<button
                type="button"
                role="tab"
                id="tab-${tab}"
                aria-selected=${state.tab === tab ? 'true' : 'false'}
                aria-controls="panel"
                tabindex=${state.tab === tab ? '0' : '-1'}
                @click=${() => this.intend({ do: 'tab', tab })}
              >
                ${words.inbox.tabs[tab]} <span>${state[tab].length}</span>
              </button>`,
          )}
        </div>
        <div
          class="panel"
          id="panel"
          role="tabpanel"
          aria-labelledby="tab-${state.tab}"
          @keydown=${this.#listKey}
        >
          ${this.#list(state)}
        </div>
      </div>
    `;
  }

  #list(state: DeskState): TemplateResult {
    const { words } = this;
    if (state.access.status === 'loading') {
      return html`<p class="sr" role="status">${words.inbox.loading}</p>
        <ul class="bones" aria-hidden="true">
          ${[1, 2, 3].map(() => html`<li><i class="bone short"></i><i class="bone"></i></li>`)}
        </ul>`;
    }
    const asks = state[state.tab];
    const below = state.tab === 'waiting' ? [this.#group('mine'), this.#group('others')] : [];
    const short = below.some((group) => group !== nothing);
    return html`
      ${
        state.tab === 'waiting' && asks.length > 0 && !state.canClaim
          ? html`<p class="limit" id="limit">${words.inbox.limit(state.limit)}</p>`
          : nothing
      }
      ${asks.length > 0 ? this.#asks(asks, state) : this.#empty(state, short)} ${below}
    `;
  }

  /** Under those who wait: what I have, then what others have, so that nobody claims what is claimed. */
  #group(list: 'mine' | 'others'): TemplateResult | typeof nothing {
    const { state, words } = this;
    if (!state || state[list].length === 0) return nothing;
    const title = list === 'mine' ? words.inbox.tabs.mine : words.inbox.others;
    return html`<h2 class="group-title">${title}</h2>
      ${this.#asks(state[list], state)}`;
  }

  #asks(asks: readonly AskSummary[], state: DeskState): TemplateResult {
    return html`<ul>
      ${repeat(
        asks,
        ({ id }) => id,
        (ask) =>
          askItem(ask, {
            state,
            words: this.words,
            common: this.common,
            open: () => this.intend({ do: 'select', id: ask.id }),
            claim: () => this.intend({ do: 'claim', id: ask.id }),
          }),
      )}
    </ul>`;
  }

  #empty(state: DeskState, short: boolean): TemplateResult {
    const { title, text } = this.words.inbox.empty[state.tab];
    const cut = state.network.type !== 'online' && state.tab === 'waiting';
    return html`<div class="blank ${short ? 'short' : ''}">
      ${markIcon}
      ${
        cut
          ? html`<p>${this.words.inbox.emptyOffline}</p>`
          : html`<h2>${title}</h2>
              <p>${text}</p>`
      }
    </div>`;
  }

  readonly #listKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.move(event.key === 'ArrowDown' ? 1 : -1);
  };

  readonly #tabKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.move(1);
      return;
    }
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || !this.state) return;
    event.preventDefault();
    const turn = getComputedStyle(this).direction === 'rtl' ? -step : step;
    const at = TABS.indexOf(this.state.tab);
    const tab = TABS[(at + turn + TABS.length) % TABS.length] ?? 'waiting';
    this.intend({ do: 'tab', tab });
    this.#tab(tab)?.focus();
  };

  #lines(): HTMLElement[] {
    return Array.from(this.renderRoot.querySelectorAll<HTMLElement>('.ask'));
  }

  #open(line: HTMLElement | undefined): HTMLElement | undefined {
    return line?.querySelector<HTMLElement>('.open') ?? undefined;
  }

  #tab(tab: DeskTab): HTMLElement | undefined {
    return this.renderRoot.querySelector<HTMLElement>(`#tab-${tab}`) ?? undefined;
  }
}

define('comptoir-desk-inbox', ComptoirDeskInbox);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-inbox': ComptoirDeskInbox;
  }
}
