/**
 * Shows the visitor what the page tells helpers about them: a line where they write, and all of it in the
 * menu.
 */
import { type TemplateResult, html, nothing } from 'lit';
import { attributeList } from '../../ui/attribute-list.ts';
import { settingsWords } from '../../locales/settings-words.ts';
import type { PanelContext } from '../screen/panel-context.ts';
import { isOwn } from '../screen/parent-view.ts';

/** The names, under the composer. A stranger's question is answered by somebody the page says nothing of. */
export function attributesLine(context: PanelContext): TemplateResult | typeof nothing {
  const names = Object.keys(context.state.attributes);
  if (names.length === 0 || !asks(context)) return nothing;
  return html`<p class="fine">${settingsWords(context.common.lang).attributesShort(names)}</p>`;
}

/**
 * Whether what is written here is one's own question. A question that is still loading may be a
 * stranger's.
 */
function asks({ state }: PanelContext): boolean {
  const { view, thread } = state;
  if (view.type !== 'thread') return true;
  if (thread?.guest) return false;
  return (thread?.items.length ?? 0) > 0 || isOwn(state);
}

/** Names and texts. */
export function attributesCard(context: PanelContext): TemplateResult | typeof nothing {
  const { attributes } = context.state;
  if (Object.keys(attributes).length === 0) return nothing;
  const words = settingsWords(context.common.lang);
  return html`<details class="card charter">
    <summary>${words.attributes}</summary>
    ${attributeList(attributes)}
    <p class="how">${words.attributesHow}</p>
  </details>`;
}
