import { unsafeCSS } from 'lit';
import text from './message-menu.css?inline';

export const messageMenuStyles = unsafeCSS(text);
