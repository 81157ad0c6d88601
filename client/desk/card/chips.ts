/** A short list of words: Enter or a comma adds, a button removes, Backspace takes the last. */
import { type TemplateResult, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Limits } from '../../../shared/limits.ts';
import { cleanLine } from '../../../shared/text/plain-line.ts';
import type { DeskWords } from '../../locales/desk-words.ts';
import { xIcon } from '../../ui/icons.ts';

export type ChipsField = 'topics' | 'owns';

export interface ChipsOptions {
  readonly field: ChipsField;
  readonly items: readonly string[];
  readonly label: string;
  readonly hint: string;
  readonly words: DeskWords['card'];
  readonly add: (text: string) => void;
  readonly remove: (item: string) => void;
}

/** The list with one more, unless it has it or is full. */
export function withItem(items: readonly string[], text: string): readonly string[] {
  const item = cleanLine(text, Limits.cardItemLength);
  const has = items.some((one) => one.toLowerCase() === item.toLowerCase());
  return item === '' || has || items.length >= Limits.cardItems ? items : [...items, item];
}

export const withoutItem = (items: readonly string[], item: string): readonly string[] =>
  items.filter((one) => one !== item);

export function chips(options: ChipsOptions): TemplateResult {
  const { field, items, label, hint, words, add, remove } = options;
  const full = items.length >= Limits.cardItems;
  const enter = (input: HTMLInputElement): void => {
    const text = input.value.trim();
    input.value = '';
    if (text !== '') add(text);
  };
  const key = (event: KeyboardEvent): void => {
    const input = event.target as HTMLInputElement;
    if (event.isComposing) return;
    const last = items.at(-1);
    if ((event.key === 'Enter' && input.value.trim() !== '') || event.key === ',') {
      event.preventDefault();
      if (!full) enter(input);
    } else if (event.key === 'Backspace' && input.value === '' && last !== undefined) {
      event.preventDefault();
      remove(last);
    }
  };
  return html`<div class="group">
    <label for=${field}>${label}</label>
    <div class="chips">
      ${
        items.length === 0
          ? nothing
          : html`<ul aria-label=${label}>
              ${repeat(
                items,
                (item) => item,
                (item) =>
                  html`<li class="chip">
                    <span class="said">${item}</span
                    ><button
                      type="button"
                      aria-label=${words.remove(item)}
                      @click=${() => remove(item)}
                    >
                      ${xIcon}
                    </button>
                  </li>`,
              )}
            </ul>`
      }
      <input
        id=${field}
        autocomplete="off"
        enterkeyhint="enter"
        maxlength=${Limits.cardItemLength}
        ?readonly=${full}
        aria-describedby="${field}-hint"
        @keydown=${key}
        @input=${(event: Event) => event.stopPropagation()}
        @change=${(event: Event) => !full && enter(event.target as HTMLInputElement)}
      />
    </div>
    <p class="hint" id="${field}-hint">${full ? words.full(Limits.cardItems) : hint}</p>
  </div>`;
}
