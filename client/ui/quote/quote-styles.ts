import { unsafeCSS } from 'lit';
import text from './quote.css?inline';

/** For the thread, and for whatever holds its composer. */
export const quoteStyles = unsafeCSS(text);
