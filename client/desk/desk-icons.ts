/** Icons that only the desk needs, drawn by us on the same grid as client/ui/icons.ts. */
import { type TemplateResult, html, svg } from 'lit';

const icon = (shape: TemplateResult<2>): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;

export const trashIcon = icon(
  svg`<path d="M4 7h16"/><path d="M9 7V4.5h6V7"/><path d="M6 7l.9 12a1.5 1.5 0 0 0 1.5 1.4h7.2a1.5 1.5 0 0 0 1.5-1.4L18 7"/><path d="M10 11v6"/><path d="M14 11v6"/>`,
);
export const keyboardIcon = icon(
  svg`<rect x="2.5" y="5.5" width="19" height="13" rx="2"/><path d="M6.5 9.5h.01M10.2 9.5h.01M13.8 9.5h.01M17.5 9.5h.01M6.5 12.5h.01M10.2 12.5h.01M13.8 12.5h.01M17.5 12.5h.01"/><path d="M8.5 15.5h7"/>`,
);
export const panelIcon = icon(
  svg`<rect x="3" y="4.5" width="18" height="15" rx="2"/><path d="M14.5 4.5v15"/>`,
);
export const outboxIcon = icon(
  svg`<path d="M20 4 3.5 10.2l6.6 2.7L13 19.5z"/><path d="m20 4-9.9 8.9"/>`,
);
export const pauseIcon = icon(
  svg`<circle cx="12" cy="12" r="9"/><path d="M10 9v6"/><path d="M14 9v6"/>`,
);

export const searchIcon = icon(svg`<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4.3-4.3"/>`);

export const slidersIcon = icon(
  svg`<path d="M4 7h9"/><path d="M17 7h3"/><circle cx="15" cy="7" r="2"/><path d="M4 17h3"/><path d="M11 17h9"/><circle cx="9" cy="17" r="2"/>`,
);
