import { unsafeCSS } from 'lit';
import text from './composer.css?inline';

export const composerStyles = unsafeCSS(text);
