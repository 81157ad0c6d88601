/** The preview of a new answer, above the launcher of a closed chat. */
import { LitElement, type TemplateResult, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { chatWords } from '../../locales/chat-words.ts';
import { commonWords } from '../../locales/common-words.ts';
import type { ChatState } from '../../store/chat/chat-state.ts';
import { partsSheet } from '../../styles/parts-sheet.ts';
import { base, tokens } from '../../styles/sheets.ts';
import { avatar } from '../../ui/avatar.ts';
import { define } from '../../ui/define.ts';
import { xIcon } from '../../ui/icons.ts';
import { roleBadge } from '../../ui/role-badge.ts';
import { unbroken } from '../../ui/unbroken.ts';
import { launcherCardStyles } from '../launcher/launcher-card-styles.ts';

/**
 * @fires comptoir-peek-open - The visitor wants to read it.
 * @fires comptoir-peek-hide - The visitor wants it away.
 */
export class ComptoirPeek extends LitElement {
  static override styles = [tokens, base, partsSheet, launcherCardStyles];

  @property({ attribute: false }) latest: ChatState['latestUnread'] = null;
  /** Language of the words, as a BCP 47 tag. */
  @property() locale = 'fr';

  protected override render(): TemplateResult | typeof nothing {
    const { latest } = this;
    if (!latest) return nothing;
    const words = chatWords(this.locale);
    return html`<div class="card">
      ${avatar(latest.from, 'm', true)}
      <button type="button" class="body" @click=${() => this.#tell('comptoir-peek-open')}>
        <b class="said">${latest.from.name || words.somebody}</b>
        ${roleBadge(latest.from.role, commonWords(this.locale))}
        <span class="text said cut-2">${unbroken(latest.text)}</span>
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label=${words.hide}
        @click=${() => this.#tell('comptoir-peek-hide')}
      >
        ${xIcon}
      </button>
    </div>`;
  }

  #tell(name: 'comptoir-peek-open' | 'comptoir-peek-hide'): void {
    this.dispatchEvent(new Event(name));
  }
}

define('comptoir-peek', ComptoirPeek);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-peek': ComptoirPeek;
  }
}
