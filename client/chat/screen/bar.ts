/** The line at the top of a screen. */
import { type TemplateResult, html, nothing } from 'lit';
import { chevronLeftIcon, settingsIcon, xIcon } from '../../ui/icons.ts';
import type { PanelContext } from './panel-context.ts';

export interface BarParts {
  readonly title: string;
  readonly below?: unknown;
  readonly before?: unknown;
  readonly back?: (() => void) | undefined;
  readonly backLabel?: string;
  readonly settings?: boolean;
}

export function iconButton(label: string, icon: TemplateResult, click: () => void): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    aria-label=${label}
    title=${label}
    @click=${click}
  >
    ${icon}
  </button>`;
}

export function closeButton(context: PanelContext): TemplateResult | typeof nothing {
  return context.inline ? nothing : iconButton(context.words.close, xIcon, () => context.close());
}

export function bar(context: PanelContext, parts: BarParts): TemplateResult {
  const { words } = context;
  const { title, below = nothing, before = nothing, back, backLabel = words.back } = parts;
  return html`<div class="bar ${back ? 'with-back' : ''}" part="bar">
    ${back ? iconButton(backLabel, chevronLeftIcon, back) : nothing}${before}
    <div class="title">
      <h2 class="cut said" tabindex="-1" data-focus>${title}</h2>
      ${below}
    </div>
    ${
      parts.settings === false
        ? nothing
        : iconButton(words.more, settingsIcon, () => context.openSettings())
    }
    ${closeButton(context)}
  </div>`;
}
