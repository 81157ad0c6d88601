/** The inbox: who waits, what is mine, what is closed. */
import { type TemplateResult, html, nothing, unsafeCSS } from 'lit';
import { state as reactive } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AskSummary, DeskState, DeskTab } from '../../store/desk/desk-state.ts';
import { EVERYTHING, isEverything } from '../../store/desk/list/inbox-choice.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import { noticeRows } from '../../ui/moderation/notice-rows.ts';
import { noticeStyles } from '../../ui/moderation/notice-styles.ts';
import { define } from '../../ui/define.ts';
import { markIcon } from '../../ui/more-icons.ts';
import { DeskElement } from '../desk-element.ts';
import { deskSheets } from '../desk-sheets.ts';
import { deskLines } from '../desk-lines.ts';
import { avatar } from '../../ui/avatar.ts';
import { type AskItemOptions, askItem, pinnedItem } from './ask-item.ts';
import { GrowsOnScroll } from './grows-on-scroll.ts';
import { type PersonRows, inboxRows, pagesOf } from './inbox-rows.ts';
import { inboxTools } from './inbox-tools.ts';
import css from './inbox.css?inline';

const TABS: readonly DeskTab[] = ['waiting', 'mine', 'closed'];
/** With fewer conversations a glance finds more than a search. */
const WORTH_SEARCHING = 6;
/** Of one person so many questions show, and the rest on a press. */
const SHOWN_OF_ONE = 3;

/** @tag comptoir-desk-inbox */
export class ComptoirDeskInbox extends DeskElement {
  static override styles = [...deskSheets, noticeStyles, unsafeCSS(css)];

  /** A list of 500 costs no more at each change than what is in sight of it. */
  readonly #drawn = new GrowsOnScroll(this);

  /** Until somebody says: in sight if something was chosen, so that nobody wonders where the rest is. */
  @reactive() private toolsOpen: boolean | null = null;
  /** People whose every question shows. */
  @reactive() private unfolded: ReadonlySet<string> = new Set();

  /** The conversation whose line has the focus. */
  get focusedAsk(): ConversationId | null {
    const line = this.shadowRoot?.activeElement?.closest<HTMLElement>('.ask');
    return (line?.dataset['id'] as ConversationId | undefined) ?? null;
  }

  /** Moves the focus along the lines; from elsewhere to the open one, else to the oldest that waits. */
  move(step: 1 | -1): void {
    const lines = this.#lines();
    const from = this.focusedAsk ?? this.state?.selected ?? null;
    const at = lines.findIndex((line) => line.dataset['id'] === from);
    const oldest = lines.findIndex((line) => !line.classList.contains('pinned'));
    const first = at >= 0 ? at : Math.max(oldest, 0);
    const to = this.focusedAsk === null ? first : at + step;
    this.#open(lines[Math.min(Math.max(to, 0), lines.length - 1)])?.focus();
  }

  /** Puts the focus on the open conversation's line, else on the chosen tab; the list stays where it is. */
  override rest(): void {
    const line = this.#line(this.state?.selected);
    (this.#open(line) ?? this.#tab(this.state?.tab ?? 'waiting'))?.focus({ preventScroll: true });
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
        <div role="status" class="notices">
          ${noticeRows(state.notices, this.language, {
            appeal: async (reference, text) => this.intend({ do: 'appeal', reference, text }),
            seen: (references) => this.intend({ do: 'decision-seen', references, listed: true }),
            dismiss: (reference) => this.intend({ do: 'dismiss-decision', reference }),
          })}
        </div>
      </div>
      <div class="tabs" role="tablist" aria-label=${words.inbox.tabsLabel} @keydown=${this.#tabKey}>
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
              ${words.inbox.tabs[tab]} <span>${this.#count(tab, state)}</span>
            </button>`,
        )}
      </div>
      ${this.#pinned(state)}
      <div class="scroll">
        ${this.#tools(state)}
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

  get #searches(): boolean {
    return (this.state?.search.text ?? '').trim() !== '';
  }

  /** How many the tab shows: of all of them, or of those looked for. */
  #count(tab: DeskTab, state: DeskState): number {
    const asks = state[tab];
    if (!this.#searches) return asks.length;
    return inboxRows(asks, EVERYTHING, state.search).reduce((sum, one) => sum + one.asks.length, 0);
  }

  /** What I have stays in sight, over whatever waits. */
  #pinned(state: DeskState): TemplateResult | typeof nothing {
    if (state.tab === 'mine' || state.mine.length === 0) return nothing;
    return html`<section class="mine" aria-labelledby="mine-title" @keydown=${this.#listKey}>
      <h2 class="group-title" id="mine-title">
        ${this.words.inbox.tabs.mine} <span>${this.#held(state)}</span>
      </h2>
      <ul>
        ${repeat(
          state.mine,
          ({ id }) => id,
          (ask) => pinnedItem(ask, this.#itemOptions(ask, state)),
        )}
      </ul>
    </section>`;
  }

  /** How many of how many this helper has. */
  #held({ mine, limit }: DeskState): string {
    return this.words.inbox.held(mine.length, limit);
  }

  #tools(state: DeskState): TemplateResult | typeof nothing {
    const all = [...state.waiting, ...state.mine, ...state.others, ...state.closed];
    const { choice } = state;
    const open = this.toolsOpen ?? !isEverything(choice);
    if (all.length < WORTH_SEARCHING && !this.#searches && !open) return nothing;
    return inboxTools({
      words: this.words.inbox.tools,
      text: state.search.text,
      choice,
      // The chosen one stays, whether or not anybody asks from there now.
      pages: open ? pagesOf(all, choice.page) : [],
      open,
      toggle: () => {
        this.toolsOpen = !open;
        if (open) this.intend({ do: 'choose', choice: EVERYTHING });
      },
      search: (text) => this.intend({ do: 'search', text }),
      change: (change) => this.intend({ do: 'choose', choice: change }),
    });
  }

  #list(state: DeskState): TemplateResult {
    const { words } = this;
    if (state.access.status === 'loading') {
      return html`<p class="sr" role="status">${words.inbox.loading}</p>
        <ul class="bones" aria-hidden="true">
          ${[1, 2, 3].map(() => html`<li><i class="bone short"></i><i class="bone"></i></li>`)}
        </ul>`;
    }
    const { sort, page, unread } = state.choice;
    this.#drawn.list([state.tab, state.search.text, sort, page, unread].join('\n'));
    const rows = inboxRows(state[state.tab], state.choice, state.search);
    const others =
      state.tab === 'waiting' ? inboxRows(state.others, state.choice, state.search) : [];
    const { most } = this.#drawn;
    return html`
      ${
        state.tab === 'waiting' && rows.length > 0 && !state.canClaim
          ? html`<p class="limit" id="limit">${words.inbox.limit(state.limit)}</p>`
          : state.tab === 'mine' && state.mine.length > 0
            ? html`<p class="limit">${this.#held(state)}</p>`
            : nothing
      }
      ${
        rows.length > 0
          ? this.#people(rows.slice(0, most), state)
          : this.#empty(state, others.length > 0)
      }
      ${
        // So that nobody claims what is claimed.
        others.length > 0 && rows.length <= most
          ? html`<h2 class="group-title">${words.inbox.others}</h2>
              ${this.#people(others.slice(0, most - rows.length), state)}`
          : nothing
      }
      ${rows.length + others.length > most ? html`<p class="more-below"></p>` : nothing}
    `;
  }

  #people(people: readonly PersonRows[], state: DeskState): TemplateResult {
    return html`<ul>
      ${repeat(
        people,
        ({ key }) => key,
        (one) => (one.asks.length === 1 ? this.#ask(one.asks[0], state) : this.#person(one, state)),
      )}
    </ul>`;
  }

  /** Several questions of one person: under their name, the first ones in sight. */
  #person({ key, asks }: PersonRows, state: DeskState): TemplateResult {
    const { words } = this;
    const all = this.unfolded.has(key) || asks.length <= SHOWN_OF_ONE + 1;
    const shown = all ? asks : asks.slice(0, SHOWN_OF_ONE);
    const [{ asker }] = asks;
    return html`<li class="person">
      <p class="who">
        ${avatar(asker, 'xs')}<b class="cut">${this.nameOf(asker)}</b
        ><span>${words.inbox.questions(asks.length)}</span>
      </p>
      <ul>
        ${repeat(
          shown,
          ({ id }) => id,
          (ask) => this.#ask(ask, state, true),
        )}
      </ul>
      ${
        all
          ? nothing
          : html`<button
              type="button"
              class="button small quiet more"
              @click=${() => this.#unfold(key, asks[SHOWN_OF_ONE]?.id)}
            >
              ${words.inbox.more(asks.length - SHOWN_OF_ONE)}
            </button>`
      }
    </li>`;
  }

  /** Shows all that a person asked. The focus goes on to the first line that was not there. */
  #unfold(key: string, first: ConversationId | undefined): void {
    this.unfolded = new Set([...this.unfolded, key]);
    void this.updateComplete.then(() => this.#open(this.#line(first))?.focus());
  }

  #ask(ask: AskSummary, state: DeskState, named = false): TemplateResult {
    return askItem(ask, { ...this.#itemOptions(ask, state), named });
  }

  #itemOptions(ask: AskSummary, state: DeskState): AskItemOptions {
    return {
      state,
      words: this.words,
      common: this.common,
      open: () => this.intend({ do: 'select', id: ask.id }),
      claim: () => this.intend({ do: 'claim', id: ask.id }),
    };
  }

  #empty(state: DeskState, short: boolean): TemplateResult {
    if (this.#searches || state.choice.page !== '' || state.choice.unread) {
      return html`<p class="blank short" role="status">${this.words.inbox.tools.none}</p>`;
    }
    const { title, text } = this.words.inbox.empty[state.tab];
    const cut = state.network.type !== 'online' && state.tab === 'waiting';
    return html`<div class="blank ${short ? 'short' : ''}">
      ${markIcon}
      ${
        cut
          ? html`<p>${this.words.inbox.emptyOffline}</p>`
          : html`<h2>${title}</h2>
              <p>
                ${text} ${state.tab === 'mine' ? this.words.inbox.atOnce(state.limit) : nothing}
              </p>`
      }
    </div>`;
  }

  readonly #listKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.move(event.key === 'ArrowDown' ? 1 : -1);
  };

  protected override updated(): void {
    const { activeElement } = this.shadowRoot!;
    // A key chose another tab: the focus goes with it, as by the arrows.
    if (activeElement?.role === 'tab' && activeElement.ariaSelected === 'false')
      this.#tab(this.state?.tab ?? 'waiting')?.focus();
  }

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

  #line(id: ConversationId | null | undefined): HTMLElement | undefined {
    return this.#lines().find(({ dataset }) => dataset['id'] === id);
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
