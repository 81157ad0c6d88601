/** An icon as a template. The control beside it has the label. */
import { type TemplateResult, html } from 'lit';

/** Calls are marked pure, so a surface carries only the icons that it shows. */
export function icon(path: string, kind = ''): TemplateResult {
  return html`<svg class="icon ${kind}" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${path} />
  </svg>`;
}
