/** Over the list: search, order and filters. */
import { type TemplateResult, html, nothing } from 'lit';
import type { DeskWords } from '../../locales/desk-words.ts';
import { searchIcon, slidersIcon } from '../desk-icons.ts';
import {
  type InboxChoice,
  type InboxSort,
  inboxSorts,
} from '../../store/desk/list/inbox-choice.ts';

export interface InboxToolsOptions {
  readonly words: DeskWords['inbox']['tools'];
  readonly text: string;
  readonly choice: InboxChoice;
  /** The pages to choose from. */
  readonly pages: readonly string[];
  /** Whether order and filters are in sight. */
  readonly open: boolean;
  readonly toggle: () => void;
  readonly search: (text: string) => void;
  readonly change: (choice: InboxChoice) => void;
}

export function inboxTools(options: InboxToolsOptions): TemplateResult {
  const { words, text, open } = options;
  return html`<div class="tools" role="search">
    <label class="find">
      ${searchIcon}<span class="sr">${words.search}</span>
      <input
        type="search"
        placeholder=${words.search}
        .value=${text}
        @input=${({ target }: Event) => options.search((target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => {
          // Escape leaves the search first; the next one leaves the conversation.
          if (event.key !== 'Escape' || text === '') return;
          event.preventDefault();
          event.stopPropagation();
          options.search('');
        }}
      />
    </label>
    <button
      type="button"
      class="icon-button"
      aria-label=${words.order}
      title=${words.order}
      aria-expanded=${open ? 'true' : 'false'}
      @click=${options.toggle}
    >
      ${slidersIcon}
    </button>
    ${open ? choices(options) : nothing}
  </div>`;
}

function choices({ words, choice, pages, change }: InboxToolsOptions): TemplateResult {
  const chosen = (event: Event): string => (event.target as HTMLSelectElement).value;
  return html`<div class="choices">
    <label
      ><span class="sr">${words.sort}</span>
      <select
        .value=${choice.sort}
        @change=${(event: Event) => change({ ...choice, sort: chosen(event) as InboxSort })}
      >
        ${inboxSorts.map(
          (sort) =>
            html`<option value=${sort} ?selected=${choice.sort === sort}>
              ${words.sorts[sort]}
            </option>`,
        )}
      </select></label
    >
    <label
      ><span class="sr">${words.page}</span>
      <select @change=${(event: Event) => change({ ...choice, page: chosen(event) })}>
        <option value="" ?selected=${choice.page === ''}>${words.allPages}</option>
        ${pages.map((page) => html`<option ?selected=${choice.page === page}>${page}</option>`)}
      </select></label
    >
    <label class="check"
      ><input
        type="checkbox"
        .checked=${choice.unread}
        @change=${({ target }: Event) =>
          change({ ...choice, unread: (target as HTMLInputElement).checked })}
      />${words.unread}</label
    >
  </div>`;
}
