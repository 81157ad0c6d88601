/** A QR code (ISO/IEC 18004) as SVG: dark squares on white in every theme, because cameras need that. */
import { type TemplateResult, svg } from 'lit';
import { encode } from 'uqr';

export function qrTemplate(text: string, label: string): TemplateResult {
  const { data, size } = encode(text, { ecc: 'M', border: 3 });
  const squares = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return svg`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${label}>
    <rect width=${size} height=${size} fill="#fff"></rect>
    <path d=${squares.join('')} fill="#000"></path>
  </svg>`;
}
