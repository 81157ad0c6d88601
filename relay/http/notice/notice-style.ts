/** How the notice form looks: the tokens of the chat, in a page without script. Its hash is in the page's policy. */
import { createHash } from 'node:crypto';

export const noticeStyle = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(oklch(0.972 0.006 85), oklch(0.185 0.006 70));
  --surface: light-dark(oklch(0.997 0.002 85), oklch(0.222 0.007 70));
  --edge: light-dark(oklch(0.63 0.014 78), oklch(0.57 0.012 75));
  --ink: light-dark(oklch(0.235 0.012 65), oklch(0.945 0.006 85));
  --ink-2: light-dark(oklch(0.42 0.014 70), oklch(0.815 0.008 82));
  --fill: light-dark(oklch(0.43 0.082 166), oklch(0.65 0.082 166));
  --on-fill: light-dark(#fff, oklch(0.17 0.02 166));
  --accent: light-dark(oklch(0.43 0.082 166), oklch(0.82 0.082 166));
  --bad: light-dark(oklch(0.475 0.16 28), oklch(0.82 0.095 28));
  --bad-soft: light-dark(oklch(0.958 0.022 28), oklch(0.315 0.05 28));
}
* { box-sizing: border-box; }
body {
  margin: 0;
  padding: 24px 16px 48px;
  background: var(--canvas);
  color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
main { max-width: 560px; margin: 0 auto; }
h1 { font-size: 24px; line-height: 1.25; margin: 8px 0 12px; }
a { color: var(--accent); }
nav a { display: inline-block; padding: 10px 0; min-height: 44px; }
label, .label { display: block; font-weight: 600; margin-top: 20px; }
.hint { display: block; color: var(--ink-2); font-size: 14px; margin: 2px 0 0; }
.fault { display: block; color: var(--bad); font-size: 14px; font-weight: 600; margin: 4px 0 0; }
input, select, textarea {
  width: 100%;
  min-height: 44px;
  margin-top: 6px;
  padding: 10px 12px;
  border: 1px solid var(--edge);
  border-radius: 12px;
  background: var(--surface);
  color: inherit;
  font: inherit;
}
textarea { min-height: 140px; resize: vertical; }
[aria-invalid='true'] { border: 2px solid var(--bad); }
.check { display: flex; gap: 12px; align-items: flex-start; font-weight: 400; min-height: 44px; }
.check input { width: 24px; min-height: 24px; height: 24px; margin: 0; flex: none; }
button {
  min-height: 44px;
  margin-top: 24px;
  padding: 10px 20px;
  border: 0;
  border-radius: 12px;
  background: var(--fill);
  color: var(--on-fill);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.wrong { background: var(--bad-soft); border-radius: 12px; padding: 12px 16px; margin: 16px 0; }
.wrong ul { margin: 4px 0 0; padding-left: 20px; }
.reference { font-size: 24px; font-weight: 600; letter-spacing: 0.04em; }
`;

const hash = createHash('sha256').update(noticeStyle).digest('base64');

/** Nothing but the page, its style, and a form that goes where it came from. */
export const noticePolicy = `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
