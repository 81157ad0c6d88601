/** What the brand's page tells about a visitor, by name: the same for the visitor and the helper. */
import { type TemplateResult, html } from 'lit';

export const toldList = (told: Readonly<Record<string, string>>): TemplateResult =>
  html`<dl class="told">
    ${Object.entries(told).map(
      ([name, text]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${text}</dd>
        </div>`,
    )}
  </dl>`;
