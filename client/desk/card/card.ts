/** A helper's own card: who visitors see when they press a name. */
import { type PropertyValues, type TemplateResult, html, nothing } from 'lit';
import { property, state as reactive } from 'lit/decorators.js';
import { Limits } from '../../../shared/limits.ts';
import { cleanLine } from '../../../shared/text/plain-line.ts';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { CardFields, OwnCardState } from '../../store/desk/card/own-card.ts';
import { define } from '../../ui/define.ts';
import { chevronLeftIcon } from '../../ui/icons.ts';
import { checkIcon } from '../../ui/more-icons.ts';
import { SidePane, paneSheets } from '../side-pane.ts';
import css from './card.css?inline';
import { photoSection } from './photo-section.ts';
import { type ChipsField, chips, withItem, withoutItem } from './chips.ts';

/** @tag comptoir-desk-card */
export class ComptoirDeskCard extends SidePane {
  static override styles = paneSheets(css);

  /** Whether the desk reaches the relay: the card is read anew once it does. */
  @property({ attribute: false }) online = true;

  /** Told to a screen reader: a chip that comes or goes, a photo that was taken. */
  @reactive() private said = '';
  @reactive() private nameMissing = false;
  /** Whether it was asked if the photo may go. */
  @reactive() private sure = false;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('online') && this.online) this.intend({ do: 'open-card' });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { state, words } = this;
    if (!state) return nothing;
    const { card } = state;
    return this.pane(
      words.card.title,
      html`<p class="hint">${words.card.intro}</p>
        <p class="sr" role="status">${this.said}</p>
        ${this.#photo(state)}
        ${card.status === 'loading' && card.fields.name === '' ? this.#bones() : this.#form(card)}`,
      html`<button
        type="button"
        class="icon-button"
        aria-label=${words.card.back}
        @click=${() => this.intend({ do: 'show', side: 'settings' })}
      >
        ${chevronLeftIcon}
      </button>`,
    );
  }

  #photo(state: DeskState): TemplateResult {
    return photoSection({
      state,
      level: 3,
      words: this.words.card,
      sure: this.sure,
      askSure: (sure) => (this.sure = sure),
      intend: (intent) => this.intend(intent),
    });
  }

  #form({ fields, changed, save, problem, status }: OwnCardState): TemplateResult {
    const { card } = this.words;
    return html`<form novalidate @submit=${this.#save} @input=${() => this.#typed()}>
      <div class="group">
        <label for="name">${card.name}</label>
        <input
          class="input"
          id="name"
          autocomplete="name"
          maxlength=${Limits.nameLength}
          aria-invalid=${this.nameMissing ? 'true' : nothing}
          aria-describedby="name-hint"
          .value=${fields.name}
        />
        <p id="name-hint" class=${this.nameMissing ? 'problem' : 'hint'}>
          ${this.nameMissing ? card.nameMissing : card.nameHint}
        </p>
      </div>
      ${this.#chips('topics', fields.topics, card.topics, card.topicsHint)}
      <div class="group">
        <label for="store">${card.store}</label>
        <input
          class="input"
          id="store"
          maxlength=${Limits.cardItemLength}
          autocomplete="off"
          .value=${fields.store}
        />
      </div>
      ${this.#chips('owns', fields.owns, card.owns, card.ownsHint)}
      <div class="foot">
        <p class="state" role="status">
          ${
            problem
              ? html`<span class="problem"
                  >${card.problems[problem] ?? card.problemElse}
                  ${changed ? card.keptHere : nothing}</span
                >`
              : save === 'saved'
                ? html`<span class="good">${checkIcon}${card.saved}</span>`
                : changed
                  ? html`<span class="hint">${card.unsaved}</span>`
                  : status === 'loading'
                    ? html`<span class="hint">${card.loading}</span>`
                    : nothing
          }
        </p>
        <button class="button primary" aria-disabled=${save === 'saving' ? 'true' : nothing}>
          ${save === 'saving' ? card.saving : card.save}
        </button>
      </div>
    </form>`;
  }

  /** Nothing may be typed over a card that is still on its way. */
  #bones(): TemplateResult {
    return html`<div class="bones" aria-busy="true">
      <span class="sr">${this.words.card.loading}</span>
      <i class="bone short"></i><i class="bone"></i><i class="bone"></i>
    </div>`;
  }

  #chips(field: ChipsField, items: readonly string[], label: string, hint: string): TemplateResult {
    return chips({
      field,
      items,
      label,
      hint,
      words: this.words.card,
      add: (text) => this.#change(field, withItem(items, text), this.words.card.added(text)),
      remove: (item) => {
        this.#change(field, withoutItem(items, item), this.words.card.removed(item));
        this.#input(field)?.focus();
      },
    });
  }

  #change(field: ChipsField, items: readonly string[], said: string): void {
    this.said = said;
    this.intend({ do: 'edit-card', fields: { ...this.#fields(), [field]: items } });
  }

  #typed(): void {
    this.nameMissing = false;
    this.intend({ do: 'edit-card', fields: this.#fields() });
  }

  /** The form as it stands, but for words in a list's box that are not in the list yet. */
  #fields(): CardFields {
    const fields = this.state?.card.fields ?? { name: '', topics: [], store: '', owns: [] };
    return {
      ...fields,
      name: this.#input('name')?.value ?? '',
      store: this.#input('store')?.value ?? '',
    };
  }

  #input(id: string): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`);
  }

  readonly #save = (event: SubmitEvent): void => {
    event.preventDefault();
    let fields = this.#fields();
    // Words that were typed into a list and not entered are meant too.
    for (const field of ['topics', 'owns'] as const) {
      const input = this.#input(field);
      if (!input?.value.trim()) continue;
      fields = { ...fields, [field]: withItem(fields[field], input.value) };
      input.value = '';
    }
    fields = {
      ...fields,
      name: cleanLine(fields.name, Limits.nameLength),
      store: cleanLine(fields.store, Limits.cardItemLength),
    };
    this.nameMissing = fields.name === '';
    if (this.nameMissing) {
      this.#input('name')?.focus();
      return;
    }
    this.intend({ do: 'edit-card', fields });
    this.intend({ do: 'save-card' });
  };
}

define('comptoir-desk-card', ComptoirDeskCard);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-card': ComptoirDeskCard;
  }
}
