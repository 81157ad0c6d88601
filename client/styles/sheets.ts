/** The sheets that every shadow root adopts, in this order: tokens, base, then its own. */
import { type CSSResult, unsafeCSS } from 'lit';
import baseText from './base.css?inline';
import tokensText from './tokens.css?inline';

/** Colours, sizes, motion: everything derives from what a brand sets. */
export const tokens: CSSResult = unsafeCSS(tokensText);

/** Buttons, icons, avatars, badges: what every surface shares. */
export const base: CSSResult = unsafeCSS(baseText);
