/** The composer at the foot of a screen, bound to the store's draft. */
import { type TemplateResult, html, nothing } from 'lit';
import '../../ui/composer/comptoir-composer.ts';
import type { PanelContext } from './panel-context.ts';

export function composerFooter(
  context: PanelContext,
  placeholder: string,
  below: unknown = nothing,
): TemplateResult {
  const { state, common } = context;
  // What a blocked person writes stays a draft, and so does what no relay would ever take.
  const busy = context.busy || ['blocked', 'refused', 'unreachable'].includes(state.network.type);
  return html`<div class="foot" part="composer">
    <comptoir-composer
      exportparts="box, field, send"
      .value=${state.draft}
      .busy=${busy}
      .placeholder=${placeholder}
      .locale=${common.lang}
      @comptoir-draft=${(event: GlobalEventHandlersEventMap['comptoir-draft']) =>
        context.draft(event.text)}
      @comptoir-send=${(event: GlobalEventHandlersEventMap['comptoir-send']) =>
        context.send(event.text)}
    ></comptoir-composer>
    ${below}${context.attributesLine?.(context)}
  </div>`;
}
