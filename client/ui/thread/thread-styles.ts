import { unsafeCSS } from 'lit';
import text from './thread.css?inline';

export const threadStyles = unsafeCSS(text);
