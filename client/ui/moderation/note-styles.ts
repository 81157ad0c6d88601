import { unsafeCSS } from 'lit';
import text from './note.css?inline';

/** For what takes a few words. */
export const noteStyles = unsafeCSS(text);
