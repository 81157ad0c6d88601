/** The sheet that reports somebody else's message: a reason in one tap, a note for whoever wishes, the receipt. */
import { LitElement, type TemplateResult, html, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ReportReason } from '../../../shared/entry/report-reason.ts';
import type { EntryId } from '../../../shared/ids.ts';
import { noteLength } from '../../../shared/limit-values.ts';
import { cutText } from '../../../shared/text/cut-text.ts';
import { cleanText } from '../../../shared/text/plain-text.ts';
import type { ModerationWords } from '../../locales/moderation-fr.ts';
import { moderationWords } from '../../locales/moderation-words.ts';
import type { ReportView } from '../../store/moderation/moderation-state.ts';
import { overSheet } from '../../styles/over-sheet.ts';
import { base, tokens } from '../../styles/sheets.ts';
import { define } from '../define.ts';
import { ReportEvent, UnreportEvent } from '../events/report-event.ts';
import { xIcon } from '../icons.ts';
import { noteStyles } from './note-styles.ts';
import { reportStyles } from './report-styles.ts';

/**
 * @fires comptoir-report - The message is reported.
 * @fires comptoir-unreport - The report should be taken back.
 * @fires close - The sheet should close.
 */
export class ComptoirReport extends LitElement {
  static override styles = [tokens, base, overSheet, noteStyles, reportStyles];

  /** The message. */
  @property({ attribute: false }) target: EntryId | null = null;
  /** Its first words; empty once it does not show. */
  @property({ attribute: false }) text = '';
  /** What became of the report; null: there is none yet. */
  @property({ attribute: false }) report: ReportView | null = null;
  /** Whether reporting hides it at once. */
  @property({ type: Boolean }) hides = false;
  /** Language of the words, as a BCP 47 tag. */
  @property() locale = 'fr';
  @query('textarea') private readonly note!: HTMLTextAreaElement | null;
  #asks = false;

  override focus(): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[data-focus]')?.focus(),
    );
  }

  protected override updated(): void {
    const had = this.#asks;
    this.#asks = receiptOf(this) === null;
    // The reasons are gone, and with them what had the focus.
    if (had && !this.#asks) this.focus();
  }

  protected override render(): TemplateResult {
    const words = moderationWords(this.locale);
    const receipt = receiptOf(this);
    return html`<div class="beside" @click=${this.#leave}></div>
      <section
        class="sheet"
        part="card"
        role="dialog"
        aria-label=${words.reportTitle}
        @keydown=${(event: KeyboardEvent) => {
          event.stopPropagation(); // the desk has keys of its own
          if (event.key !== 'Escape' || event.isComposing) return;
          event.preventDefault();
          this.#leave();
        }}
      >
        <button
          type="button"
          class="icon-button close"
          aria-label=${words.close}
          @click=${this.#leave}
        >
          ${xIcon}
        </button>
        <h3 tabindex="-1" data-focus>${words.reportTitle}</h3>
        ${this.text ? html`<p class="about" dir="auto">${this.text}</p>` : nothing}
        <div role="status">
          ${receipt ? html`<p class="receipt">${words.receipts[receipt]}</p>` : nothing}
        </div>
        ${receipt ? this.#after(words) : this.#reasons(words)}
      </section>`;
  }

  #reasons(words: ModerationWords): TemplateResult {
    const names = Object.keys(ReportReason) as (keyof typeof ReportReason)[];
    return html`<p>${this.hides ? words.reportHides : words.reportHow}</p>
      <details>
        <summary>${words.reportNote}</summary>
        <textarea
          rows="2"
          maxlength=${noteLength}
          dir="auto"
          aria-label=${words.reportNote}
        ></textarea>
      </details>
      <ul class="reasons" aria-label=${words.reportWhy}>
        ${repeat(
          names,
          (name) => name,
          (name) =>
            html`<li>
              <button
                type="button"
                data-reason=${name}
                @click=${() => this.#send(ReportReason[name])}
              >
                ${words.reasons[name]}
              </button>
            </li>`,
        )}
      </ul>`;
  }

  #after(words: ModerationWords): TemplateResult {
    return html`<div class="row">
      ${
        this.report?.undoable
          ? html`<button type="button" class="button quiet undo" @click=${this.#undo}>
              ${words.reportUndo}
            </button>`
          : nothing
      }
      <button type="button" class="button primary" @click=${this.#leave}>${words.close}</button>
    </div>`;
  }

  #send(reason: number): void {
    if (!this.target) return;
    const text = cutText(cleanText(this.note?.value ?? ''), noteLength);
    this.dispatchEvent(new ReportEvent({ target: this.target, reason, text }));
  }

  readonly #undo = (): void => {
    if (this.target) this.dispatchEvent(new UnreportEvent(this.target));
    this.#leave();
  };

  readonly #leave = (): void => {
    this.dispatchEvent(new Event('close'));
  };
}

/** What became of the report, or that there is nothing to report any more; null while a reason is asked for. */
const receiptOf = ({
  report,
  text,
}: Pick<ComptoirReport, 'report' | 'text'>): keyof ModerationWords['receipts'] | null =>
  report?.state ?? (text === '' ? 'gone' : null);

define('comptoir-report', ComptoirReport);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-report': ComptoirReport;
  }
}
