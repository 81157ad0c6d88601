/** A conversation whose screen is still being fetched: its bar, and a composer that works at once. */
import { type TemplateResult, html } from 'lit';
import { bar } from '../screen/bar.ts';
import { composerFooter } from '../screen/composer-footer.ts';
import type { PanelContext } from '../screen/panel-context.ts';

export function openingView(context: PanelContext): TemplateResult {
  const { state, words } = context;
  return html`${bar(context, {
      title: state.thread?.title || words.chat,
      below: html`<p class="presence">${words.opening}</p>`,
      back: context.back,
    })}
    <div class="fill" aria-busy="true"></div>
    ${composerFooter(context, words.replyEarly)}`;
}
