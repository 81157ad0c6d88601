import { unsafeCSS } from 'lit';
import text from './sheet.css?inline';

/** For elements that lay a sheet over what they show. */
export const overSheet = unsafeCSS(text);
