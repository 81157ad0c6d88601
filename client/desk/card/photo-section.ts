/** One's own photo: choose, replace, remove, and what became of it. */
import { type TemplateResult, html, nothing } from 'lit';
import type { DeskWords } from '../../locales/desk-words.ts';
import type { DeskState } from '../../store/desk/desk-state.ts';
import { avatar } from '../../ui/avatar.ts';
import { hourglassIcon } from '../../ui/more-icons.ts';
import type { DeskIntent } from '../desk-intent.ts';

export interface PhotoSectionOptions {
  readonly state: Pick<DeskState, 'card' | 'me'>;
  readonly words: DeskWords['card'];
  /** Of its heading. */
  readonly level: 2 | 3;
  /** Whether they were asked if it may go: nobody has it back once it is gone. */
  readonly sure: boolean;
  readonly askSure: (asked: boolean) => void;
  readonly intend: (intent: DeskIntent) => void;
}

export function photoSection(options: PhotoSectionOptions): TemplateResult {
  const { state, words, sure, askSure, intend } = options;
  const { url, held, busy, problem } = state.card.photo;
  const person = state.me && { ...state.me, photo: url, name: state.card.fields.name };
  const chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = ''; // the same file may be chosen again
    if (!file) return;
    askSure(false);
    intend({ do: 'photo', file });
  };
  const remove = (): void => {
    askSure(!sure);
    if (sure) intend({ do: 'remove-photo' });
  };
  return html`<section class="section photo-section" aria-labelledby="photo-title">
    ${
      options.level === 2
        ? html`<h2 class="title" id="photo-title">${words.photo}</h2>`
        : html`<h3 id="photo-title">${words.photo}</h3>`
    }
    <div class="photo-line" aria-busy=${busy ? 'true' : 'false'}>
      ${avatar(person, 'xl')}
      <div class="ways">
        <label class="button small" aria-disabled=${busy ? 'true' : nothing}>
          <input
            type="file"
            class="sr"
            accept="image/*"
            aria-describedby="photo-state"
            ?disabled=${busy}
            @change=${chosen}
          />${busy ? words.sending : url ? words.replace : words.choose}
        </label>
        ${
          url && !busy
            ? html`<button type="button" class="button small quiet" @click=${remove}>
                ${sure ? words.removePhotoSure : words.removePhoto}
              </button>`
            : nothing
        }
        ${
          url && !busy && sure
            ? html`<button type="button" class="button small quiet" @click=${() => askSure(false)}>
                ${words.keepPhoto}
              </button>`
            : nothing
        }
      </div>
    </div>
    <div id="photo-state" role="status">
      ${
        problem
          ? html`<p class="problem">${words.problems[problem] ?? words.problemElse}</p>`
          : url && held
            ? html`<p class="held">${hourglassIcon}<span>${words.held}</span></p>`
            : url
              ? nothing
              : html`<p class="hint">${words.photoHint}</p>`
      }
    </div>
  </section>`;
}
