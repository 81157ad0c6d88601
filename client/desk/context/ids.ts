/** What commands of the relay call the open conversation and who asked it: out of the way until it is wanted. */
import { type TemplateResult, html, nothing } from 'lit';
import { state as reactive } from 'lit/decorators.js';
import type { CommandIds } from '../../store/desk/desk-state.ts';
import { define } from '../../ui/define.ts';
import { DeskElement } from '../desk-element.ts';
import { paneSheets } from '../side-pane.ts';
import css from './ids.css?inline';

const NAMES: readonly (keyof CommandIds)[] = ['member', 'device', 'conversation', 'space'];

/** @tag comptoir-desk-ids */
export class ComptoirDeskIds extends DeskElement {
  static override styles = paneSheets(css);

  /** The one that was copied last. */
  @reactive() private copied: string | null = null;

  protected override render(): TemplateResult | typeof nothing {
    const { ids } = this.state ?? {};
    const { words } = this;
    if (!ids) return nothing;
    return html`<details>
      <summary>${words.ids.title}</summary>
      <p class="hint">${words.ids.intro}</p>
      <dl>
        ${NAMES.map((name) => {
          const id = ids[name];
          return id === null ? nothing : this.#row(words.ids.names[name], id);
        })}
      </dl>
      <p class="sr" role="status">${this.copied ? words.ids.copied : ''}</p>
    </details>`;
  }

  #row(name: string, id: string): TemplateResult {
    const { words } = this;
    return html`<div>
      <dt>${name}</dt>
      <dd>
        <code>${id}</code>
        <button
          type="button"
          class="button small quiet"
          @click=${(event: Event) => void this.#copy(id, event)}
        >
          ${this.copied === id ? words.ids.copied : words.ids.copy}<span class="sr"> ${name}</span>
        </button>
      </dd>
    </div>`;
  }

  /** Where the browser does not let a page copy, the id is marked, and the keyboard copies it. */
  async #copy(id: string, { target }: Event): Promise<void> {
    const code = (target as Element).closest('dd')?.querySelector('code');
    try {
      await navigator.clipboard.writeText(id);
      this.copied = id;
    } catch {
      if (code) getSelection()?.selectAllChildren(code);
    }
  }
}

define('comptoir-desk-ids', ComptoirDeskIds);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-ids': ComptoirDeskIds;
  }
}
