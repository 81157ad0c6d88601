/** What waits to leave, alone: the phone's own screen for it. */
import { type TemplateResult, nothing } from 'lit';
import { define } from '../../ui/define.ts';
import { SidePane, paneSheets } from '../side-pane.ts';
import css from './context.css?inline';
import { hereOffline, unsentList } from './unsent-list.ts';

/** @tag comptoir-desk-unsent */
export class ComptoirDeskUnsent extends SidePane {
  static override styles = paneSheets(css);

  protected override render(): TemplateResult | typeof nothing {
    const { state, words, common } = this;
    if (!state) return nothing;
    const options = { state, words, common, intend: this.intend.bind(this) };
    return this.pane(words.unsent.title, [unsentList(options), hereOffline(options)]);
  }
}

define('comptoir-desk-unsent', ComptoirDeskUnsent);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-unsent': ComptoirDeskUnsent;
  }
}
