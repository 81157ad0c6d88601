/** The sheets that every shadow root adopts, in this order: tokens, base, then its own. */
import { type CSSResult, unsafeCSS } from 'lit';
import baseText from './base.css?inline';
import tokensText from './tokens.css?inline';

/** Colours, sizes, motion: everything derives from what a brand sets. */
export const tokens: CSSResult = unsafeCSS(tokensText);

/** Buttons, icons, avatars, badges: what every surface shares. */
export const base: CSSResult = unsafeCSS(baseText);

/** Resolves once there are colours: older browsers, such as Safari before 18, fetch theirs. */
export async function colours(): Promise<void> {
  if (CSS.supports('color', 'light-dark(red, oklch(from red calc(l + 0.1) c h))')) return;
  const { olderText } = await import('./older-text.ts');
  tokens.styleSheet?.replaceSync(tokensText + olderText);
}
