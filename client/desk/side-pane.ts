/** A pane at the side of the desk: a title, a way to hide it, and a part that scrolls. */
import { type CSSResultGroup, type TemplateResult, html, nothing, unsafeCSS } from 'lit';
import { xIcon } from '../ui/icons.ts';
import { DeskElement } from './desk-element.ts';
import { deskSheets } from './desk-sheets.ts';
import sidePaneCss from './side-pane.css?inline';

/** The sheets of a pane, its own text last. */
export const paneSheets = (...texts: readonly string[]): CSSResultGroup => [
  ...deskSheets,
  ...[sidePaneCss, ...texts].map((text) => unsafeCSS(text)),
];

export abstract class SidePane extends DeskElement {
  /** @param before what stands before the title, such as a way back. */
  protected pane(
    title: string,
    content: unknown,
    before: TemplateResult | typeof nothing = nothing,
  ): TemplateResult {
    return html`<div class="top">
        ${before}
        <h2>${title}</h2>
        <button
          type="button"
          class="icon-button push"
          aria-label=${this.words.context.hide}
          @click=${() => this.intend({ do: 'hide-side' })}
        >
          ${xIcon}
        </button>
      </div>
      <div class="scroll" tabindex="-1">${content}</div>`;
  }
}
