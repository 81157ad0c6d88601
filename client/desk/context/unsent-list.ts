/** What waits to leave, in the order it will, and what the relay would not take. */
import { type TemplateResult, html, nothing } from 'lit';
import type { CommonWords } from '../../locales/common-fr.ts';
import { threadWords } from '../../locales/thread-words.ts';
import type { DeskWords } from '../../locales/desk-words.ts';
import type { DeskState, Unsent } from '../../store/desk/desk-state.ts';
import { leavingOf, stoppedOf } from '../../store/desk/unsent.ts';
import { refreshCwIcon } from '../../ui/icons.ts';
import { banIcon, smartphoneIcon, hourglassIcon, markIcon } from '../../ui/more-icons.ts';
import type { DeskIntent } from '../desk-intent.ts';

export interface UnsentListOptions {
  readonly state: DeskState;
  readonly words: DeskWords;
  readonly common: CommonWords;
  readonly intend: (intent: DeskIntent) => void;
}

export function unsentList(options: UnsentListOptions): TemplateResult {
  const { state, words, intend } = options;
  if (state.unsent.length === 0) {
    return html`<div class="blank">
      ${markIcon}
      <h2>${words.unsent.none}</h2>
      <p>${words.unsent.noneText}</p>
    </div>`;
  }
  const leaving = leavingOf(state.unsent);
  const stopped = stoppedOf(state.unsent);
  const list = (items: readonly Unsent[]): TemplateResult =>
    html`<ol class="card outbox">
      ${items.map((item) => unsentItem(item, options))}
    </ol>`;
  return html`${
    leaving.length > 0
      ? html`<section class="bigline">
            <b>${leaving.length}</b><span class="hint">${words.unsent.count(leaving.length)}</span>
          </section>
          <section class="section">
            <h3>${words.unsent.inOrder}</h3>
            ${list(leaving)}
            <button type="button" class="button small" @click=${() => intend({ do: 'retry' })}>
              ${refreshCwIcon}${words.unsent.retry}
            </button>
          </section>`
      : nothing
  }${
    stopped.length > 0
      ? html`<section class="section">
          <h3>${words.unsent.stopped}</h3>
          ${list(stopped)}
        </section>`
      : nothing
  }`;
}

/** What this device can do with no network. */
export function hereOffline({ state, words, common }: UnsentListOptions): TemplateResult {
  const { unsent } = words;
  const fact = (name: string, value: string): TemplateResult =>
    html`<div class="fact"><span>${name}</span><span class="end">${value}</span></div>`;
  return html`<section class="section">
    <h3>${unsent.here}</h3>
    <div class="facts">
      ${fact(unsent.conversations, String(state.keptConversations))}
      ${fact(unsent.canned, String(state.canned.length))}
      ${
        state.access.status === 'inside'
          ? fact(unsent.card, unsent.until(common.time(state.access.grantExpires)))
          : nothing
      }
    </div>
  </section>`;
}

function unsentItem(item: Unsent, { words, common, intend }: UnsentListOptions): TemplateResult {
  const { unsent } = words;
  const what = item.text || unsent.acts[item.what];
  return html`<li>
    ${iconOf(item.state)}
    <span class="cut said">${what}</span>
    <small>${item.title} · ${common.time(item.time)}</small>
    ${reason(item, words, common)}
    ${
      item.state.type === 'refused'
        ? html`<span class="ways">
            ${
              item.what === 'say'
                ? html`<button
                    type="button"
                    @click=${() => intend({ do: 'edit', message: item.id, id: item.conversation })}
                  >
                    ${unsent.edit}
                  </button>`
                : nothing
            }
            <button
              type="button"
              @click=${() => intend({ do: 'withdraw', message: item.id, id: item.conversation })}
            >
              ${unsent.withdraw}
            </button>
          </span>`
        : nothing
    }
  </li>`;
}

function iconOf(state: Unsent['state']): TemplateResult {
  switch (state.type) {
    case 'waiting':
      return smartphoneIcon;
    case 'later':
    case 'held':
      return hourglassIcon;
    case 'refused':
      return banIcon;
  }
}

function reason(
  { state }: Unsent,
  words: DeskWords,
  common: CommonWords,
): TemplateResult | typeof nothing {
  switch (state.type) {
    case 'waiting':
      return nothing;
    case 'later':
      return html`<small class="warn"
        >${words.unsent.later(common.time(state.retryAt), state.why)}</small
      >`;
    case 'held':
      return html`<small class="warn">${words.unsent.held}</small>`;
    case 'refused':
      return html`<small class="bad"
        >${threadWords(common.lang).refused[state.code] ?? words.unsent.refused}</small
      >`;
  }
}
