import { unsafeCSS } from 'lit';
import text from './later.css?inline';

/** The sheet that the panel adopts when the later screens arrive. */
export const laterStyles = unsafeCSS(text);
