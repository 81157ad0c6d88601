/** A conversation whose screen is still being fetched: its bar, and a composer that works at once. */
import { type TemplateResult, html } from 'lit';
import { bar } from './bar.ts';
import { composerFooter } from './composer-footer.ts';
import type { PanelContext } from './panel-context.ts';

export function openingView(context: PanelContext): TemplateResult {
  const { state, words } = context;
  return html`${bar(context, {
      title: state.thread?.title || words.chat,
      below: html`<p class="presence">${words.opening}</p>`,
      back: () => context.show({ type: 'welcome' }),
    })}
    <div class="fill" aria-busy="true"></div>
    ${composerFooter(context, words.replyEarly)}`;
}
