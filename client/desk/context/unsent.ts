/** What waits to leave, alone: the phone's own screen for it. */
import { type TemplateResult, html, nothing, unsafeCSS } from 'lit';
import { define } from '../../ui/define.ts';
import { xIcon } from '../../ui/icons.ts';
import { DeskElement } from '../desk-element.ts';
import { deskSheets } from '../desk-sheets.ts';
import css from './context.css?inline';
import { hereOffline, unsentList } from './unsent-list.ts';

/** @tag comptoir-desk-unsent */
export class ComptoirDeskUnsent extends DeskElement {
  static override styles = [...deskSheets, unsafeCSS(css)];

  protected override render(): TemplateResult | typeof nothing {
    const { state, words, common } = this;
    if (!state) return nothing;
    const options = { state, words, common, intend: this.intend.bind(this) };
    return html`<div class="top">
        <h2>${words.unsent.title}</h2>
        <button
          type="button"
          class="icon-button push"
          aria-label=${words.context.hide}
          @click=${() => this.intend({ do: 'hide-side' })}
        >
          ${xIcon}
        </button>
      </div>
      <div class="scroll" tabindex="-1">${unsentList(options)} ${hereOffline(options)}</div>`;
  }
}

define('comptoir-desk-unsent', ComptoirDeskUnsent);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-unsent': ComptoirDeskUnsent;
  }
}
