/** A conversation as the inbox lists it. */
import { type TemplateResult, html, nothing, svg } from 'lit';
import type { CommonWords } from '../../locales/common-fr.ts';
import type { DeskWords } from '../../locales/desk-words.ts';
import type { AskSummary, DeskState } from '../../store/desk/desk-state.ts';
import { avatar } from '../../ui/avatar.ts';
import { smartphoneIcon } from '../../ui/more-icons.ts';
import { waitShown } from '../wait.ts';
import { pageName } from '../page-name.ts';

/** No text that the relay cut is shorter: it keeps 120 units, less half a character. */
const CUT = 119;

export interface AskItemOptions {
  readonly state: DeskState;
  readonly words: DeskWords;
  readonly common: CommonWords;
  readonly open: () => void;
  readonly claim: () => void;
  /**
   * Whether it stands under its asker's name already.
   * @default false
   */
  readonly named?: boolean;
}

export function askItem(ask: AskSummary, options: AskItemOptions): TemplateResult {
  const { state, words } = options;
  const current = state.selected === ask.id;
  const free = ask.claim === null && !ask.closed;
  const had = free && state.had.includes(ask.id);
  return html`<li class="ask" data-id=${ask.id} aria-current=${current ? 'true' : nothing}>
    <button type="button" class="open" @click=${options.open}>
      <span class="line">
        <span class="cut">${pageName(ask.page) || words.inbox.noPage}</span>
        ${ask.public ? html`<span class="public">${words.inbox.public}</span>` : nothing}
        ${had ? html`<span class="had">${words.inbox.hadIt}</span>` : nothing}
        ${status(ask, options)}
      </span>
      <span class="q cut-2 said">${ask.text}</span>
      ${ask.unread ? html`<span class="sr">${words.inbox.unread}</span>` : nothing}
    </button>
    <div class="line">
      ${below(ask, options)}
      ${
        free
          ? html`<button
              type="button"
              class="button small claim"
              aria-label=${(had ? words.inbox.claimThisAgain : words.inbox.claimThis)(ask.text)}
              aria-disabled=${state.canClaim ? nothing : 'true'}
              @click=${options.claim}
            >
              ${had ? words.conversation.claimAgain : words.inbox.claim}
            </button>`
          : nothing
      }
    </div>
  </li>`;
}

/** One of mine, on a line that stays in sight. */
export function pinnedItem(ask: AskSummary, options: AskItemOptions): TemplateResult {
  const { state, words } = options;
  const kept = keptHere(ask, words);
  return html`<li
    class="ask pinned"
    data-id=${ask.id}
    aria-current=${state.selected === ask.id ? 'true' : nothing}
  >
    <button type="button" class="open" @click=${options.open}>
      <span class="line">
        ${avatar(ask.asker, 'xs')}<span class="cut q said">${ask.text}</span>
        ${status(ask, options)}
      </span>
      ${ask.unread ? html`<span class="sr">${words.inbox.unread}</span>` : nothing}
    </button>
    ${kept ? html`<div class="line">${kept}</div>` : nothing}
  </li>`;
}

function status(ask: AskSummary, { state, words, common }: AskItemOptions): TemplateResult {
  if (ask.closed) {
    return html`<span class="end">${common.shortDate(ask.lastAt, state.at)}</span>`;
  }
  if (ask.wait && ask.claim?.mine) {
    return html`<span class="wait-for" data-wait=${ask.wait.tone}>${words.inbox.yourTurn}</span>`;
  }
  if (ask.wait) {
    const shown = waitShown(ask.wait, state.at, words.wait);
    return html`<span class="wait-for" data-wait=${shown.tone}
      >${ring(shown.gone)}<span class="sr">${words.wait.label('')}</span>${shown.text}</span
    >`;
  }
  return html`<span class="end">${words.inbox.answered}</span>`;
}

/** How much of the promised time is gone, as SVG attributes: no inline style under the page's CSP. */
function ring(gone: number): TemplateResult {
  return html`<svg viewBox="0 0 16 16" aria-hidden="true">
    ${svg`<circle class="trackline" cx="8" cy="8" r="6"/>
      <circle class="gone" cx="8" cy="8" r="6" pathLength="100" stroke-dasharray="${gone} 100" transform="rotate(-90 8 8)"/>`}
  </svg>`;
}

/** Whether the last message is the question itself, which the relay cuts shorter there. */
const repeats = ({ text, last }: AskSummary): boolean =>
  last.text === text || (last.text.length >= CUT && text.startsWith(last.text));

/** What only this device knows of it so far. */
function keptHere(ask: AskSummary, { inbox }: DeskWords): TemplateResult | null {
  if (ask.claim?.mine && !ask.claim.numbered) {
    return html`${smartphoneIcon}<span class="wrap">${inbox.claimKept}</span>`;
  }
  if (ask.kept > 0) {
    return html`${smartphoneIcon}<span class="cut">${inbox.keptHere(ask.kept)}</span>`;
  }
  return null;
}

function below(
  ask: AskSummary,
  { words, named = false }: AskItemOptions,
): TemplateResult | typeof nothing {
  const kept = keptHere(ask, words);
  if (kept) return kept;
  if (ask.claim && !ask.claim.mine) {
    return html`${avatar(ask.claim.by, 'xs')}<span class="cut"
        >${words.inbox.claimedBy(ask.claim.by.name || words.visitor)}</span
      >`;
  }
  if (!ask.last.text || repeats(ask)) {
    if (named) return nothing;
    return html`${avatar(ask.asker, 'xs')}<span class="cut"
        >${ask.asker.name || words.visitor}</span
      >`;
  }
  const { mine, text, by } = ask.last;
  const said = mine || (named && by.member === ask.asker.member);
  const who = said ? nothing : html`<b>${by.name || words.visitor}</b> `;
  return html`${avatar(by, 'xs')}<span class=${ask.unread ? 'cut said fresh' : 'cut said'}
      >${who}${mine ? words.inbox.youSaid(text) : text}</span
    >`;
}
