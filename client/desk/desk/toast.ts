/** What was just done, in a line of its own under the panes: it covers nothing. */
import { type TemplateResult, html, nothing } from 'lit';
import type { DeskWords } from '../../locales/desk-words.ts';
import { xIcon } from '../../ui/icons.ts';
import type { DeskIntent } from '../desk-intent.ts';

/** A short line; what it undoes can be undone elsewhere too. */
export interface Toast {
  readonly text: string;
  readonly undo: DeskIntent | null;
  /** Whether it stays until somebody sends it away. */
  readonly stays?: boolean;
}

export interface ToastOptions {
  readonly words: DeskWords;
  readonly undo: (intent: DeskIntent) => void;
  readonly dismiss: () => void;
}

export function toastLine({ text, undo }: Toast, options: ToastOptions): TemplateResult {
  const { words } = options;
  return html`<p>
    <span class="text">${text}</span>
    ${
      undo
        ? html`<button type="button" class="undo" @click=${() => options.undo(undo)}>
            ${words.undo.undo}
          </button>`
        : nothing
    }
    <button
      type="button"
      class="dismiss"
      aria-label=${words.undo.dismiss}
      @click=${options.dismiss}
    >
      ${xIcon}
    </button>
  </p>`;
}
