/** At the top of the visitor's lists: what was decided about words that show nowhere any more. */
import { type TemplateResult, html, nothing } from 'lit';
import { moderationWords } from '../../locales/moderation-words.ts';
import { noticeRows } from '../../ui/moderation/notice-rows.ts';
import type { PanelContext } from '../screen/panel-context.ts';

/** The live region stays in the document: what comes into it is said, once. */
export function noticeList({
  state,
  common,
  moderation,
}: PanelContext): TemplateResult | typeof nothing {
  if (!moderation) return nothing;
  const words = moderationWords(common.lang);
  return html`<div role="status" class="notices" aria-label=${words.decisions}>
    ${noticeRows(state.notices, common.lang, moderation)}
  </div>`;
}
