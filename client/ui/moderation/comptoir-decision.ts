/** What was decided about somebody's own words: what, by which rule, until when, and the one appeal. */
import { LitElement, type PropertyValues, type TemplateResult, html, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { reasonLength } from '../../../shared/limit-values.ts';
import type { ModerationWords } from '../../locales/moderation-fr.ts';
import { moderationWords } from '../../locales/moderation-words.ts';
import { page } from '../../signals/page.ts';
import { REPORT, reportOutcome } from '../../store/moderation/decisions-of.ts';
import type { DecisionView } from '../../store/moderation/moderation-state.ts';
import { base, tokens } from '../../styles/sheets.ts';
import { define } from '../define.ts';
import { AppealEvent } from '../events/appeal-event.ts';
import { DecisionSeenEvent } from '../events/decision-seen-event.ts';
import { banIcon, checkIcon, hourglassIcon } from '../more-icons.ts';
import { decisionStyles } from './decision-styles.ts';
import { noteStyles } from './note-styles.ts';

/** How much of it must be on screen to count as seen. */
const SEEN_PART = 0.5;

/** How a decision looks; the words say the same. */
const tones: Readonly<Record<DecisionView['what'], 'good' | 'bad' | 'calm'>> = {
  approved: 'good',
  unhidden: 'good',
  held: 'calm',
  hidden: 'calm',
  'appeal-decided': 'calm',
  unknown: 'calm',
  'change-asked': 'bad',
  refused: 'bad',
  erased: 'bad',
  blocked: 'bad',
};
const icons = { good: checkIcon, bad: banIcon, calm: hourglassIcon } as const;

/**
 * @slot - What else can be done, as buttons.
 * @fires comptoir-appeal - Another look is asked for.
 * @fires comptoir-decision-seen - It is on screen, in a visible page.
 */
export class ComptoirDecision extends LitElement {
  static override styles = [tokens, base, noteStyles, decisionStyles];

  @property({ attribute: false }) decision: DecisionView | null = null;
  /** Language of the words, as a BCP 47 tag. */
  @property() locale = 'fr';
  /** Whether what was decided is said by what stands above it. */
  @property({ type: Boolean }) bare = false;
  @state() private asking = false;
  @query('textarea') private readonly field!: HTMLTextAreaElement | null;

  #watching: IntersectionObserver | undefined;
  #told = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watching = new IntersectionObserver((seen) => this.#look(seen), {
      threshold: SEEN_PART,
    });
    this.#watching.observe(this);
    page.document.addEventListener('visibilitychange', this.#again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watching?.disconnect();
    page.document.removeEventListener('visibilitychange', this.#again);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('decision') && changed.get('decision')) this.#again();
  }

  /** Whether it is in sight is told anew: it may be another decision, or the page has come to the front. */
  readonly #again = (): void => {
    this.#watching?.unobserve(this);
    this.#watching?.observe(this);
  };

  #look(seen: readonly IntersectionObserverEntry[]): void {
    const { decision } = this;
    if (!decision || decision.seen || page.document.visibilityState !== 'visible') return;
    if (!seen.at(-1)?.isIntersecting) return;
    const key = decision.references.join();
    if (key === this.#told) return;
    this.#told = key;
    this.dispatchEvent(new DecisionSeenEvent(decision));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { decision } = this;
    if (!decision) return nothing;
    const words = moderationWords(this.locale);
    const tone = decision.code === REPORT ? 'calm' : tones[decision.what];
    return html`<div class="decision" data-tone=${tone} data-what=${decision.what}>
      <p class="what">
        ${
          this.bare ? nothing : html`${icons[tone]}<b>${titleOf(decision, words)}</b>. `
        }${why(decision, words)}
      </p>
      ${
        decision.reason
          ? html`<p class="reason" dir="auto">${words.reason(decision.reason)}</p>`
          : nothing
      }
      <div role="status">${this.#appealed(decision, words)}</div>
      ${this.asking ? this.#form(words) : this.#acts(decision, words)}
    </div>`;
  }

  #appealed({ appeal }: DecisionView, words: ModerationWords): TemplateResult | typeof nothing {
    switch (appeal) {
      case 'kept':
        return html`<p>${words.appealKept}</p>`;
      case 'received':
        return html`<p>${words.appealed}</p>`;
      case 'granted':
        return html`<p>${words.granted}</p>`;
      case 'upheld':
        return html`<p>${words.upheld}</p>`;
      default:
        return nothing;
    }
  }

  #acts({ appeal }: DecisionView, words: ModerationWords): TemplateResult {
    return html`<div class="acts" aria-live="off">
      <slot></slot>
      ${
        appeal === 'open'
          ? html`<button type="button" class="appeal" @click=${this.#ask}>${words.appeal}</button>`
          : nothing
      }
    </div>`;
  }

  #form(words: ModerationWords): TemplateResult {
    // A thread reads out what is added to it; what a person opens there is theirs to read.
    return html`<form
      aria-live="off"
      @submit=${this.#send}
      @keydown=${(event: KeyboardEvent) => {
        event.stopPropagation(); // the desk has keys of its own
        if (event.key !== 'Escape' || event.isComposing) return;
        event.preventDefault();
        this.#leave();
      }}
    >
      <h4>${words.appealTitle}</h4>
      <p>${words.appealHow}</p>
      <label
        >${words.appealField}<textarea rows="2" maxlength=${reasonLength} dir="auto"></textarea>
      </label>
      <div class="row">
        <button type="button" class="button quiet small" @click=${this.#leave}>
          ${words.cancel}
        </button>
        <button type="submit" class="button primary small">${words.appealSend}</button>
      </div>
    </form>`;
  }

  readonly #ask = (): void => {
    this.asking = true;
    void this.updateComplete.then(() => this.field?.focus());
  };

  readonly #leave = (): void => {
    this.asking = false;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.appeal')?.focus(),
    );
  };

  readonly #send = (event: Event): void => {
    event.preventDefault();
    const { decision, field } = this;
    if (!decision || !field) return;
    const text = field.value.trim();
    this.asking = false;
    this.dispatchEvent(new AppealEvent(decision.reference, text));
  };
}

const titleOf = ({ what, code }: DecisionView, words: ModerationWords): string =>
  code === REPORT ? words.reportOutcome : words.decided[what];

/** By which rule, by whom and until when; of a report, what became of it. */
function why({ what, code, automatic, until }: DecisionView, words: ModerationWords): string {
  if (code === REPORT) return words.receipts[reportOutcome({ what })];
  if (what === 'approved' || what === 'unhidden' || what === 'unknown') return '';
  const said = [];
  // Of an appeal's outcome the code is the outcome.
  if (code && what !== 'appeal-decided') said.push(`${words.rule(ruleOf(code, words))}.`);
  said.push(automatic ? words.automatic : words.byPerson);
  if (until > 0) said.push(words.until(until));
  return said.join(' ');
}

/** A rule's kind by its name, or an article of the charter by its number. */
const ruleOf = (code: string, words: ModerationWords): string =>
  words.rules[code] ?? (/^\d+$/.test(code) ? words.article(code) : words.ruleElse);

define('comptoir-decision', ComptoirDecision);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-decision': ComptoirDecision;
  }
}
