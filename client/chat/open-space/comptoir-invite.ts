/** "Can you help?", by the launcher of a closed chat. */
import { LitElement, type TemplateResult, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { openSpaceWords } from '../../locales/open-space-words.ts';
import type { OpenQuestion } from '../../store/chat/open-space.ts';
import { base, tokens } from '../../styles/sheets.ts';
import { define } from '../../ui/define.ts';
import { handHelpingIcon } from '../../ui/more-icons.ts';
import { xIcon } from '../../ui/icons.ts';
import { launcherCardStyles } from '../launcher/launcher-card-styles.ts';

/**
 * @fires comptoir-invite-open - The visitor wants to read the question.
 * @fires comptoir-invite-hide - The visitor wants no invitation in this visit.
 */
export class ComptoirInvite extends LitElement {
  static override styles = [tokens, base, launcherCardStyles];

  @property({ attribute: false }) question: OpenQuestion | null = null;
  /** Language of the words, as a BCP 47 tag. */
  @property() locale = 'fr';
  /** It is only announced, not shown: if there is no room on the page, the launcher's own line shows it. */
  @property({ type: Boolean, reflect: true }) spoken = false;

  protected override render(): TemplateResult | typeof nothing {
    const { question } = this;
    if (!question) return nothing;
    const words = openSpaceWords(this.locale);
    if (this.spoken) return html`<p class="sr">${words.invitation} ${question.text}</p>`;
    return html`<div class="card" lang=${this.locale}>
      ${handHelpingIcon}
      <button type="button" class="body" @click=${() => this.#tell('comptoir-invite-open')}>
        <b>${words.invitation}</b>
        <span class="text said cut-2">${question.text}</span>
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label=${words.putAway}
        @click=${() => this.#tell('comptoir-invite-hide')}
      >
        ${xIcon}
      </button>
    </div>`;
  }

  #tell(name: 'comptoir-invite-open' | 'comptoir-invite-hide'): void {
    this.dispatchEvent(new Event(name));
  }
}

define('comptoir-invite', ComptoirInvite);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-invite': ComptoirInvite;
  }
}
