import { unsafeCSS } from 'lit';
import text from './open-space.css?inline';

/** The sheet that the panel adopts when the questions of others arrive. */
export const openSpaceStyles = unsafeCSS(text);
