/** What the brand's page tells about a visitor, by name: the same for the visitor and the helper. */
import { type TemplateResult, html } from 'lit';

export const attributeList = (attributes: Readonly<Record<string, string>>): TemplateResult =>
  html`<dl class="attributes">
    ${Object.entries(attributes).map(
      ([name, text]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${text}</dd>
        </div>`,
    )}
  </dl>`;
