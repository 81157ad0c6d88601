/** Which things the shop's page tells helpers of the visitor: said where they write. */
import { type TemplateResult, html, nothing } from 'lit';
import { laterWords } from '../../locales/later-words.ts';
import type { PanelContext } from './panel-context.ts';

export function sharedLine({ state, common }: PanelContext): TemplateResult | typeof nothing {
  const { attributes } = state;
  if (attributes.length === 0) return nothing;
  return html`<p class="fine">${laterWords(common.lang).shared(common.list(attributes))}</p>`;
}
