/** The list that `/` opens over the composer. The focus stays in the text; a status line tells the choice. */
import { type TemplateResult, html, nothing } from 'lit';
import type { DeskWords } from '../../locales/desk-words.ts';
import type { CannedReply } from '../../../shared/protocol/records.ts';

export interface CannedPickerOptions {
  readonly replies: readonly CannedReply[];
  readonly at: number;
  readonly words: DeskWords;
  readonly choose: (reply: CannedReply) => void;
}

export function cannedPicker(options: CannedPickerOptions): TemplateResult {
  const { replies, at, words, choose } = options;
  const chosen = replies[at];
  return html`<div class="picker">
    ${
      replies.length === 0
        ? nothing
        : html`<ul role="listbox" aria-label=${words.canned.pickLabel}>
            ${replies.map(
              (reply, index) =>
                html`<li
                  role="option"
                  aria-selected=${index === at ? 'true' : 'false'}
                  @mousedown=${keepFocus}
                  @click=${() => choose(reply)}
                >
                  <kbd>/${reply.shortcut}</kbd><span class="cut said">${reply.text}</span>
                </li>`,
            )}
          </ul>`
    }
    ${
      replies.length === 0
        ? html`<p class="hint">${words.canned.none}</p>`
        : html`<p class="hint keys">${words.canned.pickHint}</p>`
    }
    <p class="sr" role="status">
      ${
        chosen
          ? words.canned.chosen(chosen.shortcut, chosen.text, at + 1, replies.length)
          : words.canned.none
      }
    </p>
  </div>`;
}

/** A press on a line must not take the focus out of the text. */
const keepFocus = (event: Event): void => event.preventDefault();
