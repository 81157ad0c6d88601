/** What the page tells helpers of the visitor, told to the visitor: a line where they write, all of it in the menu. */
import { type TemplateResult, html, nothing } from 'lit';
import { withLaterWords } from './later-context.ts';
import type { PanelContext } from './panel-context.ts';

/** The names, under the composer. A stranger's question is answered by somebody the page says nothing of. */
export function toldLine(context: PanelContext): TemplateResult | typeof nothing {
  const { attributes, view, thread } = context.state;
  const names = Object.keys(attributes);
  if (names.length === 0 || (view.type === 'thread' && thread?.guest)) return nothing;
  return html`<p class="fine">${withLaterWords(context).words.toldShort(names)}</p>`;
}

/** Names and texts. */
export function toldCard(context: PanelContext): TemplateResult | typeof nothing {
  const told = Object.entries(context.state.attributes);
  if (told.length === 0) return nothing;
  const { words } = withLaterWords(context);
  return html`<details class="card charter">
    <summary>${words.told}</summary>
    <dl class="told">
      ${told.map(
        ([name, text]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${text}</dd>
          </div>`,
      )}
    </dl>
    <p class="how">${words.toldHow}</p>
  </details>`;
}
