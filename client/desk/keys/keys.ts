/** The sheet of keyboard shortcuts. */
import { type TemplateResult, html, nothing, unsafeCSS } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../ui/define.ts';
import { xIcon } from '../../ui/icons.ts';
import { DeskElement } from '../desk-element.ts';
import { deskSheets } from '../desk-sheets.ts';
import { modifierName } from './desk-command.ts';
import css from './keys.css?inline';

/** @tag comptoir-desk-keys */
export class ComptoirDeskKeys extends DeskElement {
  static override styles = [...deskSheets, unsafeCSS(css)];

  /** Whether one-key shortcuts are on. */
  @property({ attribute: false }) singleKeys = true;

  get open(): boolean {
    return this.#dialog?.open ?? false;
  }

  /** The browser gives the focus back to where it was when the sheet closes. */
  show(): void {
    if (this.#dialog && !this.#dialog.open) this.#dialog.showModal();
  }

  protected override render(): TemplateResult {
    const { keys } = this.words;
    return html`<dialog aria-labelledby="title" @keydown=${this.#key} @click=${this.#click}>
      <div class="top">
        <h2 id="title">${keys.title}</h2>
        <button
          type="button"
          class="icon-button push"
          aria-label=${keys.close}
          @click=${() => this.#dialog?.close()}
        >
          ${xIcon}
        </button>
      </div>
      <div class="body">
        ${this.singleKeys ? nothing : html`<p class="off">${keys.off}</p>`}
        <dl class="keys">
          ${keys.rows.map(
            ([names, what]) =>
              html`<dt>${names.map((name) => html`<kbd>${name}</kbd>`)}</dt>
                <dd>${what}</dd>`,
          )}
        </dl>
        <p class="hint">${keys.writing(modifierName)}</p>
      </div>
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === '?') this.#dialog?.close();
    if (event.key === 'Escape') event.stopPropagation();
  };

  /** A press beside the sheet closes it. */
  readonly #click = (event: MouseEvent): void => {
    if (event.target === this.#dialog) this.#dialog?.close();
  };
}

define('comptoir-desk-keys', ComptoirDeskKeys);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-keys': ComptoirDeskKeys;
  }
}
