import { unsafeCSS } from 'lit';
import text from './moderated.css?inline';

export const moderatedStyles = unsafeCSS(text);
