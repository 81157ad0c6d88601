/** Ready replies: add, change, remove. They follow the helper to their other devices. */
import { type TemplateResult, html, nothing } from 'lit';
import { state as reactive } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Limits } from '../../../shared/limits.ts';
import { cleanLine } from '../../../shared/text/plain-line.ts';
import { cleanText } from '../../../shared/text/plain-text.ts';
import type { DeskState } from '../../store/desk/desk-state.ts';
import { define } from '../../ui/define.ts';
import { penLineIcon, plusIcon } from '../../ui/more-icons.ts';
import { SidePane, paneSheets } from '../side-pane.ts';
import { trashIcon } from '../desk-icons.ts';
import css from './canned.css?inline';

type Reply = DeskState['canned'][number];
type Editing = { readonly id: string | null; readonly shortcut: string; readonly text: string };

const LONGEST_SHORTCUT = 24;
const LONGEST_TEXT = 2000;

/** @tag comptoir-desk-canned */
export class ComptoirDeskCanned extends SidePane {
  static override styles = paneSheets(css);

  @reactive() private editing: Editing | null = null;
  @reactive() private problem: 'missing' | 'taken' | null = null;

  protected override render(): TemplateResult | typeof nothing {
    const { state, words } = this;
    if (!state) return nothing;
    return this.pane(
      words.canned.title,
      html` <p class="hint">
          ${state.canned.length === 0 ? words.canned.empty : nothing} ${words.canned.intro}
        </p>
        ${this.editing?.id === null ? this.#form(this.editing) : this.#addButton()}
        <ul class="replies">
          ${repeat(
            state.canned,
            ({ id }) => id,
            (reply) =>
              html`<li class="card">
                ${
                  this.editing && this.editing.id === reply.id
                    ? this.#form(this.editing)
                    : this.#reply(reply)
                }
              </li>`,
          )}
        </ul>`,
    );
  }

  #addButton(): TemplateResult {
    return html`<div>
      <button
        type="button"
        class="button small add"
        @click=${() => this.#edit({ id: null, shortcut: '', text: '' })}
      >
        ${plusIcon}${this.words.canned.add}
      </button>
    </div>`;
  }

  #reply(reply: Reply): TemplateResult {
    const { canned } = this.words;
    return html`<div class="reply">
      <div class="line">
        <kbd>/${reply.shortcut}</kbd>
        <button
          type="button"
          class="icon-button push"
          data-edit=${reply.id}
          aria-label=${canned.edit(reply.shortcut)}
          @click=${() => this.#edit(reply)}
        >
          ${penLineIcon}
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label=${canned.remove(reply.shortcut)}
          @click=${() => this.#remove(reply)}
        >
          ${trashIcon}
        </button>
      </div>
      <p class="text said">${reply.text}</p>
    </div>`;
  }

  #form(editing: Editing): TemplateResult {
    const { canned } = this.words;
    return html`<form
      class=${editing.id === null ? 'card' : ''}
      novalidate
      @submit=${this.#save}
      @keydown=${this.#formKey}
    >
      <div class="group">
        <label for="shortcut">${canned.shortcut}</label>
        <input
          class="input"
          id="shortcut"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          maxlength=${LONGEST_SHORTCUT}
          placeholder=${canned.shortcutHint}
          aria-invalid=${this.problem ? 'true' : nothing}
          aria-describedby="problem"
          .value=${editing.shortcut}
        />
      </div>
      <div class="group">
        <label for="text">${canned.text}</label>
        <textarea
          class="input"
          id="text"
          rows="3"
          maxlength=${LONGEST_TEXT}
          .value=${editing.text}
        ></textarea>
      </div>
      <div id="problem" role="alert">
        ${this.problem ? html`<p class="problem">${canned[this.problem]}</p>` : nothing}
      </div>
      <div class="buttons">
        <button class="button small primary">${canned.save}</button>
        <button type="button" class="button small" @click=${() => this.#leave()}>
          ${canned.cancel}
        </button>
      </div>
    </form>`;
  }

  #edit(editing: Editing): void {
    this.editing = editing;
    this.problem = null;
    void this.#focusAfter('#shortcut');
  }

  #leave(): void {
    const id = this.editing?.id;
    this.editing = null;
    this.problem = null;
    void this.#focusAfter(id ? `[data-edit="${CSS.escape(id)}"]` : '.add');
  }

  #remove(reply: Reply): void {
    this.intend({ do: 'remove-canned', id: reply.id });
    void this.#focusAfter('.add');
  }

  readonly #save = (event: SubmitEvent): void => {
    event.preventDefault();
    const { editing, state } = this;
    if (!editing || !state) return;
    const value = (selector: string): string =>
      this.renderRoot.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector)?.value ?? '';
    const shortcut = cleanLine(value('#shortcut'), Limits.nameLength)
      .replace(/^\/+/, '')
      .replaceAll(' ', '-');
    const text = cleanText(value('#text')).trim();
    const taken = state.canned.some(
      (reply) => reply.id !== editing.id && reply.shortcut === shortcut,
    );
    this.problem = !shortcut || !text ? 'missing' : taken ? 'taken' : null;
    if (this.problem) {
      void this.#focusAfter(shortcut && !taken ? '#text' : '#shortcut');
      return;
    }
    this.intend({ do: 'save-canned', id: editing.id, reply: { shortcut, text } });
    this.#leave();
  };

  readonly #formKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.#leave();
  };

  async #focusAfter(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}

define('comptoir-desk-canned', ComptoirDeskCanned);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-canned': ComptoirDeskCanned;
  }
}
