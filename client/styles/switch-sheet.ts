import { unsafeCSS } from 'lit';
import text from './switch.css?inline';

/** For elements that show a switch. */
export const switchSheet = unsafeCSS(text);
