/** Beside a conversation: where it was asked from, what its asker asked before, ready replies, what waits to leave. */
import { type TemplateResult, html, nothing } from 'lit';
import type { DeskState } from '../../store/desk/desk-state.ts';
import { define } from '../../ui/define.ts';
import { banIcon, externalLinkIcon } from '../../ui/more-icons.ts';
import { attributeList } from '../../ui/attribute-list.ts';
import { SidePane, paneSheets } from '../side-pane.ts';
import { pageAddress, pageName } from '../page-name.ts';
import css from './context.css?inline';
import './ids.ts';
import { hereOffline, unsentList } from './unsent-list.ts';

/** @tag comptoir-desk-context */
export class ComptoirDeskContext extends SidePane {
  static override styles = paneSheets(css);

  protected override render(): TemplateResult | typeof nothing {
    const { state, words } = this;
    if (!state) return nothing;
    const options = {
      state,
      words,
      common: this.common,
      intend: this.intend.bind(this),
    };
    // With no network, what waits to leave comes first: it is what a helper wants to be sure of.
    const cut = state.network.type === 'offline';
    const unsentFirst = state.unsent.length > 0;
    return this.pane(unsentFirst && cut ? words.unsent.title : words.context.title, [
      unsentFirst ? unsentList(options) : nothing,
      cut ? hereOffline(options) : nothing,
      state.thread ? this.#thread(state) : nothing,
      this.#canned(state),
      this.#manager(state),
    ]);
  }

  #thread(state: DeskState): TemplateResult {
    const { words } = this;
    return html`<section class="section">
        <h3>${words.context.from}</h3>
        ${this.#from(state)}
      </section>
      ${this.#attributes(state)}
      <section class="section">
        <h3>${words.context.earlier}</h3>
        ${
          state.earlier.length === 0
            ? html`<p class="hint">${words.context.noEarlier}</p>`
            : html`<div class="facts">
                ${state.earlier.map(
                  (ask) =>
                    html`<button
                      type="button"
                      class="fact"
                      @click=${() => this.intend({ do: 'select', id: ask.id })}
                    >
                      <span class="cut said">${ask.text}</span>
                      <time class="end" datetime=${new Date(ask.askedAt).toISOString()}
                        >${this.common.shortDate(ask.askedAt, state.at)}</time
                      >
                    </button>`,
                )}
              </div>`
        }
      </section>`;
  }

  /** What only a manager has: a way to stop who asked, and the ids of commands. */
  #manager(state: DeskState): TemplateResult | typeof nothing {
    const { ids, blocking, me } = state;
    if (!ids) return nothing;
    const { member } = ids;
    return html`<section class="section manager">
      ${
        blocking && member !== null && member !== me?.member
          ? html`<button
              type="button"
              class="button small danger block"
              @click=${() => this.intend({ do: 'ask-block', person: member })}
            >
              ${banIcon}${this.words.block.open}
            </button>`
          : nothing
      }
      <comptoir-desk-ids .state=${state} .language=${this.language}></comptoir-desk-ids>
    </section>`;
  }

  #attributes({ attributes }: DeskState): TemplateResult | typeof nothing {
    if (Object.keys(attributes).length === 0) return nothing;
    return html`<section class="section">
      <h3>${this.words.context.attributes}</h3>
      ${attributeList(attributes)}
    </section>`;
  }

  #from(state: DeskState): TemplateResult {
    const { words } = this;
    const page = state.thread?.page;
    const name = page ? pageName(page) : '';
    if (!page || !name) return html`<p class="hint">${words.context.noPage}</p>`;
    const address = pageAddress(page);
    const host = address ? new URL(address).host : page.url;
    const inside = html`<span><b>${name}</b><small>${host}</small></span>`;
    return address
      ? html`<a class="card from" href=${address} target="_blank" rel="noopener noreferrer"
          >${inside}${externalLinkIcon}<span class="sr">(${words.context.opens})</span></a
        >`
      : html`<div class="card from">${inside}</div>`;
  }

  #canned(state: DeskState): TemplateResult {
    const { words } = this;
    return html`<section class="section">
      <h3>${words.context.canned}</h3>
      ${
        state.canned.length === 0
          ? html`<p class="hint">${words.context.noCanned}</p>`
          : html`<div class="facts">
              ${state.canned.map(
                (reply) =>
                  html`<button
                    type="button"
                    class="fact"
                    aria-disabled=${state.thread ? nothing : 'true'}
                    @click=${() => state.thread && this.intend({ do: 'insert', text: reply.text })}
                  >
                    <span class="cut"
                      ><span class="sr">${words.canned.insert} </span>${reply.text}</span
                    ><kbd>/${reply.shortcut}</kbd>
                  </button>`,
              )}
            </div>`
      }
      <button
        type="button"
        class="button small quiet"
        @click=${() => this.intend({ do: 'show', side: 'canned' })}
      >
        ${words.context.manage}
      </button>
    </section>`;
  }
}

define('comptoir-desk-context', ComptoirDeskContext);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-context': ComptoirDeskContext;
  }
}
