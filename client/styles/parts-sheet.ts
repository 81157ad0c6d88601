import { unsafeCSS } from 'lit';
import text from './parts.css?inline';

/** For elements that show badges or bones. */
export const partsSheet = unsafeCSS(text);
