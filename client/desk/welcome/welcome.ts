/** The first time at the desk: card, photo and alerts, one after the other; each can be left for later. */
import { type PropertyValues, type TemplateResult, html, nothing, unsafeCSS } from 'lit';
import { property, state as reactive } from 'lit/decorators.js';
import { Limits } from '../../../shared/limits.ts';
import { cleanLine } from '../../../shared/text/plain-line.ts';
import type { DeskState } from '../../store/desk/desk-state.ts';
import { define } from '../../ui/define.ts';
import { markIcon } from '../../ui/more-icons.ts';
import frontCss from '../arrival/front.css?inline';
import cardCss from '../card/card.css?inline';
import { chips, withItem, withoutItem } from '../card/chips.ts';
import { photoSection } from '../card/photo-section.ts';
import { DeskElement } from '../desk-element.ts';
import { deskSheets } from '../desk-sheets.ts';
import { type NotifyPermission, notifySwitch, soundSwitch } from '../settings/switches.ts';
import css from './welcome.css?inline';

/** How many there are. */
const STEPS = 3;

/** @tag comptoir-desk-welcome */
export class ComptoirDeskWelcome extends DeskElement {
  static override styles = [...deskSheets, unsafeCSS(cardCss), unsafeCSS(frontCss), unsafeCSS(css)];

  /** What the browser says of notifications. */
  @property({ attribute: false }) permission: NotifyPermission = 'default';

  @reactive() private sure = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.intend({ do: 'open-card' });
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state')?.welcome ?? null;
    if (before !== null && before !== this.state?.welcome)
      this.renderRoot.querySelector('h1')?.focus(); // the next step begins at its top
  }

  protected override render(): TemplateResult | typeof nothing {
    const { state, words } = this;
    const step = state?.welcome ?? null;
    if (!state || step === null) return nothing;
    const { welcome } = words;
    return html`<main>
      ${markIcon}
      <p class="hint" role="status">${welcome.step(step + 1, STEPS)}</p>
      <h1 tabindex="-1">${welcome.titles[step]}</h1>
      <p class="lead">${welcome.texts[step]}</p>
      ${step === 0 ? this.#card(state) : step === 1 ? this.#photo(state) : this.#alerts(state)}
      <div class="ways">
        ${
          step === 0
            ? nothing
            : html`<button
                type="button"
                class="button primary next"
                @click=${() => this.#go(step + 1)}
              >
                ${step === STEPS - 1 ? welcome.done : welcome.next}
              </button>`
        }
        <button type="button" class="button quiet skip" @click=${() => this.#go(step + 1)}>
          ${welcome.skip}
        </button>
        ${
          step === STEPS - 1
            ? nothing // skipping it is leaving it for later
            : html`<button type="button" class="button quiet later" @click=${() => this.#go(STEPS)}>
                ${welcome.later}
              </button>`
        }
      </div>
    </main>`;
  }

  #go(step: number): void {
    this.intend({ do: 'welcome', step: step < STEPS ? step : null });
  }

  #card({ card }: DeskState): TemplateResult {
    const { fields } = card;
    const words = this.words.card;
    const edit = (topics: readonly string[]): void =>
      this.intend({ do: 'edit-card', fields: { ...fields, topics, store: this.#store } });
    return html`<form novalidate @submit=${this.#save}>
      ${chips({
        field: 'topics',
        items: fields.topics,
        label: words.topics,
        hint: words.topicsHint,
        words,
        add: (text) => edit(withItem(fields.topics, text)),
        remove: (item) => edit(withoutItem(fields.topics, item)),
      })}
      <div class="group">
        <label for="store">${words.store}</label>
        <input
          class="input"
          id="store"
          autocomplete="off"
          maxlength=${Limits.cardItemLength}
          .value=${fields.store}
        />
      </div>
      <button class="button primary next">${this.words.welcome.save}</button>
    </form>`;
  }

  get #store(): string {
    return this.renderRoot.querySelector<HTMLInputElement>('#store')?.value ?? '';
  }

  #photo(state: DeskState): TemplateResult {
    return photoSection({
      state,
      level: 2,
      words: this.words.card,
      sure: this.sure,
      askSure: (sure) => (this.sure = sure),
      intend: (intent) => this.intend(intent),
    });
  }

  #alerts(state: DeskState): TemplateResult {
    const { permission } = this;
    const options = {
      state,
      words: this.words.settings,
      permission,
      intend: this.intend.bind(this),
    };
    return html`<div class="switches">${notifySwitch(options)} ${soundSwitch(options)}</div>`;
  }

  readonly #save = (event: SubmitEvent): void => {
    event.preventDefault();
    const card = this.state?.card;
    if (!card) return;
    const typed = this.renderRoot.querySelector<HTMLInputElement>('#topics')?.value ?? '';
    const topics = withItem(card.fields.topics, typed);
    const store = cleanLine(this.#store, Limits.cardItemLength);
    const { fields } = card;
    if (topics.length !== fields.topics.length || store !== fields.store)
      this.intend({ do: 'edit-card', fields: { ...fields, topics, store } });
    this.intend({ do: 'save-card' });
    this.#go(1);
  };
}

define('comptoir-desk-welcome', ComptoirDeskWelcome);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-welcome': ComptoirDeskWelcome;
  }
}
