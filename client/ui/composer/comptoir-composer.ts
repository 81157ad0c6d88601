/** Where people write: grows with the text, Enter sends, Shift+Enter breaks the line. */
import { LitElement, type TemplateResult, html, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { cleanText, isVisible } from '../../../shared/text/plain-text.ts';
import { commonWords } from '../../locales/common-words.ts';
import { base, tokens } from '../../styles/sheets.ts';
import { define } from '../define.ts';
import { DraftEvent } from '../events/draft-event.ts';
import { SendEvent } from '../events/send-event.ts';
import { arrowUpIcon } from '../icons.ts';
import { composerStyles } from './composer-styles.ts';

/** The count shows only for the last characters. */
const NEAR_LIMIT = 200;

/**
 * @slot start - Before the field, inside the box.
 * @csspart box - The border around field and button.
 * @csspart field - The text area.
 * @csspart send - The button.
 * @fires comptoir-draft - The text changed and should be kept.
 * @fires comptoir-send - The text should be sent. The element leaves it standing: whoever owns `value` clears it.
 */
export class ComptoirComposer extends LitElement {
  static override styles = [tokens, base, composerStyles];
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  @property() value = '';
  /** Also its accessible name. */
  @property() placeholder = '';
  /** Language of the words, as a BCP 47 tag. */
  @property() locale = 'fr';
  /** The longest text that can be sent, in UTF-16 code units. */
  @property({ type: Number, attribute: 'max-length' }) maxLength = 4_000;
  /** While a send is being kept: a second Enter does not send it again. */
  @property({ type: Boolean }) busy = false;
  /** Somebody tried to add a file: it is said until they write on. */
  @state() private refusing = false;
  @query('textarea') private readonly field!: HTMLTextAreaElement;

  get #sendable(): boolean {
    return !this.busy && isVisible(this.value) && this.value.length <= this.maxLength;
  }

  override focus(options?: FocusOptions): void {
    if (this.field) this.field.focus(options);
    else void this.updateComplete.then(() => this.field.focus(options));
  }

  /** Inserts a text, as if it had been typed. */
  insert(text: string): void {
    this.#changed(text);
    this.focus();
  }

  /** Says that files are not taken. */
  refuseFiles(): void {
    this.refusing = true;
  }

  /** A copied picture has no text; what has both, such as cells of a table, is pasted as text. */
  #paste(event: ClipboardEvent): void {
    const { clipboardData: data } = event;
    if (!data || data.files.length === 0 || data.getData('text/plain') !== '') return;
    event.preventDefault();
    this.refuseFiles();
  }

  #input(event: Event): void {
    this.refusing = false;
    this.#changed((event.target as HTMLTextAreaElement).value);
  }

  #changed(text: string): void {
    // What is pasted may have what no relay takes.
    const clean = cleanText(text);
    this.value = clean;
    this.dispatchEvent(new DraftEvent(clean));
  }

  #key(event: KeyboardEvent): void {
    // Enter that ends a word being composed (Japanese, Chinese, dead keys) is not meant to send.
    // Safari tells it after the end of composition, and only by the key code.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing || event.defaultPrevented) return;
    event.preventDefault();
    if (!event.repeat) this.#send();
  }

  #send(): void {
    if (this.#sendable) this.dispatchEvent(new SendEvent(this.value));
  }

  #clicked(): void {
    this.#send();
    this.field.focus({ preventScroll: true });
  }

  protected override updated(): void {
    const { field } = this;
    // Compared with the field's text: people write into it between two updates.
    if (field.value !== this.value) field.value = this.value;
    if (CSS.supports('field-sizing', 'content')) return;
    field.rows = Math.min(5, this.value.split('\n').length + Math.floor(this.value.length / 45));
  }

  protected override render(): TemplateResult {
    const words = commonWords(this.locale);
    const left = this.maxLength - this.value.length;
    const over = left < 0;
    return html`<div class="box" part="box">
        <slot name="start"></slot>
        <textarea
          part="field"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          aria-label=${this.placeholder}
          placeholder=${this.placeholder}
          aria-invalid=${over ? 'true' : nothing}
          aria-describedby=${left < NEAR_LIMIT ? 'left' : nothing}
          @input=${this.#input}
          @keydown=${this.#key}
          @paste=${this.#paste}
        ></textarea>
        <button
          type="button"
          class="icon-button send"
          part="send"
          aria-label=${words.send}
          aria-disabled=${this.#sendable ? 'false' : 'true'}
          @click=${this.#clicked}
        >
          ${arrowUpIcon}
        </button>
      </div>
      <div role="status">
        ${this.refusing ? html`<p class="left over">${words.noFiles}</p>` : nothing}
      </div>
      ${
        left < NEAR_LIMIT
          ? html`<p id="left" class="left ${over ? 'over' : ''}">${words.left(left)}</p>`
          : nothing
      }`;
  }
}

define('comptoir-composer', ComptoirComposer);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-composer': ComptoirComposer;
  }
}
